"""Reading small folders of content through the real path, from the files on disk to the catalogue."""

import runpy
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from site_builder import NOW, ROOT

from newsroom.content.catalogue import Catalogue
from newsroom.content.readers import Context
from newsroom.problems import Problem, Problems
from newsroom.session import Session
from newsroom.settings import Settings, settings_from
from newsroom.text.bodies import Style
from newsroom.text.body import Converter
from newsroom.views.kinds import PATH_WORDS

CODES = ("fr", "en")
CONTEXT = Context(CODES, "Europe/Paris")
TYPOGRAPHIES = {"fr": "french", "en": "english"}

#: The values of an article that has nothing wrong with it, as its French file says them.
FRENCH = {
    "title": 'title: "Un câble est promis"',
    "summary": 'summary: "Long de douze mille kilomètres."',
    "date": "date: 2016-10-12",
    "topics": "topics: [fibre]",
    "status": "status: rumour",
}
ENGLISH = {"title": 'title: "A cable is promised"', "summary": 'summary: "Twelve thousand kilometres long."'}
TOPIC = "---\nname: {}\n---\n"
THREAD = "---\nname: {}\nstory: Two.\nsummary: Three.\nas_of: 2021\n---\n"

#: A claim that has nothing wrong with it, a value a line.
CLAIM = """\
cable-laid:
  thread: mer
  announced: 2016-10-12
  expected: 2018
  claim: {fr: "Un câble sera posé.", en: "A cable will be laid."}
  label: {fr: "un câble", en: "a cable"}
  verdicts:
    - verdict: dropped
      date: 2020-06-17
      judged: 2026-11-20
      label: {fr: "refusé", en: "refused"}
      proof: {source: {publisher: "Wire", date: 2020-06, language: en}}
      fr: "Il est refusé."
      en: "It was refused."
"""
#: Content that has nothing wrong with it: one article, a topic, a thread, a player, a claim.
SOUND: dict[str, str] = {
    "articles/cable/index.fr.md": "",
    "articles/cable/index.en.md": "",
    "topics/fibre/index.fr.md": TOPIC.format("Fibre"),
    "topics/fibre/index.en.md": TOPIC.format("Fibre"),
    "threads/mer/index.fr.md": THREAD.format("La mer"),
    "threads/mer/index.en.md": THREAD.format("The sea"),
    "entities.yaml": "amazon: {kind: company, name: Amazon}\n",
    "claims.yaml": CLAIM,
    "glossary.yaml": "ftth:\n  fr: {term: FttH, expansion: fibre, definition: a}\n",
}

Files = Mapping[str, str | bytes]


def _front_matter(base: Mapping[str, str], lines: tuple[str, ...], without: tuple[str, ...], body: str) -> str:
    said = {key: line for key, line in base.items() if key not in without}
    said.update({line.partition(":")[0]: line for line in lines})
    return "\n".join(["---", *said.values(), "---", body, ""])


def french(*lines: str, without: tuple[str, ...] = (), body: str = "Texte.") -> str:
    """Return the French file of the sound article; each of ``lines`` stands for its key, or is added."""
    return _front_matter(FRENCH, lines, without, body)


def english(*lines: str, without: tuple[str, ...] = (), body: str = "Text.") -> str:
    """Return the English file of the sound article; each of ``lines`` stands for its key, or is added."""
    return _front_matter(ENGLISH, lines, without, body)


SOUND["articles/cable/index.fr.md"] = french()
SOUND["articles/cable/index.en.md"] = english()


def write_files(content: Path, files: Files) -> None:
    """Write ``files`` (text or bytes by path) under ``content``."""
    for name, data in files.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)


@cache
def pelicanconf() -> dict[str, Any]:
    """Return the settings as they are written in this repository."""
    return {name: value for name, value in runpy.run_path(str(ROOT / "pelicanconf.py")).items() if name.isupper()}


def settings_for(root: Path, **overrides: object) -> Settings:
    """Return the settings of this repository for a project in ``root``."""
    folders = {"PATH": "content", "THEME": "theme", "OUTPUT_PATH": "output", "CACHE_PATH": "cache"}
    own = {name: str(root / folder) for name, folder in folders.items()}
    return settings_from({**pelicanconf(), **own, **overrides}, PATH_WORDS, {"SOURCE_DATE_EPOCH": str(NOW)})


@contextmanager
def session(root: Path, **overrides: object) -> Iterator[Session]:
    """Open a session on the project in ``root``, as a build does.

    The code is not looked at: its digest tells one version of the program from another, and here is but one.
    """
    opened = Session(settings_for(root, **overrides), root / "plugins")
    try:
        yield opened
    finally:
        opened.end()
        opened.store.close()


def read(root: Path, **overrides: object) -> Catalogue:
    """Read the content of the project in ``root``, as a build does."""
    with session(root, **overrides) as opened:
        return opened.begin()


def problems_of(root: Path) -> tuple[Problem, ...]:
    """Return what is wrong with the content of the project in ``root``."""
    try:
        read(root)
    except Problems as problems:
        return problems.items
    return ()


def converter(language: str = "en", **facts: Any) -> Converter:
    """Return a converter of bodies in ``language``."""
    return Converter(Style(language, TYPOGRAPHIES, **facts))
