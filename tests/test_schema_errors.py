"""Whatever an editor gets wrong is told with its file, line and key, what is wrong and what to write instead.

Every case goes through the real path: files on disk → bundles → records → pairing → references.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from content_reading import SOUND, Files, english, french, problems_of, read, write_files
from site_builder import picture

from newsroom.problems import Problem, Problems

FR, EN = "articles/cable/index.fr.md", "articles/cable/index.en.md"
#: Where the body of the French file starts, and where a key that is added to it stands.
BODY, ADDED = 8, 7


class Told(NamedTuple):
    """A problem: where it is, and fragments of what is said of it."""

    file: str
    line: int
    key: str
    message: str
    remedy: str

    def is_told_by(self, problem: Problem) -> bool:
        return (
            (problem.file, problem.line, problem.key) == (f"content/{self.file}", self.line, self.key)
            and self.message in str(problem.message)
            and self.remedy in str(problem.remedy)
        )


class Case(NamedTuple):
    """Files that replace or complete sound content, and the problems that must be told: these and no other."""

    name: str
    files: Files
    told: tuple[Told, ...]
    prepare: Callable[[Path], None] | None = None


def bad(name: str, files: Files, *told: Told, prepare: Callable[[Path], None] | None = None) -> Case:
    return Case(name, files, told, prepare)


def bad_line(
    name: str, line: str, message: str, remedy: str, *, number: int | None = None, key: str | None = None
) -> Case:
    """Return the case of one line of the French front matter."""
    own = line.partition(":")[0]
    stands = {"title": 2, "summary": 3, "date": 4, "topics": 5, "status": 6}.get(own, ADDED)
    return bad(name, {FR: french(line)}, Told(FR, number or stands, own if key is None else key, message, remedy))


def bad_body(name: str, body: str, message: str, remedy: str, *, line: int = BODY) -> Case:
    """Return the case of the body of the French file."""
    return bad(name, {FR: french(body=body)}, Told(FR, line, "", message, remedy))


def bad_file(name: str, data: str | bytes, line: int, message: str, remedy: str, *, key: str = "") -> Case:
    """Return the case of a French file that cannot be read at all."""
    return bad(name, {FR: data}, Told(FR, line, key, message, remedy))


def only_french(*lines: str, body: str = "Texte.") -> Files:
    return {FR: french(*lines, body=body)}


def with_source(text: str, message: str, remedy: str, name: str) -> Case:
    lines = f"sources:\n  - {{publisher: Ariase, date: 2016-10, language: fr}}\n  - {{{text}}}"
    return bad(name, only_french(lines), Told(FR, 9, "sources", message, remedy))


def link_to(target: Path, *, place: str) -> Callable[[Path], None]:
    def prepare(content: Path) -> None:
        path = content / place
        path.unlink(missing_ok=True)
        path.symlink_to(target)

    return prepare


def pipe(place: str) -> Callable[[Path], None]:
    def prepare(content: Path) -> None:
        path = content / place
        path.unlink(missing_ok=True)
        os.mkfifo(path)

    return prepare


def folder(place: str) -> Callable[[Path], None]:
    def prepare(content: Path) -> None:
        path = content / place
        path.unlink(missing_ok=True)
        path.mkdir(parents=True)

    return prepare


def second(*lines: str, key: str = "second", body: str = "Texte.", **values: str) -> dict[str, str]:
    """Return another sound article, later than the first, with ``lines`` and a body of its own in French."""
    own = {"title": 'title: "Un autre câble"', "date": "date: 2017-01-02", **values}
    return {
        f"articles/{key}/index.fr.md": french(*own.values(), *lines, body=body),
        f"articles/{key}/index.en.md": english('title: "Another cable"'),
    }


PLAIN = "replace the link, pipe or folder"
SECOND = "articles/second/index.fr.md"
EDITION = "editions/one/index.fr.md"
PAGE = "pages/us/index.fr.md"
WEB = "Put a picture in the folder of the article."
LINK = "Write a link to it: [what it shows](https://e.org/"

CHARACTERS = (
    bad_file(
        "bytes-of-latin-1-in-a-title", french().encode().replace("â".encode(), b"\xe2"), 2, "0xE2 is not UTF-8", "Save"
    ),
    bad_file("bytes-of-latin-1-in-a-body", french(body="Un\n\ncafé").encode("latin-1"), 2, "is not UTF-8", "as UTF-8"),
    bad_file("utf-16", french().encode("utf-16"), 1, "byte 0xFF is not UTF-8.", "Save the file as UTF-8."),
    bad_file("nul-in-a-title", french('title: "a\0b"'), 2, "U+0000 cannot be published", "Delete it.", key="title"),
    bad_file("escape-in-a-body", french(body="Un\n\ndeux \x1b[0m"), 10, "U+001B cannot be published", "Delete it."),
    bad_file("delete-in-a-body", french(body="\x7f"), BODY, "U+007F cannot be published", "Delete it."),
    bad_file(
        "c1-control-in-a-summary",
        french("summary: a\x85b"),
        3,
        "U+0085 cannot be published",
        "Delete it.",
        key="summary",
    ),
    bad_file("vertical-tab", french("summary: a\x0bb"), 3, "U+000B cannot be published", "Delete it.", key="summary"),
    bad_file("u-fffe-in-a-body", french(body="a\ufffeb"), BODY, "U+FFFE cannot be published", "Delete it."),
    bad_file(
        "u-ffff-in-a-title", french("title: a\uffffb"), 2, "U+FFFF cannot be published", "Delete it.", key="title"
    ),
    bad_file(
        "line-separator-in-a-title",
        french("title: a\u2028b"),
        2,
        "U+2028 cannot be published",
        "Delete it.",
        key="title",
    ),
    bad_line("escaped-escape", 'title: "a\\x1bb"', "U+001B cannot be published", "Delete the escape."),
    bad_line("escaped-nul", 'summary: "a\\0b"', "U+0000 cannot be published", "Delete the escape."),
    bad_line("escaped-u-fffe", 'title: "a\\uFFFEb"', "U+FFFE cannot be published", "Delete the escape."),
    bad_line("escaped-surrogate", 'title: "a\\uD800b"', "this is not YAML", "Delete the escape."),
    bad_line(
        "escaped-control-deep-inside",
        'sources: [{publisher: "a\\x07b", date: 2016, language: fr}]',
        "U+0007 cannot be published",
        "Delete the escape.",
    ),
    bad_body(
        "control-as-a-character-reference", "Un\n\ndeux &#27; trois", "U+001B cannot", "Delete the escape.", line=10
    ),
    bad_body(
        "noncharacter-as-a-character-reference", "a &#xFFFE; b", "U+FFFE cannot be published", "Delete the escape."
    ),
)
SHAPE = (
    bad_file("empty-file", "", 1, "there is no front matter", "Start the file with a line “---”"),
    bad_file("blank-file", "\n \n\t\n", 1, "there is no front matter", "Start the file with a line “---”"),
    bad_file("no-front-matter", "Un texte.\n\nEt sa suite.\n", 1, "there is no front matter", "a line “---”"),
    bad_file("blank-line-before-front-matter", "\n" + french(), 1, "something stands before", "Delete it"),
    bad_file("two-byte-order-marks", "\ufeff\ufeff" + french(), 1, "there is no front matter", "Start the file"),
    bad_file(
        "front-matter-without-end", "---\ntitle: a\n\nTexte.\n", 1, "never ends", "a line “---” after its last key"
    ),
    bad(
        "empty-front-matter",
        {FR: "---\n---\nTexte.\n"},
        *(
            Told(FR, 1, key, "this key is missing.", f"Add “{key}: …”.")
            for key in ("title", "summary", "date", "topics", "status")
        ),
    ),
    bad_file("list-for-keys", "---\n- title\n---\n", 2, "keys are expected here", "Write one “key: value” a line."),
    bad_file("word-for-keys", "---\n\ntitle\n---\n", 3, "keys are expected here", "Write one “key: value” a line."),
)
YAML = (
    bad_line("unquoted-colon", "title: Kuiper : la suite", "not YAML", "in double quotes: it holds a colon"),
    bad_line("unquoted-english-colon", "title: Kuiper: what next", "not YAML", "in double quotes: it holds a colon"),
    bad_line("starts-with-at", "title: @wired publie", "not YAML", "in double quotes: it starts with"),
    bad_line("starts-with-backtick", "title: `code`", "not YAML", "in double quotes: it starts with"),
    bad_line("starts-with-percent", "title: %d", "not YAML", "in double quotes: it starts with"),
    bad_line("starts-with-emphasis", "title: *Wired* publie", "not YAML", "in double quotes", number=2),
    bad_line("text-after-a-quoted-word", 'title: "Un" câble', "a straight quotation mark", "Write “ ” or « » inside"),
    bad_line("anchor", "title: &un Un câble", "anchors (& and *) are not read", "double quotes"),
    bad_line("alias", "summary: *un", "anchors (& and *) are not read", "double quotes"),
    bad_line("tag", "title: !important Un câble", "tags (!) are not read", "double quotes"),
    bad_line(
        "tag-that-runs-code", 'title: !!python/object/apply:os.system ["true"]', "tags (!) are not read", "quotes"
    ),
    bad_line("merge-key", "<<: {title: a}", "this key is not known", "Write one of", key="<<"),
    bad_line("tab-for-indentation", "sources:\n\t- a", "not YAML", "Indent with spaces", number=8),
    bad_line("unclosed-bracket", "thread: [mer", "“[” is opened here and never closed", "Write “]” at its end."),
    bad_line("key-of-two-words-in-a-list", "? [a, b]\n: c", "a key must be a word", "Write “key: value”.", key=""),
    bad_line("nothing-for-a-key", "~: c", "a key must be a word", "Write “key: value”.", key=""),
    bad("key-twice", only_french("draft: false\ndraft: true"), Told(FR, 8, "draft", "written twice", "Keep one")),
    bad(
        "key-twice-inside",
        only_french("image:\n  file: a.jpg\n  credit: b\n  file: c.jpg"),
        Told(FR, 10, "file", "written twice", "Keep one"),
    ),
    bad_line("deep-nesting", "thread: " + "[" * 40 + "]" * 40, "nested too deep", "Check the brackets"),
    bad_line("very-deep-nesting", "thread: " + "[" * 100_000, "nested too deep", "Check the brackets"),
    bad_line("a-thousand-and-one-items", f"thread: [{', '.join(map(str, range(1001)))}]", "1001 items", "within 1000"),
)
KEYS = (
    bad_line("unknown-key-near-another", "topic: [fibre]", "this key is not known", "Did you mean “topics”?"),
    bad_line("unknown-key-in-capitals", "Draft: true", "this key is not known", "Did you mean “draft”?"),
    bad_line("unknown-key-near-none", "xyzzy: 1", "this key is not known", "Write one of: aliases, alt, claims"),
    bad_line("key-of-another-kind", "as_of: 2018", "this key is not known", "Delete it: it is a key of threads."),
    bad(
        "title-missing",
        {EN: english(without=("title",))},
        Told(EN, 1, "title", "missing", "Add “title: …”. The headline"),
    ),
    bad("summary-missing", {EN: english(without=("summary",))}, Told(EN, 1, "summary", "missing", "Add “summary: …”.")),
    bad("date-missing", {FR: french(without=("date",))}, Told(FR, 1, "date", "missing", "Add “date: …”. The day")),
    bad("topics-missing", {FR: french(without=("topics",))}, Told(FR, 1, "topics", "missing", "Add “topics: …”.")),
    bad("status-missing", {FR: french(without=("status",))}, Told(FR, 1, "status", "missing", "Add “status: …”.")),
    bad(
        "fact-stated-differently-in-both-languages",
        {EN: english("date: 2016-10-13")},
        Told(EN, 4, "date", f"this differs from content/{FR}:4.", "Say it once: delete one of the two lines."),
    ),
)
DATES = (
    bad_line(
        "day-or-month-first", "date: 03/04/2026", "“03/04/2026” is not a whole", "Write 2026-04-03 or 2026-03-04."
    ),
    bad_line("date-with-dots", "date: 3.4.2026", "is not a whole ISO 8601 date", "Write 2026-04-03 or 2026-03-04."),
    bad_line("date-in-words", "date: 12 octobre 2016", "is not a whole ISO 8601 date", "Write 2016-10-12."),
    bad_line("year-alone", "date: 2026", "“2026” is not a whole ISO 8601 date", "Write YYYY-MM-DD"),
    bad_line("month-alone", "date: 2016-10", "is not a whole ISO 8601 date", "Write YYYY-MM-DD"),
    bad_line("zone-by-its-place", "date: 2026-04-01 10:00 Europe/Paris", "whole ISO", "Write 2026-04-01T10:00+02:00."),
    bad_line("zone-by-its-name", "date: 2026-04-01 10h CEST", "whole ISO", "Write 2026-04-01T10:00+02:00."),
    bad_line("zone-in-hours", "publish: 2026-04-01T10:00 (UTC+1)", "whole ISO", "Write 2026-04-01T10:00+01:00."),
    bad_line("universal-time", "publish: 2026-04-01 10 pm GMT", "whole ISO", "Write 2026-04-01T22:00+00:00."),
    bad_line("zone-that-is-none", "publish: 2026-04-01 10:00 Mars/Base", "whole ISO", "Write 2026-04-01T10:00."),
    bad_line(
        "two-players-in-one", "entities: [amazon; amazon]", "there is no", "Write them one by one: amazon, amazon"
    ),
    bad_line(
        "a-source-without-its-dash",
        'sources:\n  publisher: A\n  date: 2016\n  language: fr\n  url: "https://example.org/"',
        "a list is expected",
        "Write “- ” before its first key",
    ),
    bad_line("reordering-sign", 'title: "Un \u202ecable"', "U+202E cannot be published", "Delete it."),
    bad_line("lost-character", 'title: "Un c\ufffdble"', "a character was lost here: U+FFFD", "Write it anew"),
    bad_body("lost-character-in-a-body", "Un c\ufffdble", "a character was lost here: U+FFFD", "Write it anew"),
    bad_line("basic-format", "date: 20161012", "is not a whole ISO 8601 date", "Write 2016-10-12."),
    bad_line("one-digit-month", "date: 2016-1-2", "is not a whole ISO 8601 date", "Write 2016-01-02."),
    bad_line("month-13", "date: 2016-13-01", "is not a whole ISO 8601 date", "Write YYYY-MM-DD"),
    bad_line(
        "day-30-of-february", "date: 2016-02-30", "“2016-02-30” is not a day of the calendar", "ends on 2016-02-29"
    ),
    bad_line("hour-25", "date: 2016-10-12T25:00", "is not a whole ISO 8601 date", "Write YYYY-MM-DD"),
    bad_line("week-date", "date: 2016-W41-3", "is not a whole ISO 8601 date", "Write YYYY-MM-DD"),
    bad_line("digits-of-another-script", "date: ٢٠١٦-١٠-١٢", "is not a whole ISO 8601 date", "Write YYYY-MM-DD"),
    bad_line("no-date", "date:", "is not a whole ISO 8601 date", "Write YYYY-MM-DD"),
    bad_line("list-of-dates", "date: [2016-10-12]", "is not a whole ISO 8601 date", "Write YYYY-MM-DD"),
    bad_line("date-of-the-middle-ages", "date: 1016-10-12", "out of range", "Write a year from 1970 to 2200."),
    bad_line("ambiguous-written", "written: 11/2026", "“11/2026” is not an ISO 8601 date", "Write 2026-11."),
    bad_line("publish-in-words", "publish: demain", "“demain” is not a whole ISO 8601 date", "Write YYYY-MM-DD"),
)
VALUES = (
    bad_line("no-title", "title:", "text is expected", "in double quotes"),
    bad_line("title-that-is-null", "title: null", "text is expected", "in double quotes"),
    bad_line("title-that-is-a-tilde", "title: ~", "text is expected", "in double quotes"),
    bad_line("blank-title", 'title: " \\t "', "text is expected", "in double quotes"),
    bad_line("title-that-is-a-comment", "title: #direct", "text is expected", "in double quotes"),
    bad_line("title-that-is-a-list", "title: [Urgent]", "text is expected", "in double quotes"),
    bad_line("title-on-two-lines", "title: |\n  Un\n  câble", "must stand on one line", "Remove the line break."),
    bad_line("title-too-long", f"title: {'a' * 201}", "201 characters are too many", "within 200"),
    bad_line("summary-too-long", f"summary: {'a' * 401}", "401 characters are too many", "within 400"),
    bad_line(
        "title-no-address-can-be-made-from", 'title: "« ! »"', "no address can be made", "Add “slug: …”.", key="slug"
    ),
    bad_line("slug-with-capitals", "slug: Un-Cable", "“Un-Cable” cannot stand in an address", "Use a-z, 0-9"),
    bad_line("slug-with-accents", "slug: câble", "cannot stand in an address", "Use a-z, 0-9"),
    bad_line("slug-with-two-hyphens", "slug: a--b", "cannot stand in an address", "single hyphens"),
    bad_line("slug-that-starts-with-a-hyphen", "slug: -a", "cannot stand in an address", "single hyphens"),
    bad_line("slug-with-a-slash", "slug: a/b", "cannot stand in an address", "Use a-z, 0-9"),
    bad_line("slug-that-leaves-the-output", "slug: ../../etc", "cannot stand in an address", "Use a-z, 0-9"),
    bad_line("slug-too-long", f"slug: {'a' * 101}", "cannot stand in an address", "100 at most"),
    bad_line("no-slug", "slug:", "cannot stand in an address", "Use a-z, 0-9"),
    bad_line("alias-alone", "aliases: ancien titre", "a list is expected", "Write [ancien-titre]."),
    bad_line("alias-with-a-slash", "aliases: [a/b]", "cannot stand in an address", "Use a-z, 0-9"),
    bad_line("topics-that-are-no-list", "topics: fibre", "a list is expected", "Write [fibre]."),
    bad_line("no-topics", "topics: []", "a list is expected", "Write [one, two]"),
    bad_line("topic-twice", "topics: [fibre, fibre]", "listed twice", "Keep one of the two."),
    bad_line("topic-by-its-name", "topics: [La fibre]", "there is no “La fibre”", "Did you mean “fibre”?"),
    bad_line("status-nearly-known", "status: rumor", "“rumor” is not known here", "Did you mean “rumour”?"),
    bad_line("status-not-known", "status: yes", "“yes” is not known here", "Write one of: announced, cancelled"),
    bad_line("draft-yes", "draft: yes", "neither true nor false", "Write true."),
    bad_line("draft-no", "draft: no", "neither true nor false", "Write false."),
    bad_line("draft-in-capitals", "draft: True", "neither true nor false", "Write true."),
    bad_line("draft-1", "draft: 1", "neither true nor false", "Write true."),
    bad_line(
        "hash-that-is-none", "translated_from: french", "this is not a hash", "Write the one that make check tells"
    ),
    with_source(
        'publisher: B, date: 2017, language: fr, lien: "https://example.org/"',
        "“lien” is not known here",
        "Did you mean “url”?",
        "source-key-in-french",
    ),
    with_source("publisher: Ariase, date: 2016", "“language” is missing", "Add language: …", "source-without-language"),
    with_source("date: 2016, language: fr", "“publisher” is missing", "Add publisher: …", "source-without-publisher"),
    with_source(
        "publisher: a, date: 2016, language: French", "not a language code", "Write fr.", "source-in-no-language"
    ),
    with_source(
        "publisher: a, date: 10/2016, language: fr", "“10/2016” is not", "Write 2016-10.", "source-with-ambiguous-date"
    ),
    with_source(
        "publisher: a, date: 2016, language: fr, ulr: b", "“ulr” is not known", "“url”?", "source-with-unknown-value"
    ),
    with_source(
        "publisher: a, date: 2016, language: fr, url: ariase.com",
        "not a web address",
        "https://",
        "source-without-scheme",
    ),
    with_source(
        "publisher: a, date: 2016, language: fr, url: 'javascript:alert(1)'",
        "not a web address",
        "https://",
        "source-that-runs-code",
    ),
    bad_line(
        "source-alone",
        "sources: https://example.org/a",
        "a list is expected",
        'Write [{url: "https://example.org/a", publisher: …, date: …, language: …}].',
    ),
    bad_line("update-alone", "updates: a", "a list is expected", "Write [{date: …, significant: …, fr: …, en: …}]."),
    bad_line("sources-that-are-no-list", "sources: {publisher: a}", "a list is expected", "between brackets: [{…}]"),
    bad_line(
        "source-that-is-a-word", "sources: [Ariase]", "named values are expected", 'Write {publisher: "Ariase", date'
    ),
    bad_line(
        "update-without-english", "updates: [{date: 2018, significant: true, fr: a}]", "no text for “en”", "Add en: …"
    ),
    bad_line(
        "update-that-may-be", "updates: [{date: 2018, significant: maybe, fr: a, en: b}]", "neither true", "Write true"
    ),
    bad_line(
        "update-without-weight", "updates: [{date: 2018, fr: a, en: b}]", "“significant” is missing", "Add significant"
    ),
    bad_line(
        "update-of-unknown-kind",
        "updates: [{date: 2018, significant: true, kind: correctoin, fr: a, en: b}]",
        "“correctoin” is not known",
        "Did you mean “correction”?",
    ),
)
REFERENCES = (
    bad_line("unknown-topic", "topics: [fiber]", "there is no “fiber”", "Did you mean “fibre”?"),
    bad(
        "second-topic-unknown",
        only_french("topics:\n  - fibre\n  - nuage"),
        Told(FR, 7, "topics", "no “nuage”", "Write one of: fibre."),
    ),
    bad_line("unknown-thread", "thread: mers", "there is no “mers”", "Did you mean “mer”?"),
    bad_line("unknown-player", "entities: [amazone]", "there is no “amazone”", "Did you mean “amazon”?"),
    bad_line("unknown-claim", "claims: [cable-lade]", "there is no “cable-lade”", "Did you mean “cable-laid”?"),
    bad(
        "edition-of-unknown-articles",
        {EDITION: "---\ntitle: a\nsummary: b\nnumber: 1\ndate: 2026-11-21\narticles:\n  - cable\n  - cabel\n---\n"},
        Told(EDITION, 8, "articles", "there is no “cabel”", "Did you mean “cable”?"),
    ),
    bad_body("link-to-nowhere", "Voir\n\n[là](article:cables).", "article:cables leads nowhere", "“cable”?", line=10),
    bad_body(
        "link-to-a-section-of-nowhere", "[là](article:xyz#prix)", "article:xyz leads nowhere", "Write one of: cable."
    ),
    bad_body(
        "link-that-is-no-key",
        "Voir\n[là](article:Un-Cable)",
        "is not an article",
        "Write article:un-cable.",
        line=9,
    ),
    bad(
        "link-to-a-draft",
        {**second("draft: true"), FR: french(body="Voir\n[là](article:second)")},
        Told(FR, 9, "", "article:second leads to what is not published", "Publish it, or take the link out."),
    ),
    bad(
        "link-to-an-article-of-the-future",
        {**second("publish: 2046-01-01"), FR: french(body="[là](article:second)")},
        Told(FR, BODY, "", "article:second leads to what is not published", "Publish it"),
    ),
    bad(
        "same-title-same-address",
        second(title='title: "Un câble est promis"'),
        Told(
            SECOND, 2, "slug", f"“un-cable-est-promis” is the slug of content/{FR}", "Give it another one: “slug: …”."
        ),
    ),
    bad(
        "same-slug",
        second("slug: un-cable-est-promis"),
        Told(
            SECOND, 7, "slug", f"“un-cable-est-promis” is the slug of content/{FR}", "Give it another one: “slug: …”."
        ),
    ),
    bad(
        "alias-that-is-a-slug",
        second("aliases: [un-cable-est-promis]"),
        Told(SECOND, 7, "aliases", f"“un-cable-est-promis” is the slug of content/{FR}", "Take it out of the list."),
    ),
    bad(
        "page-at-the-address-of-a-section",
        {PAGE: "---\ntitle: Nous\nslug: sujets\nsummary: b\ndate: 2026-11-21\n---\n"},
        Told(PAGE, 3, "slug", "“sujets” is the word of a section", "Give it another one: “slug: …”."),
    ),
)
PICTURES = (
    bad_body(
        "picture-of-another-host", "Voir\n\n![Un câble](https://example.org/a.png)", "from elsewhere", WEB, line=10
    ),
    bad_body("picture-of-another-host-without-scheme", "![Un câble](//example.org/a.png)", "from elsewhere", WEB),
    bad_body("picture-in-the-page", "![Un câble](data:image/png;base64,AAAA)", "from elsewhere", WEB),
    bad_body(
        "img-of-another-host", 'Un\n<img src="http://e.org/a.png" alt="a">', "<img> shows “http://e.org", WEB, line=9
    ),
    bad_body("image-element", '<image src="https://e.org/a.png" alt="a">', "<img> shows “https://e.org", WEB),
    bad_body(
        "picture-hidden-in-a-drawing", '<svg><style><img src="https://e.org/a.png" alt="a">', "from elsewhere", WEB
    ),
    bad_body("picture-hidden-in-a-comment", 'Un <!--><img src="//e.org/a.png" alt="a">-->', "from elsewhere", WEB),
    bad_body("frame", '<iframe src="https://e.org/"></iframe>', "<iframe> shows “https://e.org/” from elsewhere", LINK),
    bad_body("video", '<video src="film.mp4"></video>', "<video> is not published", "Put it on a site that shows it"),
    bad_body("audio-source", '<audio><source src="https://e.org/a"></audio>', "<source> shows", WEB),
    bad_body("object", '<object data="https://e.org/a.swf"></object>', "<object> shows", LINK),
    bad_body("embed", '<embed src="https://e.org/a.swf">', "<embed> shows", LINK),
    bad_body(
        "picture-address-that-is-none", "Un\n\n![a](http://[x)", "is not the name of a file", "plain file name", line=10
    ),
    bad_body("picture-without-text", "Un\n\n![](cable.jpg)", "“cable.jpg” has no text", "Say what it shows", line=10),
    bad_body(
        "picture-with-blank-text", '<img src="cable.jpg" alt=" ">', "“cable.jpg” has no text", "Say what it shows"
    ),
    bad_body(
        "picture-outside-the-folder", "![a](../other/a.jpg)", "“../other/a.jpg” is not the name of a file", "plain file"
    ),
    bad_body("picture-at-the-root", "![a](/etc/passwd)", "“/etc/passwd” is not the name of a file", "plain file name"),
    bad_body("picture-outside-in-disguise", "![a](%2e%2e/a.jpg)", "is not the name of a file", "plain file name"),
    bad_body("hidden-file-for-a-picture", "![a](.htpasswd)", "is not the name of a file", "plain file name"),
    bad_body(
        "picture-that-is-not-there", "Un\n\n![a](cable.jpg)", "there is no “cable.jpg” in the folder", "", line=10
    ),
    bad(
        "picture-name-misspelt",
        {FR: french(body="![a](cabel.png)"), "articles/cable/cable.png": picture()},
        Told(FR, BODY, "", "there is no “cabel.png” in the folder", "Did you mean “cable.png”?"),
    ),
    bad_line(
        "image-outside-the-folder", "image: {file: ../a.jpg, credit: b}", "not the name of a file", "plain file name"
    ),
    bad_line("image-at-the-root", "image: {file: /etc/passwd, credit: b}", "not the name of a file", "plain file name"),
    bad_line("image-in-a-folder", "image: {file: a/b.jpg, credit: b}", "not the name of a file", "plain file name"),
    bad_line(
        "image-that-is-hidden", "image: {file: .htaccess, credit: b}", "not the name of a file", "plain file name"
    ),
    bad_line(
        "image-that-is-the-text", "image: {file: index.fr.md, credit: b}", "is the name of a text", "under another name"
    ),
    bad_line(
        "image-of-another-host", "image: {file: 'https://e.org/a.png', credit: b}", "not the name of a file", "plain"
    ),
    bad_line("image-without-credit", "image: {file: a.png}", "“credit” is missing", "Add credit: …"),
    bad(
        "image-that-is-not-there",
        {FR: french("image: {file: a.png, credit: b}", "alt: c"), EN: english("alt: d")},
        Told(FR, ADDED, "image", "there is no “a.png” in the folder", ""),
    ),
    bad(
        "image-without-text-in-one-language",
        {FR: french("image: {file: a.png, credit: b}", "alt: c"), "articles/cable/a.png": picture()},
        Told(EN, 1, "alt", "the picture has no text", "Add “alt: …”: say what it shows."),
    ),
)
BODIES = (
    bad_body("too-many-brackets", "Un\n\n" + "[" * 50_000, "too many brackets", "Split the paragraph", line=10),
    bad_body("too-many-tags", "<a " * 5_000, "too many brackets", "Split the paragraph"),
    bad_body("too-many-tildes", "~~a " * 20_000, "too many brackets", "Split the paragraph"),
    bad_body("too-many-lines", "a\n" * 20_000, "lines are too many", "Split the article."),
    bad_body("too-long", "a " * 500_000, "characters are too many", "Split the article."),
    bad_body("quotations-nested-too-deep", "1. " * 20_000, "nested too deep", "Check lists and quotations."),
)
FILES = (
    bad(
        "text-that-is-a-link",
        {},
        Told(EN, 0, "", "not a plain file", "with a copy of the file"),
        prepare=link_to(Path("/etc/passwd"), place=EN),
    ),
    bad(
        "text-that-is-a-link-to-its-twin",
        {},
        Told(EN, 0, "", "not a plain file", "with a copy of the file"),
        prepare=link_to(Path("index.fr.md"), place=EN),
    ),
    bad("text-that-is-a-pipe", {}, Told(EN, 0, "", "not a plain file", "with a copy of the file"), prepare=pipe(EN)),
    bad(
        "text-that-is-a-folder", {}, Told(EN, 0, "", "not a plain file", "with a copy of the file"), prepare=folder(EN)
    ),
    bad(
        "folder-that-is-a-link",
        {},
        Told("articles/other", 0, "", "content stands in folders", "Move it to articles/<key>/index.<language>.md."),
        prepare=link_to(Path("cable"), place="articles/other"),
    ),
    bad(
        "picture-that-is-a-link",
        {FR: french(body="![a](a.png)")},
        Told("articles/cable/a.png", 0, "", "not a plain file", "with a copy of the file"),
        prepare=link_to(Path("/etc/passwd"), place="articles/cable/a.png"),
    ),
    bad(
        "picture-that-is-a-pipe",
        {FR: french(body="![a](a.png)")},
        Told("articles/cable/a.png", 0, "", "not a plain file", "with a copy of the file"),
        prepare=pipe("articles/cable/a.png"),
    ),
    bad(
        "players-that-are-a-link",
        {},
        Told("entities.yaml", 0, "", "not a plain file", "with a copy of the file"),
        prepare=link_to(Path("/etc/passwd"), place="entities.yaml"),
    ),
    bad(
        "glossary-that-is-a-pipe",
        {},
        Told("glossary.yaml", 0, "", "not a plain file", "with a copy of the file"),
        prepare=pipe("glossary.yaml"),
    ),
    bad(
        "language-of-another-site",
        {"articles/cable/index.it.md": "---\n---\n"},
        Told("articles/cable/index.it.md", 0, "", "“it” is not a language of the site", "Write one of: en, fr."),
    ),
    bad(
        "language-nearly-known",
        {"articles/cable/index.eng.md": "---\n---\n"},
        Told("articles/cable/index.eng.md", 0, "", "“eng” is not a language of the site", "Did you mean “en”?"),
    ),
    bad(
        "folder-that-is-no-key",
        {"articles/Le câble/index.fr.md": french()},
        Told("articles/Le câble", 0, "", "a key is made of a-z, 0-9 and hyphens", "Rename it “le-cable”."),
    ),
    bad(
        "text-outside-a-folder",
        {"articles/cable.fr.md": french()},
        Told(
            "articles/cable.fr.md", 0, "", "content stands in folders", "Move it to articles/<key>/index.<language>.md."
        ),
    ),
    bad(
        "folder-without-a-text",
        {"articles/empty/notes.txt": "a"},
        Told(
            "articles/empty",
            0,
            "",
            "this folder holds no text",
            "Add index.fr.md or index.en.md, or remove the folder.",
        ),
    ),
)
OTHERS = (
    bad(
        "topic-without-a-name",
        {"topics/fibre/index.en.md": "---\nslug: fibre\n---\n"},
        Told("topics/fibre/index.en.md", 1, "name", "missing", "Add “name: …”."),
    ),
    bad(
        "topic-in-words",
        {"topics/fibre/index.fr.md": "---\nname: Fibre\norder: premier\n---\n"},
        Told("topics/fibre/index.fr.md", 3, "order", "not a whole number", "digits only"),
    ),
    bad(
        "thread-without-a-story",
        {"threads/mer/index.en.md": "---\nname: a\nsummary: b\n---\n"},
        Told("threads/mer/index.en.md", 1, "story", "missing", "Add “story: …”. The story so far"),
    ),
    bad(
        "edition-without-a-number",
        {EDITION: "---\ntitle: a\nsummary: b\ndate: 2026-11-21\narticles: [cable]\n---\n"},
        Told(EDITION, 1, "number", "missing", "Add “number: …”."),
    ),
    bad(
        "edition-of-a-negative-number",
        {EDITION: "---\ntitle: a\nsummary: b\nnumber: -1\ndate: 2026-11-21\narticles: [cable]\n---\n"},
        Told(EDITION, 4, "number", "not a whole number", "digits only"),
    ),
    bad(
        "page-without-a-date",
        {PAGE: "---\ntitle: a\nsummary: b\n---\n"},
        Told(PAGE, 1, "date", "missing", "Add “date: …”."),
    ),
    bad(
        "player-of-unknown-kind",
        {"entities.yaml": "amazon: {kind: company, name: a}\nnasa:\n  kind: agence\n  name: b\n"},
        Told("entities.yaml", 3, "nasa", "“agence” is not known here", "Did you mean “agency”?"),
    ),
    bad(
        "player-without-a-name",
        {"entities.yaml": "nasa: {kind: agency}\n"},
        Told("entities.yaml", 1, "nasa", "“name” is missing", "Add name: …"),
    ),
    bad(
        "player-named-in-an-unknown-language",
        {"entities.yaml": "nasa: {kind: agency, name: {it: a}}\n"},
        Told("entities.yaml", 1, "nasa", "“it” is not a language of the site", "Write one of: en, fr."),
    ),
    bad(
        "player-whose-key-is-none",
        {"entities.yaml": "Nasa: {kind: agency, name: a}\n"},
        Told("entities.yaml", 1, "Nasa", "a key is made of a-z, 0-9 and hyphens", "Rename it “nasa”."),
    ),
    bad(
        "player-twice",
        {"entities.yaml": "nasa: {kind: agency, name: a}\nnasa: {kind: agency, name: b}\n"},
        Told("entities.yaml", 2, "nasa", "this key is written twice", "Keep one of the two."),
    ),
    bad(
        "players-in-a-list",
        {"entities.yaml": "- nasa\n"},
        Told("entities.yaml", 1, "", "keys are expected here", "Write one “key: value” a line."),
    ),
    bad(
        "term-in-an-unknown-language",
        {"glossary.yaml": "fai:\n  de: {term: a, expansion: b, definition: c}\n"},
        Told("glossary.yaml", 2, "fai", "“de” is not a language of the site", "Did you mean “en”?"),
    ),
    bad(
        "term-without-a-definition",
        {"glossary.yaml": "fai:\n  fr: {term: FAI, expansion: b}\n"},
        Told("glossary.yaml", 2, "fai", "“definition” is missing", "Add definition: …"),
    ),
    bad(
        "two-terms-of-one-form",
        {
            "glossary.yaml": "fai:\n  fr: {term: FAI, expansion: b, definition: c}\n"
            "isp:\n  fr: {term: opérateur, match: [FAI], expansion: b, definition: c}\n"
        },
        Told("glossary.yaml", 4, "isp", "“FAI” is already a form of “fai”", "Keep it in one of the two."),
    ),
)
#: What word processors, telephones and other programs make of front matter and addresses.
FROM_ELSEWHERE = (
    bad_file("fence-of-a-dash", french().replace("---", "—", 1), 1, "the first line is “—”", "three hyphens"),
    bad_file("fence-of-plus-signs", french().replace("---", "+++", 1), 1, "the first line is “+++”", "three hyphens"),
    bad_file("fence-after-a-space", f" {french()}", 1, "something stands before", "Delete it"),
    bad_line("no-break-space-after-the-colon", "status:\u00a0rumour", "no space follows", "Write “status: rumour”."),
    bad_line("colon-of-chinese", "status： rumour", "no colon", "Write “status: …”.", key="status"),
    bad_line("semicolon-for-a-colon", "status; rumour", "no colon", "Write “status: …”.", key="status"),
    bad_line("bold-key", "**status**: rumour", "a key stands plainly", "Write “status: rumour”.", key="status"),
    bad_line("key-in-a-list", "- status: rumour", "a key stands plainly", "Write “status: rumour”.", key="status"),
    bad_line("title-never-closed", 'title: "Un câble', '“"” is opened here', 'Write “"” at its end.'),
    bad_file("list-of-stars", french("topics:\n* fibre"), 6, "“*” does not begin", "Write “- fibre”.", key="topics"),
    bad_file(
        "remark-of-html", french().replace("title", "<!-- à revoir -->\ntitle", 1), 2, "no colon", "Write # before"
    ),
    bad_line("list-in-parentheses", "topics: (fibre)", "a list is expected", "Write [fibre]."),
    bad_line("list-of-bullets", "topics: • fibre", "a list is expected", "Write [fibre]."),
    bad_line("two-statuses-in-a-text", "status: rumour, denied", "a list is expected", "Write [rumour, denied]."),
    bad_line("date-between-quotation-marks", "date: “2016-10-12”", "whole ISO 8601 date", "Write 2016-10-12."),
    bad_line("date-with-dashes", "date: 2016–10–12", "whole ISO 8601 date", "Write 2016-10-12."),
    bad_line("date-in-the-afternoon", "date: 2016-10-12 8:30 pm", "whole ISO 8601", "Write 2016-10-12T20:30."),
    bad_line("style-of-another-program", "cssclasses: [a]", "not known", "Delete it: the theme decides"),
    bad(
        "source-without-a-comma",
        only_french("sources:\n  - {publisher: AP date: 2016, language: en}"),
        Told(FR, 8, "sources", "a comma is missing", "Put a comma between two values"),
    ),
    bad(
        "source-of-markdown",
        only_french("sources:\n  - [AP](https://example.org)"),
        Told(FR, 8, "sources", "a link of Markdown is no value", "in double quotes"),
    ),
    bad_body("address-between-quotation-marks", "[a](“https://e.org”)", "leads nowhere", "Write https://e.org."),
    bad_body("address-of-mail-alone", "[a](moi@e.org)", "leads nowhere", "Write mailto:moi@e.org."),
    bad_body("address-without-its-colon", "[a](https//e.org)", "leads nowhere", "Write https://e.org."),
    bad_body("article-after-a-slash", "[a](article/cable)", "leads nowhere", "Write article:cable."),
    bad_body("article-after-a-space", "[a](<article: cable>)", "is not an article", "Write article:cable."),
    bad_body("address-of-ones-own-machine", "[a](http://127.0.0.1:8000/fr/)", "leads nowhere", "Write https://…"),
    bad_body(
        "path-of-a-text-that-is-not-there", "Un\n[a](../second/index.fr.md)", "article:second leads nowhere", "", line=9
    ),
)
CASES = (
    *CHARACTERS,
    *FROM_ELSEWHERE,
    *SHAPE,
    *YAML,
    *KEYS,
    *DATES,
    *VALUES,
    *REFERENCES,
    *PICTURES,
    *BODIES,
    *FILES,
    *OTHERS,
)


def write_case(root: Path, case: Case) -> None:
    write_files(root / "content", {**SOUND, **case.files})
    if case.prepare:
        case.prepare(root / "content")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistake_is_told_with_its_place_and_its_remedy(case: Case, tmp_path: Path) -> None:
    write_case(tmp_path, case)
    found = problems_of(tmp_path)
    shown = "\n".join(map(str, found))
    for told in case.told:
        assert any(told.is_told_by(problem) for problem in found), f"{told}\nis not among:\n{shown}"
    assert len(found) == len(case.told), f"there is more:\n{shown}"
    for problem in found:
        assert str(problem.message).endswith((".", "…"))
        assert str(problem.remedy).endswith((".", "?", "…"))
        assert len(str(problem)) < 600, "a message shows a mistake, not the whole of it"
        assert "\n" not in str(problem)


def test_the_cases_are_many_and_each_has_its_name() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names))
    assert len(names) >= 100


def test_sound_content_has_no_problem(tmp_path: Path) -> None:
    write_files(tmp_path / "content", SOUND)
    assert problems_of(tmp_path) == ()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("byte-order-mark", b"\xef\xbb\xbf" + french().encode()),
        ("ends-of-line-of-windows", french().replace("\n", "\r\n").encode()),
        ("ends-of-line-of-old-macs", french().replace("\n", "\r").encode()),
        ("spaces-after-the-dashes", french().replace("---\n", "---  \n").encode()),
        ("no-end-of-line-at-the-end", french().rstrip().encode()),
        ("no-body", french(body="").encode()),
        ("comment-in-front-matter", french("# tout va bien: vraiment").encode()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_only_looks_unusual_is_read_like_any_other(name: str, data: bytes, tmp_path: Path) -> None:
    write_files(tmp_path / "content", {**SOUND, FR: data})
    assert read(tmp_path).articles[0].texts["fr"].title == "Un câble est promis"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_lines_are_counted_as_editors_show_them_whatever_ends_them(end: str, mark: str, tmp_path: Path) -> None:
    text = french("date: 03/04/2026", body="Un\n\ndeux ![](a.png)")
    write_files(tmp_path / "content", {**SOUND, FR: mark + text.replace("\n", end)})
    assert [(problem.line, problem.key) for problem in problems_of(tmp_path)] == [(4, "date"), (10, "")]


def told_at_once(root: Path, files: Mapping[str, str | bytes]) -> set[tuple[str, int, str]]:
    write_files(root / "content", {**SOUND, **files})
    return {(problem.file.removeprefix("content/"), problem.line, problem.key) for problem in problems_of(root)}


def test_mistakes_of_one_file_are_told_together(tmp_path: Path) -> None:
    text = french("date: 03/04/2026", "status: rumor", "topic: [fibre]", "draft: yes", body="a\n\n![](a.png)")
    told = {(FR, 4, "date"), (FR, 6, "status"), (FR, 7, "topic"), (FR, 8, "draft"), (FR, 12, "")}
    assert told_at_once(tmp_path, {FR: text}) == told


def test_mistakes_of_many_files_are_told_together(tmp_path: Path) -> None:
    files = {
        FR: french("date: 03/04/2026"),
        EN: english(without=("title",)),
        SECOND: b"\xff",
        "topics/fibre/index.en.md": "---\nname: a : b\n---\n",
        "entities.yaml": "nasa: {kind: agence, name: a}\n",
        "glossary.yaml": "fai: 3\n",
        "articles/empty/notes.txt": "a",
        "articles/stray.md": "a",
    }
    assert told_at_once(tmp_path, files) == {
        (FR, 4, "date"),
        (EN, 1, "title"),
        (SECOND, 1, ""),
        ("topics/fibre/index.en.md", 2, "name"),
        ("entities.yaml", 1, "nasa"),
        ("glossary.yaml", 1, "fai"),
        ("articles/empty", 0, ""),
        ("articles/stray.md", 0, ""),
    }


def test_mistakes_of_reference_are_told_together(tmp_path: Path) -> None:
    files = {
        FR: french("topics: [fiber]", "thread: mers", "entities: [amazone]", body="[a](article:xyz) ![a](b.png)"),
        EN: english(body="Text.\n\n[a](article:zyx)"),
    }
    told = {(FR, 5, "topics"), (FR, 7, "thread"), (FR, 8, "entities"), (FR, 10, ""), (EN, 7, "")}
    assert told_at_once(tmp_path, files) == told


def test_a_mistake_in_one_file_hides_no_mistake_of_reference_in_another(tmp_path: Path) -> None:
    """A wrong value keeps its article from being made; what the others name is looked up all the same."""
    files = {
        FR: french("status: rumor", "topics: [fiber]", "thread: mers", body="[a](article:xyz) ![a](b.png)"),
        **second("entities: [amazone]", body="[a](article:cable)"),
        EDITION: "---\ntitle: a\nsummary: b\nnumber: one\ndate: 2026-11-21\narticles: [cable, cabel]\n---\n",
    }
    assert told_at_once(tmp_path, files) == {
        *((FR, line, key) for line, key in ((5, "topics"), (6, "status"), (7, "thread"), (9, ""))),
        (SECOND, 7, "entities"),
        (EDITION, 4, "number"),
        (EDITION, 6, "articles"),
    }


def test_several_mistakes_in_one_list_are_told_together(tmp_path: Path) -> None:
    lines = "sources:\n  - {publisher: a, date: 10/2016}\n  - Ariase\n  - {date: 2016, language: French}"
    write_files(tmp_path / "content", {**SOUND, FR: french(lines)})
    assert [(problem.line, str(problem.message)) for problem in problems_of(tmp_path)] == [
        (8, "“language” is missing."),
        (8, "“10/2016” is not an ISO 8601 date."),
        (9, "named values are expected."),
        (10, "“publisher” is missing."),
        (10, "this is not a language code."),
    ]


def test_the_report_shows_one_problem_a_line_in_order_and_counts_them(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {**SOUND, FR: french("status: rumor", "date: 03/04/2026"), **second("draft: no")})
    with pytest.raises(Problems) as raised:
        read(tmp_path)
    *lines, last = str(raised.value).splitlines()
    assert [line.partition(": ")[0] for line in lines] == [
        f"content/{FR}:4:7",
        f"content/{FR}:6:9",
        f"content/{SECOND}:7:8",
    ]
    assert last == "3 problems: nothing was published."


def test_a_problem_is_told_again_until_it_is_mended(tmp_path: Path) -> None:
    """What was read of a bad file is kept between builds like the rest, its problems included."""
    write_files(tmp_path / "content", {**SOUND, FR: french("date: 03/04/2026", body="![](a.png)")})
    first = problems_of(tmp_path)
    assert problems_of(tmp_path) == first
    assert len(first) == 2
    write_files(tmp_path / "content", SOUND)
    assert problems_of(tmp_path) == ()


# --- columns -------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_column_that_is_told_is_one_of_its_line(case: Case, tmp_path: Path) -> None:
    write_case(tmp_path, case)
    for problem in problems_of(tmp_path):
        if problem.column:
            line = (tmp_path / problem.file).read_bytes().decode("utf-8", "replace").splitlines()[problem.line - 1]
            assert 1 <= problem.column <= len(line) + 1, str(problem)


@pytest.mark.parametrize(
    ("line", "there"),
    [
        ("publish: 10/11/2016", "10/11"),
        ("sources: Ariase", "Ariase"),
        ("sources: [{publisher: é, date: 2016, language: fr, ulr: b}]", "ulr"),
        ("sources: [{publisher: é, date: 10/2016, language: fr}]", "10/2016"),
        ("sources: [{publisher: é, date: 2016}]", "{publisher"),
        ("aliases: [é, b/c]", "b/c"),
        ("aliases: [a, a]", "a]"),
        ("entities: [amazon, amazn]", "amazn"),
        ("thread: [mer, mre]", "mre"),
        ("claims: nothing", "nothing"),
        ("alt: &a b", "&a"),
        ("alt: !!str b", "!!str"),
        ("alt: @b", "@b"),
        ('alt: "b', '"b'),
        ("alt: é: b", ": b"),
        ("alt: é\x07", "\x07"),
    ],
)
def test_the_column_of_a_mistake_is_where_it_is_written(line: str, there: str, tmp_path: Path) -> None:
    write_files(tmp_path / "content", SOUND | {FR: french(line)})
    number = french(line).split("\n").index(line) + 1
    found = [problem for problem in problems_of(tmp_path) if problem.line == number and problem.file.endswith(FR)]
    assert line.index(there) + 1 in [problem.column for problem in found], [str(problem) for problem in found]


def test_a_mistake_in_the_block_under_a_key_has_the_column_of_its_own_line(tmp_path: Path) -> None:
    lines = "sources:\n  - publisher: a\n    date: 2016\n    language: fr\n    ulr: b"
    write_files(tmp_path / "content", SOUND | {FR: french(lines)})
    (problem,) = problems_of(tmp_path)
    assert str(problem).startswith(f"content/{FR}:11:5: sources: ")


def test_a_file_with_a_byte_order_mark_and_a_byte_that_is_no_text_has_its_column_told(tmp_path: Path) -> None:
    write_files(tmp_path / "content", SOUND | {FR: "\ufeff---\ntitle: é".encode() + b"\xe9\n---\n"})
    assert str(problems_of(tmp_path)[0]).startswith(f"content/{FR}:2:9: byte 0xE9")
