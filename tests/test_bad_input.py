"""Whatever lies in the content, the whole site is built and right, or the build refuses and the live site is untouched.

Every input goes through a build of its own over a published site, in a process
that may use ten seconds of the processor. A build that ends well has every page
of the sound content; one that refuses names the file, and says the line where
there is one. The third way, an article that is missing from a site that was
built without a word, is what this looks for.
"""

import multiprocessing
import os
import re
import resource
import shutil
import socket
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import Build, report_of
from content_reading import SOUND, french, write_files
from site_builder import Site, picture, tree_of
from test_schema_errors import CASES as MISTAKES
from test_schema_errors import second, write_case

from newsroom.content.kinds import KINDS
from newsroom.content.proposals import new_name

pytestmark = pytest.mark.slow

FR, EN = "articles/cable/index.fr.md", "articles/cable/index.en.md"
SECONDS, MEMORY = 10, 1_000_000_000
#: A line of a report: a file or a folder of the project, a line where one is to be named, and what is wrong.
LINE = re.compile(r"(?:content|theme)(?:/[^:]*)?(?::\d+){0,2}: .+ \S.*[.?…]\Z")
PAGES = {
    "fr/articles/un-cable-est-promis/index.html",
    "en/articles/a-cable-is-promised/index.html",
    "fr/sujets/fibre/index.html",
    "en/topics/fibre/index.html",
    "fr/histoires/la-mer/index.html",
    "en/stories/the-sea/index.html",
}
Spoil = Callable[[Path], None]


@dataclass(frozen=True)
class Ended:
    """How a build ended: its report where it refused, what kept it from ending well, the memory it took."""

    report: object
    error: str
    memory: int


class Bench:
    """Sound content that is published, and a place to build others over it."""

    def __init__(self, folder: Path, build: Build) -> None:
        self.site = Site(folder / "site")
        self._build = build
        self._folder = folder
        self._write(lambda content: write_files(content, SOUND))
        build(self.site)
        self.live = tree_of(self.site.output)
        assert self.live.keys() >= PAGES
        for name in ("output", "cache"):
            shutil.copytree(self.site.root / name, folder / name)
        self._as_it_was = True

    def _write(self, spoil: Spoil) -> None:
        shutil.rmtree(self.site.content, ignore_errors=True)
        self.site.content.mkdir(parents=True)
        spoil(self.site.content)

    def build(self, spoil: Spoil) -> Ended:
        """Build what ``spoil`` makes of the content, in a process of its own."""
        self._write(spoil)
        if not self._as_it_was:
            for name in ("output", "cache"):
                shutil.rmtree(self.site.root / name, ignore_errors=True)
                shutil.copytree(self._folder / name, self.site.root / name)
        fork = multiprocessing.get_context("fork")
        ours, theirs = fork.Pipe(duplex=False)
        child = fork.Process(target=self._child, args=(theirs,))
        child.start()
        theirs.close()
        try:
            ended = ours.recv()
        except EOFError:
            child.join()
            ended = Ended(None, f"the build ended with {child.exitcode}", 0)
        child.join()
        self._as_it_was = isinstance(ended.report, str)  # a build that refuses leaves all as it was: this is tested
        return ended

    def _child(self, connection: "multiprocessing.connection.Connection") -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        report, error = None, ""
        try:
            report = report_of(lambda: self._build(self.site))
        except BaseException as raised:  # noqa: BLE001 - whatever it is, it is a traceback in a terminal
            error = repr(raised)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        connection.send(Ended(report, error, memory))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench"), build)


def assert_ends_well(bench: Bench, spoil: Spoil, missing: frozenset[str] = frozenset()) -> str:
    """Build; check that it ended in one of the two good ways; return the report, "" where all was built."""
    ended = bench.build(spoil)
    assert ended.error == ""
    assert ended.memory < MEMORY
    if ended.report is None:
        assert tree_of(bench.site.output).keys() >= PAGES - missing
        return ""
    assert isinstance(ended.report, str)
    assert "Traceback" not in ended.report
    *lines, count = ended.report.splitlines()
    assert re.fullmatch(r"\d+ problems?: nothing was published\.", count), ended.report
    assert lines
    for line in lines:
        assert LINE.match(line), line
        assert len(line) < 800
    assert tree_of(bench.site.output) == bench.live
    return ended.report


