"""A wrong setting is a line that names it, where it is written and what to write, before anything is read."""

import re
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from conftest import Build, report_of
from content_reading import pelicanconf, settings_for
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import ChainableUndefined, StrictUndefined, Undefined, make_logging_undefined, select_autoescape
from properties import quick
from site_builder import ROOT, Site, change, desk

from newsroom.problems import Problem
from newsroom.reports import words_for
from newsroom.setting_places import WrongSettings
from newsroom.settings import settings_from
from newsroom.views.kinds import PATH_WORDS

LANGUAGES = pelicanconf()["LANGUAGES"]
TEMPLATES = pelicanconf()["JINJA_ENVIRONMENT"]
ABSENT = object()


def language(code: str = "fr", **facts: object) -> dict[str, Any]:
    """Return the languages of the site with other ``facts`` for one of them."""
    return {**deepcopy(LANGUAGES), code: {**LANGUAGES["fr"], **facts}}


def words(**paths: str) -> dict[str, Any]:
    """Return the languages of the site with other path words in French."""
    return language(paths={**LANGUAGES["fr"]["paths"], **paths})


def templates(**options: object) -> dict[str, Any]:
    return {key: value for key, value in {**TEMPLATES, **options}.items() if value is not ABSENT}


def without(setting: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in setting.items() if name != key}


