"""Small sites for tests: helpers that write content, and the site that most tests share.

Content is written as an editor would write it:
``content/<kind>/<key>/index.<language>.md`` with YAML front matter.
"""

import json
import os
import shutil
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("fr", "en")
#: 21 November 2026 at noon, UTC: the moment of every build that does not say otherwise.
NOW = 1_795_262_400
DAY = 86_400
#: The command that builds a site that holds the program, from its folder.
PELICAN = (str(Path(sys.executable).with_name("pelican")), "content", "-s", "pelicanconf.py")

Values = Mapping[str, object]
Texts = Mapping[str, tuple[Values, str]]


@dataclass
class Site:
    """A project on disk: ``content`` and ``theme`` to build from, ``output`` and ``cache`` to build into.

    The theme is that of the repository, whose templates are compiled once for all sites; a test that changes it
    takes :meth:`own_theme`.
    """

    root: Path
    now: int = NOW

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def theme(self) -> Path:
        own = self.root / "theme"
        return own if own.is_dir() else ROOT / "theme"

    def own_theme(self) -> Path:
        """Return a theme that may be changed: from now on the site has a copy."""
        own = self.root / "theme"
        if not own.is_dir():
            shutil.copytree(ROOT / "theme", own, ignore=shutil.ignore_patterns("__pycache__"))
        return own

    @property
    def output(self) -> Path:
        return self.root / "output"

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    def text(self, folder: str, key: str, language: str) -> Path:
        """Return the file of one language of one entry."""
        return self.content / folder / key / f"index.{language}.md"

    def article(self, key: str, language: str) -> Path:
        """Return the file of one language of one article."""
        return self.text("articles", key, language)


def front_matter(values: Values) -> str:
    """Return ``values`` as the lines of a front matter; JSON on one line is YAML."""
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())


def write_text(path: Path, values: Values, body: str) -> None:
    """Write one content file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{front_matter(values)}---\n{body}\n", encoding="utf-8")


def write_entry(content: Path, folder: str, key: str, facts: Values, texts: Texts) -> None:
    """Write one entry: ``texts`` are (values, body) by language; ``facts`` stand once, in the first of them."""
    for position, (language, (values, body)) in enumerate(texts.items()):
        said = {**values, **({} if position else facts)}
        write_text(content / folder / key / f"index.{language}.md", said, body)


def change(path: Path, old: str, new: str) -> None:
    """Replace ``old``, which must be there, in a text file."""
    assert not path.is_relative_to(ROOT), f"{path} is not a test's own"
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def set_value(path: Path, key: str, value: object) -> None:
    """Give ``key`` another value in the front matter of a file, or take it out (None)."""
    head, _, body = path.read_text(encoding="utf-8").removeprefix("---\n").partition("---\n")
    lines = [line for line in head.splitlines(keepends=True) if not line.startswith(f"{key}: ")]
    if value is not None:
        lines.append(front_matter({key: value}))
    path.write_text(f"---\n{''.join(lines)}---\n{body}", encoding="utf-8")


def write_mapping(path: Path, values: Mapping[str, object]) -> None:
    """Write a file of reference such as ``entities.yaml``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(front_matter(values), encoding="utf-8")


def set_claim(content: Path, key: str, **values: object) -> None:
    """Give a claim other values, or take them out (None)."""
    path = content / "claims.yaml"
    lines = [line.partition(": ") for line in path.read_text(encoding="utf-8").splitlines()]
    claims = {name: json.loads(data) for name, _, data in lines}
    claims[key] = {name: value for name, value in {**claims[key], **values}.items() if value is not None}
    write_mapping(path, claims)


def set_message(
    theme: Path,
    language: str,
    message: str | tuple[str, ...],
    translation: str | tuple[str, ...],
    context: str | None = None,
) -> None:
    """Translate one message of the interface, in a catalogue that need not exist."""
    path = theme / "translations" / language / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = Catalog(language, fuzzy=False)
    if path.is_file():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
    catalogue.delete(message, context)
    catalogue.add(message, translation, context=context)
    with path.open("wb") as file:
        write_po(file, catalogue)