# --- each mistake of an editor ------------------------------------------------------------------


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: case.name)
def test_a_mistake_keeps_a_build_from_publishing(bench: Bench, case: object) -> None:
    report = assert_ends_well(bench, lambda content: write_case(content.parent, case))
    for told in case.told:
        place = re.escape(f"content/{told.file}") + (rf":{told.line}(:\d+)?" if told.line else "")
        assert any(re.match(f"{place}: ", line) for line in report.splitlines()), report


# --- each key with each wrong shape ---------------------------------------------------------------

SHAPES = {
    "a-map": "{a: b}",
    "a-list-of-maps": "[{a: b}]",
    "a-list-of-lists": "[[a]]",
    "nothing": "",
    "a-tilde": "~",
    "no-text": '""',
    "blanks": '" \\u00A0 \\u3000"',
    "a-number": "-7",
    "a-huge-number": "9" * 5000,
    "no-number": ".nan",
    "a-truth": "true",
    "a-moment": "2026-11-21T25:61:00+99:00",
    "a-long-text": f'"{"mot " * 5000}"',
    "an-anchor": "&a [*a]",
    "an-alias-of-nothing": "*nothing",
    "a-tag-that-runs-code": "!!python/object/apply:os.system [id]",
    "a-binary": "!!binary aGVsbG8=",
    "a-control": '"\\a"',
    "a-noncharacter": '"\\uFFFE"',
    "half-a-character": '"\\uD83D"',
    "marks-of-direction": '"\\u202Egnp.exe"',
    "markup": "'<script>alert(1)</script>'",
    "a-way-out": '"../../../etc/passwd"',
}


def with_key(kind_folder: str, key: str, value: str) -> Spoil:
    """Return how to give ``key`` another value in the first text of a kind."""
    content = {**SOUND, "editions/one/index.fr.md": EDITION, "pages/us/index.fr.md": PAGE}
    name = next(name for name in content if name.startswith(f"{kind_folder}/"))
    head = content[name].removeprefix("---\n").partition("---\n")[0].splitlines()
    lines = [line for line in head if not line.startswith(f"{key}:")]
    text = "\n".join(["---", f"{key}: {value}", *lines, "---", "Texte.", ""])
    return lambda folder: write_files(folder, {**content, name: text})


EDITION = "---\ntitle: Un\nsummary: Deux.\nnumber: 1\ndate: 2026-11-21\narticles: [cable]\n---\nTexte.\n"
PAGE = "---\ntitle: Nous\nsummary: Qui.\ndate: 2026-11-21\n---\nTexte.\n"
KEYS = [(kind.folder, field.name) for kind in KINDS for field in kind.fields]


@pytest.mark.parametrize(("folder", "key"), KEYS, ids=lambda value: value)
def test_a_key_of_any_shape_is_read_or_told_with_its_line(bench: Bench, folder: str, key: str) -> None:
    moved = frozenset(PAGES) if key in ("slug", "title", "name", "draft", "publish") else frozenset[str]()
    for shape, value in SHAPES.items():
        report = assert_ends_well(bench, with_key(folder, key, value), missing=moved)
        if report:
            assert all(re.search(r":2(:\d+)?: ", line) or f"{folder}/" in line for line in report.splitlines()[:-1]), (
                shape,
                report,
            )
            assert any(re.match(rf"content/{folder}/[^:]+:[2-9](:\d+)?: ", line) for line in report.splitlines()), (
                shape,
                report,
            )


# --- files, folders and their names -----------------------------------------------------------------

DECOMPOSED = unicodedata.normalize("NFD", "câble.png")


def files(more: dict[str, str | bytes], *, without: tuple[str, ...] = ()) -> Spoil:
    kept = {name: text for name, text in SOUND.items() if name not in without}
    return lambda content: write_files(content, {**kept, **more})


def named(name: str, *, instead: str = FR) -> Spoil:
    """Return how to give the text ``instead`` another name."""
    return files({name: SOUND[instead]}, without=(instead,))


def then(work: Callable[[Path], object], more: dict[str, str | bytes] | None = None) -> Spoil:
    def spoil(content: Path) -> None:
        write_files(content, {**SOUND, **(more or {})})
        work(content)

    return spoil


def bind(content: Path) -> None:
    here = Path.cwd()
    os.chdir(content / "articles/cable")  # the name of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("a.png")
    finally:
        os.chdir(here)