WRONG = {
    "no-authority": ("TAG_AUTHORITY", ABSENT, "TAG_AUTHORITY: "),
    "authority-that-is-none": ("TAG_AUTHORITY", "https://a.example/", "TAG_AUTHORITY: "),
    "no-languages": ("LANGUAGES", ABSENT, "LANGUAGES: one language at least"),
    "empty-languages": ("LANGUAGES", {}, "LANGUAGES: one language at least"),
    "languages-in-a-list": ("LANGUAGES", ["fr"], "LANGUAGES: one language at least"),
    "language-without-facts": ("LANGUAGES", {"fr": 1}, "LANGUAGES['fr']: the facts of the language"),
    "language-of-a-number": ("LANGUAGES", {1: {}}, "LANGUAGES[1]: "),
    "language-the-cldr-does-not-know": (
        "LANGUAGES",
        language("tlh"),
        "LANGUAGES['tlh']: “tlh” is not a language code (BCP 47)",
    ),
    "language-with-another-code-inside": (
        "LANGUAGES",
        language(code="fr") | {"en": {**LANGUAGES["en"], "code": "../.."}},
        "LANGUAGES['en']['code']: this key is not known",
    ),
    "language-with-a-number-for-a-key": (
        "LANGUAGES",
        {"fr": {**LANGUAGES["fr"], 1: 2}},
        "LANGUAGES['fr'][1]: this key is not known",
    ),
    "language-without-a-name": (
        "LANGUAGES",
        {"fr": without(LANGUAGES["fr"], "name")},
        "LANGUAGES['fr']['name']: this setting is missing",
    ),
    "language-of-an-empty-name": ("LANGUAGES", language(name=" "), "LANGUAGES['fr']['name']: “ ” is not a text"),
    "locale-that-does-not-exist": (
        "LANGUAGES",
        language(locale="xx_YY"),
        "LANGUAGES['fr']['locale']: the CLDR has no “xx_YY”",
    ),
    "locale-of-no-country": ("LANGUAGES", language(locale="fr_XX"), "LANGUAGES['fr']['locale']: "),
    "empty-locale": ("LANGUAGES", language(locale=""), "LANGUAGES['fr']['locale']: "),
    "locale-that-is-no-tag": ("LANGUAGES", language(locale="français"), "LANGUAGES['fr']['locale']: "),
    "control-in-a-tagline": ("LANGUAGES", language(tagline="a\x07b"), "LANGUAGES['fr']['tagline']: “a\\x07b” holds"),
    "line-break-in-a-description": ("LANGUAGES", language(description="a\nb"), "LANGUAGES['fr']['description']: "),
    "surrogate-in-a-description": ("LANGUAGES", language(description="\ud800 a"), "LANGUAGES['fr']['description']: "),
    "no-word-for-a-section": ("LANGUAGES", words(topics=""), "LANGUAGES['fr']['paths']['topics']: “” cannot stand"),
    "one-word-for-two-sections": (
        "LANGUAGES",
        words(topics="articles"),
        "LANGUAGES['fr']['paths']['topics']: “articles” is the word of “articles” too",
    ),
    "one-word-for-a-section-and-its-pages": ("LANGUAGES", words(page="sujets"), "LANGUAGES['fr']['paths']['page']: "),
    "typography-that-is-none": (
        "LANGUAGES",
        language(typography="x"),
        "LANGUAGES['fr']['typography']: there is no “x”. Write one of",
    ),
    "signup-that-is-no-address": ("LANGUAGES", language(signup="x"), "LANGUAGES['fr']['signup']: “x” is no address"),
    "sender-that-is-none": ("MAIL_FROM", "nobody", "MAIL_FROM: “nobody” is no sender"),
    "ways-out-that-are-no-mapping": ("MAIL_UNSUBSCRIBE", "x", "MAIL_UNSUBSCRIBE: “x” is not a mapping"),
    "way-out-of-nothing": ("MAIL_UNSUBSCRIBE", {"smtp": ""}, "MAIL_UNSUBSCRIBE['smtp']: “” is not a text"),
    "way-out-of-two-lines": ("MAIL_UNSUBSCRIBE", {"smtp": "https://a\nX: y"}, "MAIL_UNSUBSCRIBE['smtp']: “https"),
    "way-out-that-one-click-cannot-take": (
        "MAIL_UNSUBSCRIBE",
        {"smtp": "http://a.example/"},
        "MAIL_UNSUBSCRIBE['smtp']: “http://a.example/” does not start with https://",
    ),
    "year-1": ("TAG_YEAR", 1, "TAG_YEAR: “1” is no year"),
    "year-10000": ("TAG_YEAR", 10_000, "TAG_YEAR: “10000” is no year"),
    "year-in-words": (
        "TAG_YEAR",
        "2026",
        "TAG_YEAR: “2026” is no year of domain names (RFC 4151). Write 2026, without",
    ),
    "year-that-is-true": ("TAG_YEAR", True, "TAG_YEAR: “True” is no year"),
    "no-year": ("TAG_YEAR", ABSENT, "TAG_YEAR: this setting is missing"),
    "empty-name": ("SITENAME", "", "SITENAME: “"),
    "blank-name": ("SITENAME", " \t", "SITENAME: “"),
    "invisible-name": ("SITENAME", "\u200b", "SITENAME: “"),
    "name-that-is-none": ("SITENAME", None, "SITENAME: this setting is missing"),
    "bell-in-the-name": ("SITENAME", "a\x07b", "SITENAME: “a\\x07b” holds"),
    "tab-in-the-name": ("SITENAME", "a\tb", "SITENAME: "),
    "line-break-in-the-name": ("SITENAME", "a\nb", "SITENAME: “a\\nb” holds a line break"),
    "return-in-the-name": ("SITENAME", "a\rb", "SITENAME: "),
    "line-separator-in-the-name": ("SITENAME", "a\u2028b", "SITENAME: "),
    "no-templates": ("JINJA_ENVIRONMENT", ABSENT, "JINJA_ENVIRONMENT['autoescape']"),
    "empty-templates": ("JINJA_ENVIRONMENT", {}, "JINJA_ENVIRONMENT['autoescape']"),
    "templates-that-escape-nothing": (
        "JINJA_ENVIRONMENT",
        templates(autoescape=False),
        "JINJA_ENVIRONMENT['autoescape']",
    ),
    "templates-that-escape-some": (
        "JINJA_ENVIRONMENT",
        templates(autoescape=select_autoescape()),
        "JINJA_ENVIRONMENT['autoescape']",
    ),
    "templates-that-say-nothing-of-escaping": (
        "JINJA_ENVIRONMENT",
        templates(autoescape=ABSENT),
        "JINJA_ENVIRONMENT['autoescape']",
    ),
    "templates-with-holes": ("JINJA_ENVIRONMENT", templates(undefined=Undefined), "JINJA_ENVIRONMENT['undefined']"),
    "templates-with-chains-of-holes": (
        "JINJA_ENVIRONMENT",
        templates(undefined=ChainableUndefined),
        "JINJA_ENVIRONMENT['undefined']",
    ),
    "templates-that-say-nothing-of-holes": (
        "JINJA_ENVIRONMENT",
        templates(undefined=ABSENT),
        "JINJA_ENVIRONMENT['undefined']",
    ),
    "templates-without-words": ("JINJA_ENVIRONMENT", templates(extensions=[]), "JINJA_ENVIRONMENT['extensions']"),
    "templates-of-no-extensions": ("JINJA_ENVIRONMENT", templates(extensions=None), "JINJA_ENVIRONMENT['extensions']"),
    "address-without-host": ("SITEURL", "https://", "SITEURL: "),
    "address-with-a-line-break": ("SITEURL", "https://a.example/\nb", "SITEURL: “https://a.example/\\nb” is not"),
    "address-with-a-control": ("SITEURL", "https://a.example/\x01", "SITEURL: "),
    "address-that-leaves-its-attribute": ("SITEURL", 'https://a.example/"x', "SITEURL: "),
    "address-of-half-a-bracket": ("SITEURL", "http://[a", "SITEURL: “http://[a” is not"),
    "address-of-no-port": ("SITEURL", "http://a.example:x", "SITEURL: "),
    "address-with-a-query": ("SITEURL", "http://a.example/?", "SITEURL: "),
    "address-that-is-none": ("SITEURL", None, "SITEURL: "),
    "time-zone-that-is-a-folder": ("TIMEZONE", "Europe", "TIMEZONE: “Europe” is not"),
    "time-zone-that-leaves-the-database": ("TIMEZONE", "../../etc/passwd", "TIMEZONE: "),
    "no-time-zone": ("TIMEZONE", ABSENT, "TIMEZONE: "),
    "default-that-is-no-language": ("DEFAULT_LANG", "it", "DEFAULT_LANG: “it” is not one of"),
    "no-default": ("DEFAULT_LANG", ABSENT, "DEFAULT_LANG: “None” is not one of"),
    "compression-that-is-a-text": ("PRECOMPRESS", "False", "PRECOMPRESS: "),
    "stale-notes-that-are-a-number": ("TELL_STALE_TRANSLATIONS", 0, "TELL_STALE_TRANSLATIONS: "),
    "no-page-size": ("DEFAULT_PAGINATION", False, "DEFAULT_PAGINATION: "),
    "page-size-that-is-true": ("DEFAULT_PAGINATION", True, "DEFAULT_PAGINATION: "),
    "no-cache": ("CACHE_PATH", None, "CACHE_PATH: “None” is not a folder"),
    "theme-of-nul": ("THEME", "a\0b", "THEME: “a\\x00b” is not a folder"),
}