def set_messages(theme: Path, language: str, words: Catalog, said: Callable[[str], str]) -> None:
    """Translate all the ``words`` of the interface: each is what ``said`` makes of it."""
    catalogue = Catalog(language, fuzzy=False)
    for message in words:
        if isinstance(message.id, tuple):
            translation: object = tuple(said(message.id[-1]) for _ in range(catalogue.num_plurals))
        else:
            translation = said(message.id)
        if message.id:
            catalogue.add(message.id, translation, context=message.context)
    path = theme / "translations" / language / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue)


def picture(shade: int = 128, side: int = 4) -> bytes:
    """Return a grey square as PNG; ``shade`` makes pictures that differ."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + bytes([shade]) * side for _ in range(side))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file under ``folder`` by relative path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def tree_of(folder: Path, *names: str) -> dict[str, bytes | None]:
    """Return all there is under ``folder`` (under its children ``names``, where given), folders with None.

    A link is told by its target, so that it never equals a file.
    """
    roots = [folder / name for name in names] or [folder]
    return {
        path.relative_to(folder).as_posix(): f"→ {path.readlink()}".encode()
        if path.is_symlink()
        else None
        if path.is_dir()
        else path.read_bytes()
        for root in roots
        for path in sorted(root.rglob("*"))
    }


def differences(one: Mapping[str, bytes | None], other: Mapping[str, bytes | None]) -> list[str]:
    """Return the paths whose content, or presence, differs between two trees."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path, b"-") != other.get(path, b"-"))


def settle(site: Site) -> None:
    """Wait until no text or picture of ``site`` is young: a young file is read again by the next build."""
    newest = max(path.lstat().st_ctime for path in site.content.rglob("*"))
    time.sleep(max(0.0, newest + 2.05 - time.time()))


def environment_of(site: Site) -> dict[str, str]:
    """Return the environment of a command that builds ``site`` at its moment."""
    return {**os.environ, "SOURCE_DATE_EPOCH": str(site.now)}


