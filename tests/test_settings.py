"""A wrong setting is one line that names it and says what to write, before anything is read: never a traceback."""

import re
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from conftest import Build, report_of
from content_reading import pelicanconf, settings_for
from editorial_site import make_clone
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import ChainableUndefined, StrictUndefined, Undefined, make_logging_undefined, select_autoescape
from site_builder import Site, change, desk

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
    "no-languages": ("LANGUAGES", ABSENT, "LANGUAGES: give at least one"),
    "empty-languages": ("LANGUAGES", {}, "LANGUAGES: give at least one"),
    "languages-in-a-list": ("LANGUAGES", ["fr"], "LANGUAGES: give at least one"),
    "language-without-facts": ("LANGUAGES", {"fr": 1}, "LANGUAGES['fr']: give its facts"),
    "language-of-a-number": ("LANGUAGES", {1: {}}, "LANGUAGES[1]: give a BCP 47 code"),
    "language-the-cldr-does-not-know": ("LANGUAGES", language("tlh"), "LANGUAGES['tlh']: give a BCP 47 code"),
    "language-with-another-code-inside": (
        "LANGUAGES",
        language(code="fr") | {"en": {**LANGUAGES["en"], "code": "../.."}},
        "LANGUAGES['en']: unknown key 'code'",
    ),
    "language-with-a-number-for-a-key": (
        "LANGUAGES",
        {"fr": {**LANGUAGES["fr"], 1: 2}},
        "LANGUAGES['fr']: unknown key 1",
    ),
    "language-without-a-name": ("LANGUAGES", {"fr": without(LANGUAGES["fr"], "name")}, "LANGUAGES['fr']: "),
    "language-of-an-empty-name": ("LANGUAGES", language(name=" "), "LANGUAGES['fr']['name']: give a text"),
    "locale-that-does-not-exist": (
        "LANGUAGES",
        language(locale="xx_YY"),
        "LANGUAGES['fr']['locale']: the CLDR has no 'xx_YY'",
    ),
    "locale-of-no-country": ("LANGUAGES", language(locale="fr_XX"), "LANGUAGES['fr']['locale']: "),
    "empty-locale": ("LANGUAGES", language(locale=""), "LANGUAGES['fr']['locale']: "),
    "locale-that-is-no-tag": ("LANGUAGES", language(locale="français"), "LANGUAGES['fr']['locale']: "),
    "control-in-a-tagline": ("LANGUAGES", language(tagline="a\x07b"), "LANGUAGES['fr']['tagline']: 'a\\x07b' holds"),
    "line-break-in-a-description": ("LANGUAGES", language(description="a\nb"), "LANGUAGES['fr']['description']: "),
    "surrogate-in-a-description": ("LANGUAGES", language(description="\ud800 a"), "LANGUAGES['fr']['description']: "),
    "no-word-for-a-section": ("LANGUAGES", words(topics=""), "LANGUAGES['fr']['paths']['topics']: give a word"),
    "one-word-for-two-sections": (
        "LANGUAGES",
        words(topics="articles"),
        "LANGUAGES['fr']['paths']['topics']: 'articles' is the word of 'articles' too",
    ),
    "one-word-for-a-section-and-its-pages": ("LANGUAGES", words(page="sujets"), "LANGUAGES['fr']['paths']['page']: "),
    "typography-that-is-none": ("LANGUAGES", language(typography="x"), "LANGUAGES['fr']['typography']: write one of"),
    "year-1": ("TAG_YEAR", 1, "TAG_YEAR: 1 is no year"),
    "year-10000": ("TAG_YEAR", 10_000, "TAG_YEAR: 10000 is no year"),
    "year-in-words": ("TAG_YEAR", "2026", "TAG_YEAR: '2026' is no year"),
    "year-that-is-true": ("TAG_YEAR", True, "TAG_YEAR: True is no year"),
    "no-year": ("TAG_YEAR", ABSENT, "TAG_YEAR: None is no year"),
    "empty-name": ("SITENAME", "", "SITENAME: give a text"),
    "blank-name": ("SITENAME", " \t", "SITENAME: give a text"),
    "invisible-name": ("SITENAME", "\u200b", "SITENAME: give a text"),
    "name-that-is-none": ("SITENAME", None, "SITENAME: give a text"),
    "bell-in-the-name": ("SITENAME", "a\x07b", "SITENAME: 'a\\x07b' holds"),
    "tab-in-the-name": ("SITENAME", "a\tb", "SITENAME: "),
    "line-break-in-the-name": ("SITENAME", "a\nb", "SITENAME: 'a\\nb' holds a line break"),
    "return-in-the-name": ("SITENAME", "a\rb", "SITENAME: "),
    "line-separator-in-the-name": ("SITENAME", "a\u2028b", "SITENAME: "),
    "no-templates": ("JINJA_ENVIRONMENT", ABSENT, "JINJA_ENVIRONMENT: 'autoescape'"),
    "empty-templates": ("JINJA_ENVIRONMENT", {}, "JINJA_ENVIRONMENT: 'autoescape'"),
    "templates-that-escape-nothing": (
        "JINJA_ENVIRONMENT",
        templates(autoescape=False),
        "JINJA_ENVIRONMENT: 'autoescape'",
    ),
    "templates-that-escape-some": (
        "JINJA_ENVIRONMENT",
        templates(autoescape=select_autoescape()),
        "JINJA_ENVIRONMENT: 'autoescape'",
    ),
    "templates-that-say-nothing-of-escaping": (
        "JINJA_ENVIRONMENT",
        templates(autoescape=ABSENT),
        "JINJA_ENVIRONMENT: 'autoescape'",
    ),
    "templates-with-holes": ("JINJA_ENVIRONMENT", templates(undefined=Undefined), "JINJA_ENVIRONMENT: 'undefined'"),
    "templates-with-chains-of-holes": (
        "JINJA_ENVIRONMENT",
        templates(undefined=ChainableUndefined),
        "JINJA_ENVIRONMENT: 'undefined'",
    ),
    "templates-that-say-nothing-of-holes": (
        "JINJA_ENVIRONMENT",
        templates(undefined=ABSENT),
        "JINJA_ENVIRONMENT: 'undefined'",
    ),
    "templates-without-words": ("JINJA_ENVIRONMENT", templates(extensions=[]), "JINJA_ENVIRONMENT: 'extensions'"),
    "templates-of-no-extensions": ("JINJA_ENVIRONMENT", templates(extensions=None), "JINJA_ENVIRONMENT: 'extensions'"),
    "address-without-host": ("SITEURL", "https://", "SITEURL: "),
    "address-with-a-line-break": ("SITEURL", "https://a.example/\nb", "SITEURL: 'https://a.example/\\nb' is not"),
    "address-with-a-control": ("SITEURL", "https://a.example/\x01", "SITEURL: "),
    "address-that-leaves-its-attribute": ("SITEURL", 'https://a.example/"x', "SITEURL: "),
    "address-of-half-a-bracket": ("SITEURL", "http://[a", "SITEURL: 'http://[a' is not"),
    "address-of-no-port": ("SITEURL", "http://a.example:x", "SITEURL: "),
    "address-with-a-query": ("SITEURL", "http://a.example/?", "SITEURL: "),
    "address-that-is-none": ("SITEURL", None, "SITEURL: "),
    "time-zone-that-is-a-folder": ("TIMEZONE", "Europe", "TIMEZONE: 'Europe' is not"),
    "time-zone-that-leaves-the-database": ("TIMEZONE", "../../etc/passwd", "TIMEZONE: "),
    "no-time-zone": ("TIMEZONE", ABSENT, "TIMEZONE: "),
    "default-that-is-no-language": ("DEFAULT_LANG", "it", "DEFAULT_LANG: 'it' is not one of"),
    "no-default": ("DEFAULT_LANG", ABSENT, "DEFAULT_LANG: None is not one of"),
    "no-page-size": ("DEFAULT_PAGINATION", False, "DEFAULT_PAGINATION: "),
    "page-size-that-is-true": ("DEFAULT_PAGINATION", True, "DEFAULT_PAGINATION: "),
    "no-cache": ("CACHE_PATH", None, "CACHE_PATH: None is not a folder"),
    "theme-of-nul": ("THEME", "a\0b", "THEME: 'a\\x00b' is not a folder"),
}