SHOWS = french(body="![Un câble](a.png)")
LAUGHS = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{number}: &a{number} [{','.join([f'*a{number - 1}'] * 9)}]\n" for number in range(1, 10)
)
HUGE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\2\0\0\0" + b"\0" * 30
REFUSED: dict[str, tuple[Spoil, str]] = {
    # names by case, ending and form
    "capital-name": (named("articles/cable/Index.fr.md"), "articles/cable/Index.fr.md"),
    "capital-language": (named("articles/cable/index.FR.md"), "articles/cable/index.FR.md"),
    "capital-ending": (named("articles/cable/index.fr.MD"), "articles/cable/index.fr.MD"),
    "all-capitals": (named("articles/cable/INDEX.FR.MD"), "articles/cable/INDEX.FR.MD"),
    "long-ending": (named("articles/cable/index.fr.markdown"), "articles/cable/index.fr.markdown"),
    "no-language": (named("articles/cable/index.md"), "articles/cable/index.md"),
    "another-language": (named("articles/cable/index.de.md"), "articles/cable/index.de.md"),
    "a-number-for-a-language": (named("articles/cable/index.2.md"), "articles/cable/index.2.md"),
    "a-text-that-is-numbered": (files({"articles/cable/index.fr.2.md": french()}), "articles/cable/index.fr.2.md"),
    "misspelt-language": (named("articles/cable/index.fra.md"), "articles/cable/index.fra.md"),
    "another-first-word": (named("articles/cable/article.fr.md"), "articles/cable/article.fr.md"),
    "a-copy-beside": (files({"articles/cable/index (copie).fr.md": french()}), "index (copie).fr.md"),
    "capital-key": (named("articles/Cable/index.fr.md"), "articles/Cable"),
    "key-with-an-accent": (named("articles/câble/index.fr.md"), "articles/câble"),
    "key-with-a-space": (named("articles/un cable/index.fr.md"), "articles/un cable"),
    "key-with-a-line-break": (named("articles/un\ncable/index.fr.md"), "articles/un\\ncable"),
    "key-that-is-not-utf-8": (
        then(lambda content: (content / "articles" / os.fsdecode(b"\xffa")).mkdir()),
        "Rename it “a”",
    ),
    "key-with-a-dot": (named("articles/cable.2/index.fr.md"), "articles/cable.2"),
    "key-that-starts-with-a-dot": (named("articles/.cable/index.fr.md"), "articles/.cable"),
    "key-of-an-editing-program": (named("articles/cable~/index.fr.md"), "articles/cable~"),
    "a-section-in-capitals": (files({"Articles/second/index.fr.md": french()}), "content/Articles"),
    "a-section-misspelt": (files({"article/second/index.fr.md": french()}), "content/article"),
    "a-section-with-a-dot": (files({".articles/second/index.fr.md": french()}), "content/.articles"),
    "a-folder-too-deep": (files({"articles/cable/2/index.fr.md": french()}), "articles/cable/2"),
    "a-text-too-high": (files({"articles/index.fr.md": french()}), "articles/index.fr.md"),
    "a-folder-with-nothing": (then(lambda content: (content / "articles/empty").mkdir()), "articles/empty"),
    "a-folder-with-a-picture-only": (files({"articles/empty/a.png": picture()}), "articles/empty"),
    # what is no plain file
    "a-link-to-a-text": (
        then(
            lambda content: (
                (content / FR).rename(content.parent / "away"),
                (content / FR).symlink_to(content.parent / "away"),
            )
        ),
        FR,
    ),
    "a-link-to-itself": (then(lambda content: ((content / FR).unlink(), (content / FR).symlink_to("index.fr.md"))), FR),
    "a-link-to-nothing": (then(lambda content: ((content / FR).unlink(), (content / FR).symlink_to("nowhere"))), FR),
    "a-folder-for-a-text": (then(lambda content: ((content / FR).unlink(), (content / FR).mkdir())), FR),
    "a-pipe-for-a-text": (then(lambda content: ((content / FR).unlink(), os.mkfifo(content / FR))), FR),
    "a-link-for-a-folder": (
        then(lambda content: (content / "articles/second").symlink_to(content / "articles/cable")),
        "articles/second",
    ),
    "a-link-for-a-section": (
        then(lambda content: ((content / "articles").rename(content / "x"), (content / "articles").symlink_to("x"))),
        "content/articles",
    ),
    "a-file-for-a-section": (then(lambda content: (content / "pages").write_text("a")), "content/pages"),
    "a-pipe-for-the-glossary": (
        then(lambda content: ((content / "glossary.yaml").unlink(), os.mkfifo(content / "glossary.yaml"))),
        "glossary.yaml",
    ),
    "a-folder-for-the-players": (
        then(lambda content: ((content / "entities.yaml").unlink(), (content / "entities.yaml").mkdir())),
        "entities.yaml",
    ),
    # pictures
    "no-picture": (files({FR: SHOWS}), f"{FR}:8"),
    "a-picture-in-another-case": (files({FR: SHOWS, "articles/cable/A.png": picture()}), f"{FR}:8"),
    "an-empty-picture": (files({FR: SHOWS, "articles/cable/a.png": b""}), "articles/cable/a.png"),
    "half-a-picture": (files({FR: SHOWS, "articles/cable/a.png": picture(side=64)[:60]}), "articles/cable/a.png"),
    "a-text-for-a-picture": (files({FR: SHOWS, "articles/cable/a.png": b"hello"}), "articles/cable/a.png"),
    "a-page-for-a-picture": (files({FR: SHOWS, "articles/cable/a.png": b"<html>"}), "articles/cable/a.png"),
    "a-picture-of-four-thousand-million-points": (
        files({FR: SHOWS, "articles/cable/a.png": HUGE}),
        "articles/cable/a.png",
    ),
    "a-pipe-for-a-picture": (
        then(lambda content: os.mkfifo(content / "articles/cable/a.png"), {FR: SHOWS}),
        "cable/a.png",
    ),
    "a-link-for-a-picture": (
        then(lambda content: (content / "articles/cable/a.png").symlink_to("/etc/passwd"), {FR: SHOWS}),
        "cable/a.png",
    ),
    "a-folder-for-a-picture": (
        then(lambda content: (content / "articles/cable/a.png").mkdir(), {FR: SHOWS}),
        "cable/a.png",
    ),
    "a-text-of-three-gigabytes": (
        then(lambda content: os.truncate(content / FR, 3_000_000_000)),
        f"{FR}: 3000 megabytes",
    ),
    "a-register-of-three-gigabytes": (
        then(lambda content: os.truncate(content / "glossary.yaml", 3_000_000_000)),
        "glossary.yaml: 3000 megabytes",
    ),
    "a-picture-of-three-gigabytes": (
        then(
            lambda content: os.truncate(content / "articles/cable/a.png", 3_000_000_000),
            {FR: SHOWS, "articles/cable/a.png": picture()},
        ),
        "cable/a.png: 3000 megabytes",
    ),
    "a-socket-for-a-picture": (then(bind, {FR: SHOWS}), "cable/a.png"),
    # addresses that collide: both are named
    "one-title-twice": (files(second(title='title: "Un câble est promis"')), "un-cable-est-promis"),
    "one-slug-twice": (files(second("slug: un-cable-est-promis")), "articles/second/index.fr.md:7"),
    "a-slug-that-was-an-alias": (files({FR: french("aliases: [ici]"), **second("slug: ici")}), "articles/second"),
    "one-alias-twice": (files({FR: french("aliases: [ici]"), **second("aliases: [ici]")}), "aliases"),
    "one-topic-twice": (files({"topics/other/index.fr.md": "---\nname: Fibre\n---\n"}), "topics/other"),
    # bytes
    "an-empty-text": (files({FR: b""}), FR),
    "blanks-only": (files({FR: b"\n \n\t\n"}), FR),
    "a-mark-only": (files({FR: b"\xef\xbb\xbf"}), FR),
    "utf-16": (files({FR: french().encode("utf-16")}), FR),
    "utf-16-without-a-mark": (files({FR: french().encode("utf-16-le")}), FR),
    "utf-32": (files({FR: french().encode("utf-32")}), FR),
    "latin-1": (files({FR: french(body="Éléphant").encode("latin-1")}), FR),
    "a-nul": (files({FR: french(body="a\0b")}), f"{FR}:8"),
    "a-machine-code": (files({FR: b"\x7fELF" + bytes(range(256)) * 40}), FR),
    "an-archive": (files({FR: b"PK\3\4" + bytes(range(256)) * 40}), FR),
    "an-escape-of-a-terminal": (files({FR: french(body="\x1b[2J\x1b[31m")}), f"{FR}:8"),
    "a-surrogate-in-bytes": (files({FR: french(body="x").encode() + b"\xed\xa0\x80"}), FR),
    "overlong-bytes": (files({FR: french(body="x").encode() + b"\xc0\xaf"}), FR),
    "dashes-only": (files({FR: "---\n"}), FR),
    "no-front-matter": (files({FR: "Texte.\n"}), FR),
    "no-end-of-front-matter": (files({FR: "---\ntitle: a\n"}), FR),
    "a-front-matter-that-is-a-list": (files({FR: "---\n- a\n---\nTexte.\n"}), f"{FR}:2"),
    "a-front-matter-that-is-a-text": (files({FR: "---\nbonjour\n---\nTexte.\n"}), f"{FR}:2"),
    "a-front-matter-of-a-million-lines": (files({FR: "---\n" + "a: b\n" * 200_000 + "---\n"}), FR),
    "a-front-matter-ten-thousand-deep": (files({FR: f"---\ntitle: {'[' * 10_000}\n---\n"}), FR),
    "a-billion-laughs": (files({FR: f"---\n{LAUGHS}---\n"}), FR),
    "a-merge-of-keys": (files({FR: french("<<: {draft: true}")}), f"{FR}:7"),
    "a-key-twice": (files({FR: french().replace("---\nTexte", "date: 2016-10-13\n---\nTexte")}), f"{FR}:7"),
    "two-front-matters-in-yaml": (files({FR: french().replace("date:", "...\n--- \ndate:")}), FR),
    "a-glossary-that-is-a-list": (files({"glossary.yaml": "- a\n"}), "glossary.yaml:1"),
    "a-glossary-of-bytes": (files({"glossary.yaml": b"\xff\xfe\0"}), "glossary.yaml"),
    "players-that-are-a-text": (files({"entities.yaml": "bonjour\n"}), "entities.yaml:1"),
    # bodies
    "a-body-of-opening-brackets": (files({FR: french(body="[" * 50_000)}), FR),
    "a-body-of-quotations": (files({FR: french(body=">" * 20_000 + " a")}), FR),
    "a-body-of-nested-lists": (
        files({FR: french(body="\n".join(f"{' ' * 4 * depth}- a" for depth in range(400)))}),
        FR,
    ),
    "a-body-of-nested-elements": (files({FR: french(body="<div>" * 3000 + "x" + "</div>" * 3000)}), FR),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_published_is_refused_by_its_name(bench: Bench, name: str) -> None:
    spoil, told = REFUSED[name]
    report = assert_ends_well(bench, spoil)
    assert told in report


LONG = "Une phrase assez longue, avec un [lien](https://example.org/) et *du relief*. "
BUILT: dict[str, Spoil] = {
    "names-of-systems": files(
        {"articles/cable/.DS_Store": b"\0\1", "articles/cable/Thumbs.db": b"\0", ".git/HEAD": "x"}
    ),
    "names-of-editing-programs": files(
        {
            f"articles/cable/{name}": "x"
            for name in (".index.fr.md.swp", "index.fr.md~", "#index.fr.md#", ".#index.fr.md")
        }
    ),
    "notes-beside": files({"articles/cable/notes.txt": "x", "articles/cable/plan.odt": b"PK\3\4", "README.txt": "x"}),
    "no-glossary": files({}, without=("glossary.yaml",)),
    "no-players": files({}, without=("entities.yaml",)),
    "an-empty-glossary": files({"glossary.yaml": "{}\n"}),
    "a-byte-order-mark": files({FR: b"\xef\xbb\xbf" + french().encode()}),
    "ends-of-lines-of-windows": files({FR: french().replace("\n", "\r\n")}),
    "ends-of-lines-of-old-macs": files({FR: french().replace("\n", "\r")}),
    "mixed-ends-of-lines": files({FR: french(body="a\r\nb\rc\nd")}),
    "no-body": files({FR: french(body="")}),
    "a-line-of-a-hundred-thousand-signs": files({FR: french(body="mot " * 25_000)}),
    "a-word-of-a-hundred-thousand-signs": files({FR: french(body="m" * 100_000)}),
    "letters-with-a-thousand-marks": files({FR: french(body="e" + "\u0301" * 1000)}),
    "every-script": files({FR: french(body="العربية עברית 中文 ไทย हिन्दी 한국어 🜁 👩‍👩‍👧‍👦 𝔘𝔫𝔦")}),
    "a-decomposed-title": files({FR: french(f'title: "{unicodedata.normalize("NFD", "Un câble est promis")}"')}),
    "a-table-of-a-thousand-rows": files({FR: french(body="| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 1000)}),
    "a-text-with-a-second-name": then(lambda content: os.link(content / EN, content / "articles/cable/notes.md~")),
    "an-html-page": files(
        {FR: french(body="<!doctype html><html><head><title>x</title></head><body onload=x>y</body></html>")}
    ),
    "what-looks-like-a-template": files({FR: french(body="{{ 7*7 }} {% raw %} {# x #} ${x} <%= x %>")}),
    "what-looks-like-php": files({FR: french(body="<?php system('id'); ?>")}),
    "a-comment-that-does-not-end": files({FR: french(body="a <!-- b")}),
    "a-tag-that-does-not-end": files({FR: french(body="a <b c d")}),
    "a-fence-that-does-not-end": files({FR: french(body="```\na")}),
    "a-link-in-a-link": files({FR: french(body="[[a](https://a.example/)](https://b.example/)")}),
    "dashes-in-the-body": files({FR: french(body="a\n\n---\n\nb\n\n---\n")}),
    "markdown-in-a-title": files({FR: french("title: 'Un câble est promis'", "summary: '*a* `b` <c> & [d](e)'")}),
    "one-language-only": files({}, without=(EN,)),
    "a-picture-nobody-shows": files({"articles/cable/unused.png": b"not a picture"}),
}


@pytest.mark.parametrize("name", BUILT)
def test_what_only_looks_wrong_is_published_whole(bench: Bench, name: str) -> None:
    missing = frozenset({"en/articles/a-cable-is-promised/index.html"} if name == "one-language-only" else ())
    assert assert_ends_well(bench, BUILT[name], missing=missing) == ""


EITHER: dict[str, Spoil] = {
    "a-megabyte": files({FR: french(body=(LONG * 20 + "\n\n") * 600)}),
    "a-thousand-headings": files({FR: french(body="\n\n".join(f"## Titre {n % 7}\n\nTexte." for n in range(1000)))}),
    "a-thousand-notes": files(
        {
            FR: french(
                body=" ".join(f"a[^{n}]" for n in range(1000)) + "\n\n" + "\n".join(f"[^{n}]: N." for n in range(1000))
            )
        }
    ),
    "a-picture-named-in-another-form": files(
        {FR: french(body="![Un câble](câble.png)"), f"articles/cable/{DECOMPOSED}": picture()}
    ),
    "two-pictures-by-case": files(
        {
            FR: french(body="![a](a.png) ![b](A.png)"),
            "articles/cable/a.png": picture(1),
            "articles/cable/A.png": picture(2),
        }
    ),
    "a-name-of-255-bytes": files(
        {FR: french(body=f"![a]({'a' * 251}.png)"), f"articles/cable/{'a' * 251}.png": picture()}
    ),
    "a-million-stars": files({FR: french(body="*" * 100_000)}),
    "a-million-underscores": files({FR: french(body="_a" * 50_000)}),
    "many-back-quotes": files({FR: french(body="".join("`" * (n % 300) + "a" for n in range(3000)))}),
    "many-ampersands": files({FR: french(body="&" * 100_000)}),
    "many-less-thans": files({FR: french(body="<" * 50_000)}),
    "many-comments": files({FR: french(body="<!--" * 20_000)}),
    "many-dollars": files({FR: french(body="a](" * 20_000)}),
    "many-pictures-of-nothing": files({FR: french(body="![" * 20_000)}),
    "many-notes-of-nothing": files({FR: french(body="[^a" * 20_000)}),
    "many-pipes": files({FR: french(body="|" * 20_000 + "\n" + "|-" * 10_000)}),
    "many-spaces": files({FR: french(body="a" + " " * 100_000 + "b")}),
    "many-lines": files({FR: french(body="\n" * 200_000)}),
    "many-attributes": files({FR: french(body="<a " + "b=c " * 20_000 + ">d</a>")}),
    "many-definitions": files({FR: french(body="\n".join(f"[{n}]: https://a.example/{n}" for n in range(5000)))}),
    "a-long-address": files({FR: french(body=f"[a](https://a.example/{'b' * 50_000})")}),
}


@pytest.mark.parametrize("name", EITHER)
def test_what_is_odd_is_published_whole_or_told(bench: Bench, name: str) -> None:
    report = assert_ends_well(bench, EITHER[name])
    assert not report or FR.rpartition("/")[0] in report


@pytest.mark.filterwarnings("error")
def test_a_name_that_is_not_utf_8_is_told_and_nothing_else_is_said() -> None:
    assert str(new_name(os.fsdecode(b"\xffa"))) == "Rename it “a”."
    assert str(new_name(os.fsdecode(b"\xff"))) == "Rename it."


def test_the_inputs_are_many() -> None:
    assert len(MISTAKES) + len(KEYS) * len(SHAPES) + len(REFUSED) + len(BUILT) + len(EITHER) >= 200