def told_of(**overrides: object) -> tuple[Problem, ...]:
    """Return what is told of the settings of the site with ``overrides``, nothing where they are taken."""
    settings = {**pelicanconf(), **overrides}
    try:
        settings_from({key: item for key, item in settings.items() if item is not ABSENT}, PATH_WORDS, {})
    except WrongSettings as wrong:
        return wrong.items
    return ()


@pytest.mark.parametrize(("name", "value", "said"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_setting_is_named_in_one_line(name: str, value: object, said: str) -> None:
    lines = [str(problem) for problem in told_of(**{name: value})]
    assert any(re.match(rf"pelicanconf\.py:\d+:\d+: {re.escape(said)}", line) for line in lines), lines
    assert all(line.splitlines() == [line] for line in lines)


@given(
    st.sampled_from(sorted({name for name, _, _ in WRONG.values()})),
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.binary(max_size=9)
    | st.lists(st.text(max_size=3), max_size=2)
    | st.dictionaries(st.sampled_from(["fr", "autoescape", 1]), st.none() | st.just({}) | st.text(), max_size=2),
)
def test_whatever_a_setting_is_it_is_taken_or_refused_by_its_name(name: str, value: object) -> None:
    for problem in told_of(**{name: value}):
        assert re.match(rf"pelicanconf\.py:\d+:\d+: {name}\b[^\n\r]*\Z", str(problem))


def test_all_wrong_settings_are_told_at_once_each_at_its_place() -> None:
    wrong = told_of(
        TIMEZONE="Europe/Pari",
        TAG_YEAR="2026",
        SITEURL="example.org",
        LANGUAGES=words(topics="Sujets d’été", claims="") | {"en": {**LANGUAGES["en"], "locale": "en-GB", "nam": "x"}},
        MAIL_UNSUBSCRIBE={"smpt": "https://a.example/"},
    )
    lines = (ROOT / "pelicanconf.py").read_text(encoding="utf-8").splitlines()
    found = {problem.key: (lines[problem.line - 1][problem.column - 1 :], str(problem.remedy)) for problem in wrong}
    assert found == {
        "SITEURL": ('"http://localhost:8000"', "Write “https://example.org”."),
        "TIMEZONE": ('"Europe/Paris"', "Did you mean “Europe/Paris”?"),
        "TAG_YEAR": ("2026", "Write 2026, without quotation marks."),
        "LANGUAGES['fr']['paths']['topics']": ('"sujets",', "Write “sujets-d-ete”."),
        "LANGUAGES['fr']['paths']['claims']": (
            '"annonces",',
            "Write the word of its addresses: a-z, 0-9 and single hyphens.",
        ),
        "LANGUAGES['en']['locale']": ('"en_GB",', "Did you mean “en_GB”?"),
        "LANGUAGES['en']['nam']": ("{", "Did you mean “name”?"),
        "MAIL_UNSUBSCRIBE['smpt']": ("{", "Did you mean “smtp”?"),
    }


def test_a_wrong_setting_is_told_in_the_language_of_the_terminal() -> None:
    (wrong,) = told_of(TIMEZONE="Europe/Pari")
    said = wrong.text(words_for({"LANG": "fr_FR.UTF-8"}))
    assert said.endswith(
        "TIMEZONE: «\u00a0Europe/Pari\u00a0» n’est pas dans la base des fuseaux horaires. "
        "Vouliez-vous dire «\u00a0Europe/Paris\u00a0»\u202f?"
    )


def test_the_settings_of_this_repository_are_taken(tmp_path: Path) -> None:
    assert settings_for(tmp_path).codes == ("fr", "en")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITENAME", "Le “Sillage” – n° 1"),
        ("SITENAME", "شِراع"),
        ("SITEURL", "https://user@a.example:8443/sub/folder/"),
        ("SITEURL", "http://[::1]:8000"),
        ("SITEURL", "https://sillage-d’été.example"),
        ("TAG_YEAR", 1999),
        ("LANGUAGES", language(locale="fr_CA")),
        ("LANGUAGES", language("zh-Hant-TW", locale="zh_Hant_TW")),
        ("JINJA_ENVIRONMENT", templates(undefined=make_logging_undefined(base=StrictUndefined))),
        ("JINJA_ENVIRONMENT", templates(trim_blocks=False)),
    ],
)
def test_what_is_only_unusual_is_taken(name: str, value: object, tmp_path: Path) -> None:
    assert settings_for(tmp_path, **{name: value})