def said_of(name: str, value: object) -> str:
    """Return what is said of a setting, nothing where it is taken."""
    settings = {**pelicanconf(), name: value}
    try:
        settings_from({key: item for key, item in settings.items() if item is not ABSENT}, PATH_WORDS, {})
    except ValueError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(("name", "value", "said"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_setting_is_named_in_one_line(name: str, value: object, said: str) -> None:
    found = said_of(name, value)
    assert found.startswith(said)
    assert found.splitlines() == [found]


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
    said = said_of(name, value)
    assert re.match(rf"{name}\b[^\n\r]*\Z", said) or not said


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
    assert report.startswith(f"pelicanconf.py: {said}")
    assert "\n" not in report
    assert not site.output.exists()


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a project as in a clone, with a sound content."""
    return make_clone(tmp_path_factory.mktemp("clone") / "site")


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
    done = desk(clone, "check")
    settings.write_text(before, encoding="utf-8")
    assert done.stderr.startswith("pelicanconf.py: ")
    assert said in done.stderr
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert len(done.stderr) < 600


@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("check_links", "pelicanconf.py"),
        ("new", "pelicanconf.py"),
        ("rename --key cable --to wire", "pelicanconf.py"),
        ("translations", "pelicanconf.py"),
        ("published", "publishconf.py"),
        ("mail_edition", "publishconf.py"),
    ],
)
def test_every_command_tells_a_wrong_setting_in_one_line(command: str, file: str, clone: Site) -> None:
    settings = clone.root / "pelicanconf.py"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(f'{before}\nTIMEZONE = "Europe/Pari"\n', encoding="utf-8")
    done = desk(clone, *command.split())
    settings.write_text(before, encoding="utf-8")
    assert done.stderr.startswith(f"{file}: TIMEZONE")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)


def test_check_tells_a_missing_content_folder_in_one_line(clone: Site) -> None:
    change(clone.root / "pelicanconf.py", 'PATH = str(ROOT / "content")', 'PATH = str(ROOT / "contents")')
    done = desk(clone, "check")
    change(clone.root / "pelicanconf.py", 'PATH = str(ROOT / "contents")', 'PATH = str(ROOT / "content")')
    assert done.stderr.startswith("pelicanconf.py: ")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