def desk(site: Site, command: str, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the desk in ``site``, which holds the program, as the Makefile does."""
    return subprocess.run(
        [sys.executable, "-m", f"desk.{command}", *words],
        cwd=site.root,
        env={**environment_of(site), "PYTHONPATH": "plugins", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def pelican(site: Site, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Build ``site``, which holds the program, as an editor does."""
    command, environment = (*PELICAN, *arguments), environment_of(site)
    return subprocess.run(command, cwd=site.root, env=environment, capture_output=True, text=True, check=False)


def make_site(root: Path, write: Callable[[Path], None]) -> Site:
    """Return a new site in ``root``, its content written by ``write``."""
    site = Site(root)
    site.content.mkdir(parents=True)
    write(site.content)
    return site


def written_anew(site: Site, write: Callable[[Path], None]) -> Site:
    """Return ``site`` with the content that ``write`` writes, and nothing else of what was done to it.

    What was built before stays in its output and cache: a build makes only what differs from it, in a tenth of
    the time. That this is the same as a clean build is what test_incremental.py protects.
    """
    for path in site.root.iterdir():
        if path.name not in ("output", "cache"):
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    site.content.mkdir()
    write(site.content)
    return Site(site.root)


def copy_program(site: Site) -> None:
    """Put the program and a theme beside the content, so that it runs as in a clone: from its own folder."""
    site.own_theme()
    for name in ("pelicanconf.py", "publishconf.py", "Makefile"):
        shutil.copy(ROOT / name, site.root / name)
    shutil.copytree(ROOT / "plugins", site.root / "plugins", ignore=shutil.ignore_patterns("__pycache__"))
    _copy_compiled(ROOT / "plugins", site.root / "plugins")


def _copy_compiled(plugins: Path, copy: Path) -> None:
    """Copy what Python compiled of ``plugins``, wherever it keeps that: a start that compiles takes twice as long."""
    for path in plugins.rglob("*.py"):
        compiled = Path(cache_from_source(path))
        if compiled.is_file():
            kept = copy / path.parent.relative_to(plugins) / "__pycache__" / compiled.name
            kept.parent.mkdir(exist_ok=True)
            shutil.copy(compiled, kept)


def pair(fr: tuple[str, str, str], en: tuple[str, str, str], /, **slugs: str) -> dict[str, tuple[Values, str]]:
    """Return the texts of an article in both languages from (title, summary, body)."""
    return {
        language: ({"title": title, "summary": summary, **({"slug": slugs[language]} if slugs else {})}, body)
        for language, (title, summary, body) in (("fr", fr), ("en", en))
    }


def player(kind: str, name: object) -> dict[str, object]:
    """Return a player of whom there is something to say, and who has a page."""
    about = {"fr": "Un acteur de ces histoires.", "en": "A player of these stories."}
    source = {"publisher": "La Gazette", "date": "2018", "language": "fr"}
    return {"kind": kind, "name": name, "about": about, "source": source}


def verdict(word: str, date: str, proof: object, text: str, **facts: object) -> dict[str, object]:
    """Return a verdict whose words, in both languages, are made of ``text``; ``proof`` is an article or a source."""
    said = {"verdict": word, "date": date, "judged": "2026-11-20"}
    proof = {"article": proof} if isinstance(proof, str) else {"source": proof}
    label = {"fr": f"fait {text}", "en": f"fact {text}"}
    return {**said, "label": label, "proof": proof, "fr": f"Ce fut {text}.", "en": f"It was {text}.", **facts}


def claim(thread: str, announced: str, text: str, *verdicts: object, **facts: object) -> dict[str, object]:
    """Return a claim whose words, in both languages, are made of ``text``."""
    said = {"fr": f"Il y aura {text}.", "en": f"There will be {text}."}
    label = {"fr": f"promesse {text}", "en": f"promise {text}"}
    facts = {"thread": thread, "announced": announced, "claim": said, "label": label, **facts}
    return {**facts, "verdicts": list(verdicts)}


def write_reference(content: Path) -> None:
    """Write the glossary and the players."""
    write_mapping(
        content / "glossary.yaml",
        {
            "ftth": {
                "fr": {
                    "term": "FttH",
                    "expansion": "fibre jusqu’au domicile",
                    "definition": "Le raccordement complet.",
                },
                "en": {"term": "FTTH", "expansion": "fibre to the home", "definition": "The complete connection."},
            },
            "suborbital": {
                "fr": {"term": "suborbital", "expansion": "sans tour de la Terre", "definition": "Un vol en cloche."},
                "en": {"term": "suborbital", "expansion": "without orbiting", "definition": "A flight up and down."},
            },
        },
    )
    write_mapping(
        content / "entities.yaml",
        {
            "zephyr": player("company", "Zéphyr"),
            "regulator": player("agency", {"fr": "le régulateur", "en": "the regulator"}),
            "moreau": player("person", "Élise Moreau"),
        },
    )


def write_topics_and_threads(content: Path) -> None:
    """Write three topics and two threads, one of them closed."""
    topics = {
        "space": ("Tourisme orbital", "tourisme-orbital", "Orbital tourism", "orbital-tourism"),
        "fibre": ("Réseaux fixes", "reseaux-fixes", "Fixed networks", "fixed-networks"),
        "cloud": ("Nuage souverain", "nuage-souverain", "Sovereign computing", "sovereign-computing"),
    }
    for order, (key, (fr, fr_slug, en, en_slug)) in enumerate(topics.items(), start=1):
        write_entry(
            content,
            "topics",
            key,
            {"order": order},
            {
                "fr": ({"name": fr, "slug": fr_slug, "summary": f"Ce que devient : {fr}."}, f"Présentation : {fr}."),
                "en": ({"name": en, "slug": en_slug, "summary": f"The state of {en}."}, f"Introduction to {en}."),
            },
        )
    for key, facts, fr, en in (
        ("tickets", {"as_of": "2021-07"}, "Des billets", "Tickets"),
        ("cable", {"as_of": "2021-12", "closed": "2021-12-17"}, "Le câble", "The cable"),
    ):
        write_entry(
            content,
            "threads",
            key,
            facts,
            {
                "fr": (
                    {
                        "name": fr,
                        "summary": f"{fr} : le fil.",
                        "story": "Ils volent.",
                    },
                    f"Histoire : {fr}.",
                ),
                "en": (
                    {"name": en, "summary": f"{en}, told.", "story": "They fly."},
                    f"Story of {en}.",
                ),
            },
        )


def write_claims(content: Path) -> None:
    """Write a claim that is open and overdue, and a rumour that nobody answered."""
    source = {"publisher": "The Courier", "date": "2019-12", "language": "en", "url": "https://courier.example/seats"}
    waited = verdict("open", "2019-12", source, "quiet", judged="2020-03-01")
    silent = verdict("unanswered", "2016-10-12", {**source, "date": "2017"}, "silent", judged="2016-10-12")
    write_mapping(
        content / "claims.yaml",
        {
            "seats": claim("tickets", "2018-07-12", "seats", waited, by=["zephyr"], expected="2019-06"),
            "cable-service": claim("cable", "2016-10-12", "service", silent, was=["2018-06"], expected="2018-08-31"),
        },
    )


def write_articles(content: Path) -> None:
    """Write six published pairs or single texts, a draft and one that waits for its day."""
    source = {
        "publisher": "La Gazette",
        "title": "Des sièges pour l’espace",
        "date": "2018-07",
        "language": "fr",
        "url": "https://gazette.example/sieges",
    }
    write_entry(
        content,
        "articles",
        "ticket-rumour",
        {
            "date": "2018-07-12",
            "written": "2026-11",
            "topics": ["space"],
            "thread": "tickets",
            "status": "rumour",
            "sources": [source],
            "entities": ["zephyr", "moreau"],
            "claims": ["seats"],
            "updates": [
                {"date": "2019-07-01", "significant": False, "fr": "Toujours rien.", "en": "Still nothing."},
                {"date": "2020-03-02", "significant": True, "fr": "Le vol est reporté.", "en": "The flight is late."},
            ],
            "image": {"file": "capsule.png", "credit": "Zéphyr"},
        },
        {
            "fr": (
                {
                    "title": "Zéphyr vendrait des billets : une rumeur",
                    "slug": "billets-rumeur",
                    "summary": "Une rumeur de prix pour un vol suborbital.",
                    "alt": "Une capsule grise",
                },
                "Un vol suborbital, dit-on.\n\n## Le prix\n\nEnviron 200 000 dollars.\n\n![Le siège](seat.png)",
            ),
            "en": (
                {
                    "title": "Zéphyr said to sell tickets",
                    "slug": "tickets-rumour",
                    "summary": "A rumoured price for a suborbital flight.",
                    "alt": "A grey capsule",
                },
                "A suborbital flight, they say.\n\n## The price\n\nAbout $200,000.\n\n![The seat](seat.png)",
            ),
        },
    )
    (content / "articles" / "ticket-rumour" / "capsule.png").write_bytes(picture(60))
    (content / "articles" / "ticket-rumour" / "seat.png").write_bytes(picture(90))
    write_entry(
        content,
        "articles",
        "first-crew",
        {
            "date": "2021-07-20T14:00",
            "topics": ["space"],
            "thread": "tickets",
            "status": "confirmed",
            "claims": ["seats"],
            "entities": ["zephyr"],
            "sources": [{"publisher": "The Courier", "date": "2021-07-20", "language": "en"}],
        },
        pair(
            (
                "Quatre passagers à bord",
                "Le vol a eu lieu.",
                "Voir [la rumeur](article:ticket-rumour).[^1]\n\n[^1]: De 2018.",
            ),
            (
                "Four passengers aboard",
                "The flight took place.",
                "See [the rumour](article:ticket-rumour).[^1]\n\n[^1]: Of 2018.",
            ),
            fr="quatre-passagers",
            en="four-passengers",
        ),
    )
    write_entry(
        content,
        "articles",
        "cable-plan",
        {
            "date": "2016-10-12",
            "topics": ["fibre", "cloud"],
            "thread": "cable",
            "status": ["rumour", "announced"],
            "entities": ["regulator"],
            "claims": ["cable-service"],
        },
        pair(
            (
                "Un câble est promis",
                "Long de 12 800 km.",
                "La FttH attend.\n\n| Part | km |\n|---|--:|\n| Mer | 12 800 |",
            ),
            ("A cable is promised", "12,800 km long.", "FTTH waits.\n\n| Part | km |\n|---|--:|\n| Sea | 12,800 |"),
        ),
    )
    write_entry(
        content,
        "articles",
        "cloud-ruling",
        {"date": "2019-12-09", "topics": ["cloud"], "status": "denied", "entities": ["regulator"]},
        pair(
            ("Le marché est contesté", "Un recours est déposé.", "Le juge lira.\n\n## Le recours\n\nIl est long."),
            ("The award is contested", "A protest is filed.", "The judge will read.\n\n## The protest\n\nIt is long."),
        ),
    )
    write_entry(
        content,
        "articles",
        "copper-off",
        {"date": "2026-01-27", "topics": ["fibre"], "status": "announced", "entities": ["regulator"]},
        {
            "fr": (
                {"title": "Le cuivre s’éteint", "slug": "cuivre-eteint", "summary": "763 communes sont concernées."},
                "Le réseau ferme.",
            )
        },
    )
    write_entry(
        content,
        "articles",
        "vault-opens",
        {"date": "2024-05-02", "topics": ["cloud", "space"], "status": "confirmed", "entities": ["moreau"]},
        {
            "en": (
                {
                    "title": "The vault opens",
                    "slug": "vault-opens",
                    "summary": "A data centre takes its first customer.",
                },
                "The doors are open.",
            )
        },
    )
    write_entry(
        content,
        "articles",
        "unfinished",
        {"date": "2026-02-01", "topics": ["space"], "status": "rumour", "draft": True},
        pair(("Pas fini", "Un brouillon.", "Brouillon."), ("Unfinished", "A draft.", "Drafted.")),
    )
    write_entry(
        content,
        "articles",
        "embargoed",
        {"date": "2026-11-20", "topics": ["fibre"], "status": "announced", "publish": "2026-11-23T08:00"},
        pair(("Sous embargo", "Pour lundi.", "Bientôt."), ("Under embargo", "For Monday.", "Soon.")),
    )


def write_editions_and_pages(content: Path) -> None:
    """Write an edition, a page in both languages and one in French only."""
    write_entry(
        content,
        "editions",
        "2026-11-21",
        {"number": 1, "date": "2026-11-21", "articles": ["first-crew", "ticket-rumour", "copper-off"]},
        {
            "fr": ({"title": "Le premier numéro", "slug": "2026-11-21", "summary": "Trois nouvelles."}, "Éditorial."),
            "en": ({"title": "The first issue", "slug": "2026-11-21", "summary": "Three stories."}, "Editorial."),
        },
    )
    write_entry(
        content,
        "pages",
        "about",
        {"date": "2026-11-01", "order": 1},
        pair(
            ("Qui nous sommes", "Une rédaction.", "Deux langues."),
            ("Who we are", "A newsroom.", "Two languages."),
            fr="qui-nous-sommes",
            en="who-we-are",
        ),
    )
    write_entry(
        content,
        "pages",
        "legal",
        {"date": "2026-11-02", "order": 2},
        {"fr": ({"title": "Obligations", "slug": "obligations", "summary": "Ce que veut la loi."}, "Le code.")},
    )


def write_small_site(content: Path) -> None:
    """Write the site that most tests share."""
    write_reference(content)
    write_topics_and_threads(content)
    write_claims(content)
    write_articles(content)
    write_editions_and_pages(content)


def write_pairs(content: Path, count: int) -> None:
    """Write ``count`` article pairs over ten years, with the topics and threads of the small site."""
    write_reference(content)
    write_topics_and_threads(content)
    write_claims(content)
    topics, statuses = ("space", "fibre", "cloud"), ("rumour", "announced", "confirmed", "denied", "cancelled")
    for number in range(count):
        facts = {
            "date": f"{2016 + number % 10}-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "topics": [topics[number % 3]],
            "status": statuses[number % 5],
            "entities": [("zephyr", "regulator", "moreau")[number % 3]],
            "sources": [{"publisher": f"Source {number}", "date": "2016-10", "language": "en"}],
        }
        body = "\n\n".join(
            f"## {part}\n\n" + f"Item {number}, *part {part}*, with [a link](https://example.org/{number}). " * 12
            for part in ("One", "Two", "Three")
        )
        write_entry(
            content,
            "articles",
            f"item-{number}",
            facts,
            pair((f"Nouvelle {number}", f"Résumé {number}.", body), (f"Item {number}", f"Summary {number}.", body)),
        )
    write_entry(
        content, "pages", "about", {"date": "2026-11-01"}, pair(("Nous", "Qui.", "Ici."), ("Us", "Who.", "Here."))
    )
