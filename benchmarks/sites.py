"""The same archive as a project of each generator: Sillage, Hugo, Pelican with the plugin i18n-subsites.

Each publishes every article in both languages with its lists in pages of twenty,
its topics, threads and players, and their feeds.
"""

import json
import shutil
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path

from corpus import LANGUAGES, TERMS, TOPICS, Pair, pairs, player_keys, thread_keys

ROOT = Path(__file__).resolve().parents[1]
PICTURE = "picture.png"
_NAMES = {"fr": "Nom", "en": "Name"}
_SOURCE = {"publisher": "The Courier", "date": "2016-10", "language": "en", "url": "https://example.org/"}
#: Settings of a Sillage without what the other two do not have.
_LEAN = """\
from pelicanconf import *

PLUGINS = [name for name in PLUGINS if name not in ("search", "share_cards")]
"""


def picture() -> bytes:
    """Return a grey picture of 480 × 300 as PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((x * y) % 256 for x in range(480)) for y in range(300))
    header = struct.pack(">IIBBBBB", 480, 300, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _write(path: Path, text: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def _head(values: dict[str, object]) -> str:
    """Return front matter; JSON on one line is YAML."""
    return (
        "---\n"
        + "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
        + "---\n"
    )


def write_sillage(root: Path, count: int) -> None:
    """Write the archive, and the program beside it, as in a clone."""
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, root / name)
    for name in ("plugins", "theme"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    _write(root / "leanconf.py", _LEAN)
    content = root / "content"
    for kind, keys in (("topics", TOPICS), ("threads", thread_keys(count))):
        for key in keys:
            for code in LANGUAGES:
                said: dict[str, object] = {"name": f"{_NAMES[code]} {key}", "slug": key, "summary": f"{key}."}
                if kind == "threads":
                    said |= {"story": f"{key}."} | ({"as_of": "2026-01"} if code == "fr" else {})
                _write(content / kind / key / f"index.{code}.md", f"{_head(said)}{key}.\n")
    for page in ("about", "legal"):
        for code in LANGUAGES:
            facts = {"title": f"{_NAMES[code]} {page}", "slug": page, "summary": "…", "date": "2026-01-01"}
            _write(content / "pages" / page / f"index.{code}.md", f"{_head(facts)}{page}.\n")
    _write_registers(content, count)
    for pair in pairs(count):
        _write_sillage_pair(content, pair)


def _write_registers(content: Path, count: int) -> None:
    """Write the players, each with a sentence and so with a page; a claim a thread; the glossary."""
    known: dict[str, object] = {"kind": "company", "about": dict.fromkeys(LANGUAGES, "…"), "source": _SOURCE}
    players = {key: known | {"name": key.title()} for key in player_keys(count)}
    claims = {f"claim-{key}": _claim(number, key) for number, key in enumerate(thread_keys(count))}
    for name, entries in (("entities", players), ("claims", claims)):
        _write(content / f"{name}.yaml", "".join(f"{key}: {json.dumps(said)}\n" for key, said in entries.items()))
    terms = ("FttH", "GPON", "orbite basse", "suborbital", "IaaS", "SecNumCloud")
    english = ("FTTH", "GPON", "low orbit", "suborbital", "IaaS", "SecNumCloud")
    for key, fr, en in zip(TERMS, terms, english, strict=True):
        entry = {
            code: {"term": term, "expansion": f"{term}…", "definition": f"{term}."}
            for code, term in (("fr", fr), ("en", en))
        }
        with (content / "glossary.yaml").open("a", encoding="utf-8") as glossary:
            glossary.write(f"{key}: {json.dumps(entry, ensure_ascii=False)}\n")


def _claim(number: int, thread: str) -> dict[str, object]:
    """Return what was announced at the start of ``thread``, and what became of it: half of them are open."""
    said = {code: f"{_NAMES[code]} {thread}." for code in LANGUAGES}
    verdict = {"verdict": ("open", "kept", "open", "kept-late")[number % 4], "date": "2024-05", "judged": "2024-06-01"}
    return {
        "thread": thread,
        "announced": "2014-01",
        "expected": "2024" if number % 4 != 3 else "2022",
        "claim": said,
        "label": said,
        "verdicts": [verdict | {"label": said, "proof": {"source": _SOURCE}} | said],
    }


def _write_sillage_pair(content: Path, pair: Pair) -> None:
    folder = content / "articles" / pair.key
    for code, text in pair.texts.items():
        said: dict[str, object] = {"title": text.title, "slug": text.slug, "summary": text.summary}
        if code == "fr":
            said |= {"date": pair.day.isoformat(), "topics": pair.topics, "status": pair.status}
            said |= {"entities": pair.players} | ({"thread": pair.thread} if pair.thread else {})
            said |= {"claims": [f"claim-{pair.thread}"]} if pair.claim else {}
            said["sources"] = [_SOURCE | {"publisher": pair.key}]
        body = text.body.replace("{link}", f"article:{pair.link}")
        if pair.picture:
            body += f"\n\n![{pair.key}]({PICTURE})"
        _write(folder / f"index.{code}.md", f"{_head(said)}{body}\n")
    if pair.picture:
        _write(folder / PICTURE, picture())


_HUGO = """\
baseURL = "http://localhost:8000/"
defaultContentLanguage = "en"
defaultContentLanguageInSubdir = true
title = "Watch"
[pagination]
pagerSize = 20
[taxonomies]
topic = "topics"
thread = "threads"
player = "players"
[services.rss]
limit = 20
[languages.fr]
contentDir = "content/fr"
weight = 1
[languages.en]
contentDir = "content/en"
weight = 2
"""
_HUGO_BASE = """\
<!doctype html><html lang="{{ .Language.Lang }}"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Params.summary }}">
{{ range .AllTranslations }}<link rel="alternate" hreflang="{{ .Language.Lang }}" href="{{ .Permalink }}">{{ end }}
{{ range .AlternativeOutputFormats }}<link rel="alternate" type="{{ .MediaType.Type }}" href="{{ .Permalink }}">{{ end }}
</head><body><nav>{{ range .Site.Taxonomies.topics.ByCount }}<a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> {{ end }}
{{ range .Translations }}<a href="{{ .RelPermalink }}">{{ .Language.Lang }}</a>{{ end }}</nav>
<main>{{ block "main" . }}{{ end }}</main></body></html>
"""
_HUGO_SINGLE = """\
{{ define "main" }}<h1>{{ .Title }}</h1><time>{{ .Date.Format "2006-01-02" }}</time> {{ .ReadingTime }}
{{ range (.GetTerms "topics") }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ range (.GetTerms "threads") }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ range (.GetTerms "players") }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ .Content }}
{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ range first 3 (.Site.RegularPages.Related .) }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}
"""
_HUGO_LIST = """\
{{ define "main" }}<h1>{{ .Title }}</h1>{{ range (.Paginate .Pages).Pages }}
<article><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2><time>{{ .Date.Format "2006-01-02" }}</time>
<p>{{ .Params.summary }}</p></article>{{ end }}
{{ with .Paginator.Prev }}<a href="{{ .URL }}">←</a>{{ end }}{{ with .Paginator.Next }}<a href="{{ .URL }}">→</a>{{ end }}{{ end }}
"""


def write_hugo(root: Path, count: int) -> None:
    """Write the archive as page bundles, with plain layouts."""
    _write(root / "hugo.toml", _HUGO)
    for name, layout in (("baseof", _HUGO_BASE), ("single", _HUGO_SINGLE), ("list", _HUGO_LIST)):
        _write(root / "layouts" / "_default" / f"{name}.html", layout)
    for pair in pairs(count):
        for code, text in pair.texts.items():
            folder = root / "content" / code / "articles" / pair.key
            said: dict[str, object] = {"title": text.title, "slug": text.slug, "summary": text.summary}
            said |= {"date": pair.day.isoformat(), "topics": pair.topics, "players": pair.players}
            said |= {"threads": [pair.thread]} if pair.thread else {}
            body = text.body.replace("{link}", f"/{code}/articles/{pair.link}/")
            if pair.picture:
                body += f"\n\n![{pair.key}]({PICTURE})"
                _write(folder / PICTURE, picture())
            _write(folder / "index.md", f"{_head(said)}{body}\n")


_SUBSITES = """\
SITENAME = "Watch"
SITEURL = "http://localhost:8000"
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "fr"
PATH = "content"
PLUGINS = ["pelican.plugins.i18n_subsites"]
I18N_SUBSITES = {"en": {"SITENAME": "Watch"}}
DEFAULT_PAGINATION = 20
FEED_MAX_ITEMS = 20
FEED_ALL_ATOM = "feeds/all.atom.xml"
FEED_ALL_RSS = "feeds/all.rss.xml"
CATEGORY_FEED_ATOM = "feeds/{slug}.atom.xml"
TAG_FEED_ATOM = "feeds/tag.{slug}.atom.xml"
ARTICLE_URL = "articles/{slug}/"
ARTICLE_SAVE_AS = "articles/{slug}/index.html"
THEME = "simple"
LOG_FILTER = []
"""


def write_subsites(root: Path, count: int) -> None:
    """Write the archive as Pelican reads it: a file per language, translations by slug."""
    _write(root / "pelicanconf.py", _SUBSITES)
    for pair in pairs(count):
        for code, text in pair.texts.items():
            said = {"Title": text.title, "Slug": pair.key, "Lang": code, "Date": pair.day.isoformat()}
            said |= {"Category": pair.topics[0], "Summary": text.summary}
            said |= {"Tags": ", ".join([*pair.topics, *pair.players, *([pair.thread] if pair.thread else [])])}
            body = text.body.replace("{link}", f"/articles/{pair.link}/")
            if pair.picture:
                body += f"\n\n![{text.title}]({{static}}/images/{pair.key}.png)"
                _write(root / "content" / "images" / f"{pair.key}.png", picture())
            head = "".join(f"{key}: {value}\n" for key, value in said.items())
            _write(root / "content" / "articles" / f"{pair.key}.{code}.md", f"{head}\n{body}\n")


def edit(file: Path, words: str) -> None:
    """Add a sentence to a text, as an editor does: the file grows, and is younger."""
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{words}\n", encoding="utf-8")


def retitle(file: Path, title: str) -> None:
    """Give a text another title."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text(
        "".join(
            f'{line.partition(":")[0]}: "{title}"\n' if line.lower().startswith("title:") else line for line in lines
        ),
        encoding="utf-8",
    )


def output_of(folder: Path) -> tuple[int, int, int]:
    """Return how many pages and how many files an output holds, and their bytes."""
    files: Iterable[Path] = [path for path in folder.rglob("*") if path.is_file()]
    return sum(path.suffix == ".html" for path in files), len(list(files)), sum(path.stat().st_size for path in files)