# --- as it is typed -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "case",
    [
        "no-languages",
        "year-10000",
        "year-1",
        "empty-name",
        "bell-in-the-name",
        "empty-templates",
        "one-word-for-two-sections",
        "locale-that-does-not-exist",
        "language-the-cldr-does-not-know",
    ],
)
def test_a_build_with_a_wrong_setting_is_refused_in_one_line(case: str, site: Site, build: Build) -> None:
    name, value, said = WRONG[case]
    report = str(report_of(lambda: build(site, **{name: None if value is ABSENT else deepcopy(value)})))
    assert any(re.match(rf"pelicanconf\.py:\d+:\d+: {re.escape(said)}", line) for line in report.splitlines())
    assert not site.output.exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("del TAG_AUTHORITY", "TAG_AUTHORITY"),
        ('LANGUAGES = ["fr"]', "LANGUAGES"),
        ("JINJA_ENVIRONMENT = {}", "JINJA_ENVIRONMENT"),
        ('THEME = "/nonexistent"', "/nonexistent"),
        (f'SITENAME = "{"a" * 10_000}\\n"', "SITENAME"),
    ],
)
def test_check_tells_a_wrong_setting_in_one_line(line: str, said: str, clone: Site) -> None:
    settings = clone.root / "pelicanconf.py"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(f"{before}\n{line}\n", encoding="utf-8")
    # Compiled modules are told apart by their size and second, and two of these lines are of one length.
    done = desk(clone, "check", PYTHONDONTWRITEBYTECODE="1")
    settings.write_text(before, encoding="utf-8")
    ours = said in line.split("=", maxsplit=1)[0]
    place = f"pelicanconf.py:{len(before.splitlines()) + 2}:" if ours else "pelicanconf.py: "
    assert all(each.startswith(place) for each in done.stderr.splitlines()), done.stderr
    assert said in done.stderr
    assert (done.returncode, done.stdout) == (1, "")
    assert all(len(each) < 600 for each in done.stderr.splitlines())


