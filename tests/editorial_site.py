"""A small site that no rule has anything to say of, for tests that spoil it one thing at a time."""

import shutil
from collections.abc import Callable
from pathlib import Path

from pelican.settings import read_settings
from site_builder import (
    NOW,
    ROOT,
    Site,
    claim,
    copy_program,
    pair,
    picture,
    player,
    verdict,
    write_entry,
    write_mapping,
)

from newsroom.problems import Problem
from newsroom.rules.corpus import Corpus, read_corpus
from newsroom.session import Session
from newsroom.settings import Settings, settings_from
from newsroom.views.kinds import PATH_WORDS

_FRENCH = (
    "Le câble promis aux villes de la côte mesure 12 800 km, et personne ne sait encore qui le paiera. "
    "« Nous attendons une réponse », dit le régulateur ; elle viendra le 1er juin, ou plus tard. "
    "Que deviendra la promesse ? Les élus l’ont déjà écrite dans leurs programmes : 58 % des foyers sont concernés. "
)
_ENGLISH = (
    "The cable promised to the towns of the coast is 12,800 km long, and nobody knows yet who will pay for it. "
    "“We are waiting for an answer,” the regulator says; it will come on 1 June, or later. "
    "What will become of the promise? Councillors have written it into their programmes: 58% of homes are concerned. "
)
FRENCH_BODY = f"{_FRENCH * 3}\n\n## La longueur\n\n{_FRENCH * 2}\n\n## Le prix\n\nVoici le plafond. {_FRENCH * 2}"
ENGLISH_BODY = (
    f"{_ENGLISH * 3}\n\n## The length\n\n{_ENGLISH * 2}\n\n## The price\n\nHere is the ceiling. {_ENGLISH * 2}"
)
_SOURCES = [
    {"publisher": "Zélande Matin", "title": "Un câble", "date": "2016-10", "language": "fr"},
    {
        "publisher": "The Courier",
        "title": "A “long” cable",
        "date": "2016-10-13",
        "language": "en",
        "author": "Ada Byrnmawr",
    },
]


def write_sound_site(content: Path) -> None:
    """Write two articles of one thread in one edition, a page, a topic, a player and a term."""
    write_mapping(content / "entities.yaml", {"zephyrine": player("company", "Zéphyrine")})
    ceiling = {
        "fr": {"term": "plafond", "expansion": "montant maximal", "definition": "Ce qui peut être dépensé."},
        "en": {"term": "ceiling", "expansion": "highest sum", "definition": "What may be spent."},
    }
    write_mapping(content / "glossary.yaml", {"ceiling": ceiling})
    (content / "words.fr.txt").write_text("# noms\nZélande\n", encoding="utf-8")
    names = {"fr": ({"name": "Les réseaux"}, "Ce qui relie."), "en": ({"name": "Networks"}, "What connects.")}
    write_entry(content, "topics", "networks", {}, names)
    thread = {"story": "Il ne l’est pas.", "summary": "Un câble, en deux articles."}
    english = {"story": "It has not been.", "summary": "A cable, in two articles."}
    texts = {
        "fr": ({"name": "Le câble", **thread}, "Une histoire."),
        "en": ({"name": "The cable", **english}, "A story."),
    }
    write_entry(content, "threads", "cable", {"as_of": "2020-06-17"}, texts)
    refused = verdict("dropped", "2020-06-17", _SOURCES[1], "dropped", label={"fr": "refusé", "en": "refused"})
    refused |= {"fr": "Le câble est refusé.", "en": "The cable is refused."}
    said = {"fr": "Un câble sera posé.", "en": "A cable will be laid."}
    label = {"fr": "un câble", "en": "a cable"}
    promised = claim("cable", "2016-10-12", "a cable", refused, by=["zephyrine"], label=label)
    write_mapping(content / "claims.yaml", {"cable": {**promised, "claim": said}})
    _write_article(content, "plan", "2016-10-12", "announced", ("Un câble est promis", "A cable is promised"))
    _write_article(content, "refusal", "2020-06-17", "denied", ("Le câble est refusé", "The cable is refused"))
    issue = pair(("Le premier numéro", "Deux articles.", "Relus."), ("The first issue", "Two articles.", "Read again."))
    write_entry(content, "editions", "one", {"number": 1, "date": "2026-11-01", "articles": ["plan", "refusal"]}, issue)
    about = pair(("Qui nous sommes", "Une lettre.", "Deux langues."), ("Who we are", "A letter.", "Two languages."))
    write_entry(content, "pages", "about", {"date": "2026-11-01"}, about)


def _write_article(content: Path, key: str, date: str, status: str, titles: tuple[str, str]) -> None:
    facts = {
        "date": date,
        "topics": ["networks"],
        "thread": "cable",
        "claims": ["cable"],
        "status": status,
        "sources": _SOURCES,
        "entities": ["zephyrine"],
        "image": {"file": "map.png", "credit": "Zéphyrine"},
    }
    french = {"title": titles[0], "summary": "Long de 12 800 km, il attend.", "alt": "Une carte de la côte"}
    english = {"title": titles[1], "summary": "It is 12,800 km long and waits.", "alt": "A map of the coast"}
    write_entry(content, "articles", key, facts, {"fr": (french, FRENCH_BODY), "en": (english, ENGLISH_BODY)})
    (content / "articles" / key / "map.png").write_bytes(picture())


def settings_of(site: Site, content: Path | None = None) -> Settings:
    """Return the settings of the repository with the folders of ``site``, or with another ``content``."""
    folders = {"PATH": content or site.content, "OUTPUT_PATH": site.output, "CACHE_PATH": site.cache}
    override = {name: str(folder) for name, folder in folders.items()}
    pelican = read_settings(str(ROOT / "pelicanconf.py"), override=override)
    return settings_from(pelican, PATH_WORDS, {"SOURCE_DATE_EPOCH": str(site.now)})


def corpus_of(site: Site) -> Corpus:
    """Read ``site`` as ``make check`` does."""
    session = Session(settings_of(site), ROOT / "plugins")
    try:
        catalogue = session.begin()
        return read_corpus(catalogue, session.library, session.fragments.text_html)
    finally:
        session.end()
        session.store.close()


def copy_of(site: Site, root: Path) -> Site:
    """Return a copy of ``site`` that a test may spoil."""
    shutil.copytree(site.root, root)
    return Site(root, NOW)


Rule = Callable[[Corpus], object]


def found(site: Site, rule: Rule) -> list[Problem]:
    """Return what ``rule`` finds in ``site``."""
    return sorted(rule(corpus_of(site)))


def line_of(path: Path, fragment: str) -> int:
    """Return the line of a file that holds ``fragment``."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if fragment in line)


def make_clone(root: Path) -> Site:
    """Make a project at ``root`` as in a clone, with a sound content."""
    site = Site(root, NOW)
    site.content.mkdir(parents=True)
    write_sound_site(site.content)
    copy_program(site)
    return site