@pytest.mark.parametrize(
    "command",
    quick(1, ["new", "check_links", "rename --key cable --to wire", "translations", "published", "mail.edition"]),
)
def test_every_command_tells_a_wrong_setting_in_one_line(command: str, clone: Site) -> None:
    settings = clone.root / "pelicanconf.py"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(f'{before}\nTIMEZONE = "Europe/Pari"\n', encoding="utf-8")
    done = desk(clone, *command.split())
    settings.write_text(before, encoding="utf-8")
    assert done.stderr.startswith(f"pelicanconf.py:{len(before.splitlines()) + 2}:12: TIMEZONE")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)


def test_each_setting_is_told_of_the_file_that_assigns_it(clone: Site) -> None:
    """``publishconf.py`` begins with all of ``pelicanconf.py``: what is wrong may stand in either."""
    files = [clone.root / name for name in ("pelicanconf.py", "publishconf.py")]
    before = [file.read_text(encoding="utf-8") for file in files]
    files[0].write_text(f"{before[0]}TAG_YEAR = 1\n", encoding="utf-8")
    files[1].write_text(f'{before[1]}# é\nRELEASES, SITENAME = 1, "a\\nb"\nTIMEZONE = "é" "x"\n', encoding="utf-8")
    done = desk(clone, "published")
    for file, text in zip(files, before, strict=True):
        file.write_text(text, encoding="utf-8")
    first, last = (len(text.splitlines()) for text in before)
    places = [line.partition(" ")[0] + line.split(": ")[1] for line in done.stderr.splitlines()]
    assert places == [
        f"pelicanconf.py:{first + 1}:12:TAG_YEAR",
        f"publishconf.py:{last + 2}:22:RELEASES",
        f"publishconf.py:{last + 2}:25:SITENAME",
        f"publishconf.py:{last + 3}:12:TIMEZONE",
    ]


def test_check_tells_a_missing_content_folder_in_one_line(clone: Site) -> None:
    change(clone.root / "pelicanconf.py", 'PATH = str(ROOT / "content")', 'PATH = str(ROOT / "contents")')
    done = desk(clone, "check")
    change(clone.root / "pelicanconf.py", 'PATH = str(ROOT / "contents")', 'PATH = str(ROOT / "content")')
    assert re.match(r"pelicanconf\.py:\d+:\d+: PATH: there is no folder", done.stderr)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
