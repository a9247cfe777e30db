"""Values of front matter: what is read, what is refused, and that nothing else can come out."""

import datetime as dt
import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from content_reading import CONTEXT
from hypothesis import given
from hypothesis import strategies as st
from properties import examples

from newsroom.content import compound_fields, date_fields, fields
from newsroom.content.frontmatter import Value
from newsroom.content.kinds import KINDS
from newsroom.content.named_values import named_values
from newsroom.content.readers import Reader
from newsroom.content.schema import Field
from newsroom.problems import Invalid

LINE = 7
READERS: dict[str, Reader] = {
    "text": fields.text(),
    "key": fields.key(),
    "choice": fields.choice("rumour", "denied"),
    "boolean": fields.boolean(),
    "number": fields.number(),
    "moment": date_fields.moment(),
    "partial_date": date_fields.partial_date(),
    "address": fields.address(),
    "language_code": fields.language_code(),
    "fingerprint": fields.fingerprint(),
    "file_name": fields.file_name(),
    "many": compound_fields.many(fields.text()),
    "many or one": compound_fields.many(fields.key(), single=True),
    "labels": compound_fields.labels(),
    "record": named_values({"date": date_fields.partial_date()}, {"kind": fields.choice("a", "b")}, labelled="text"),
}

scalars = st.none() | st.text(max_size=12) | st.sampled_from(["true", "2016-10-12", "fr", "a", "https://e.org/", "1"])
trees = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["fr", "en", "de", "date", "kind", "text", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def valued(data: Any) -> Value:
    """Return plain ``data`` as front matter holds it, all on one line."""
    if isinstance(data, list):
        return Value([valued(item) for item in data], LINE)
    if isinstance(data, dict):
        return Value({key: valued(item) for key, item in data.items()}, LINE)
    return Value(data, LINE)


def read(reader: Reader, data: Any) -> Any:
    return reader(valued(data), CONTEXT)


def read_or_refuse(reader: Reader, data: Any) -> tuple[Any, Invalid | None]:
    try:
        return read(reader, data), None
    except Invalid as error:
        return None, error


def refusal(reader: Reader, data: Any) -> Invalid:
    with pytest.raises(Invalid) as raised:
        read(reader, data)
    return raised.value


@examples(150)
@given(data=trees, name=st.sampled_from(sorted(READERS)))
def test_any_value_is_read_into_plain_data_or_refused_with_its_line(data: Any, name: str) -> None:
    found, error = read_or_refuse(READERS[name], data)
    if error:
        assert error.line == LINE
        assert str(error.message).endswith((".", "…"))
        assert str(error.remedy).endswith((".", "?"))
    else:
        assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize("field", [field for kind in KINDS for field in kind.fields], ids=lambda field: field.name)
@examples(20)
@given(data=trees)
def test_any_value_of_any_key_is_read_into_plain_data_or_refused(field: Field, data: Any) -> None:
    found, error = read_or_refuse(field.reader, data)
    assert json.loads(json.dumps(found)) == found
    assert error is None or error.line == LINE


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("text", "L’été : « fini »", "L’été : « fini »"),
        ("key", "amazon-2", "amazon-2"),
        ("key", "a", "a"),
        ("key", "2018-10", "2018-10"),
        ("choice", "denied", "denied"),
        ("boolean", "true", True),
        ("boolean", "false", False),
        ("number", "0", 0),
        ("number", "042", 42),
        ("moment", "2018-10-15", "2018-10-15T00:00:00+02:00"),
        ("moment", "2018-12-15", "2018-12-15T00:00:00+01:00"),
        ("moment", "2018-10-15T08:30", "2018-10-15T08:30:00+02:00"),
        ("moment", "2018-10-15 08:30:05", "2018-10-15T08:30:05+02:00"),
        ("moment", "2018-10-15T08:30Z", "2018-10-15T10:30:00+02:00"),
        ("moment", "2018-10-15T08:30-07:00", "2018-10-15T17:30:00+02:00"),
        ("partial_date", "2018", {"year": 2018, "month": 0, "day": 0}),
        ("partial_date", "2018-10", {"year": 2018, "month": 10, "day": 0}),
        ("partial_date", "2018-10-15", {"year": 2018, "month": 10, "day": 15}),
        ("address", "https://example.org/a?b=c&d=e#f", "https://example.org/a?b=c&d=e#f"),
        ("address", "http://[::1]:8000/é", "http://[::1]:8000/é"),
        ("language_code", "fr", "fr"),
        ("language_code", "zh-Hant-TW", "zh-Hant-TW"),
        *(("language_code", tag, "en") for tag in ("EN", "en-GB", "En-us", "en-Latn-US")),
        ("fingerprint", "0123456789abcdef", "0123456789abcdef"),
        ("file_name", "Une_photo.2018-10.JPG", "Une_photo.2018-10.JPG"),
        ("many", ["a", "b"], ["a", "b"]),
        ("many or one", "a", ["a"]),
        ("many or one", ["b", "a"], ["b", "a"]),
        ("labels", {"fr": "a"}, {"fr": "a"}),
        ("labels", {"en": "b", "fr": "a"}, {"en": "b", "fr": "a"}),
        ("record", {"date": "2018", "fr": "a"}, {"date": {"year": 2018, "month": 0, "day": 0}, "text": {"fr": "a"}}),
    ],
)
def test_a_good_value_is_read(name: str, data: Any, found: Any) -> None:
    assert read(READERS[name], data) == found


@pytest.mark.parametrize(
    ("name", "data", "message", "remedy"),
    [
        ("text", None, "text is expected", "double quotes"),
        ("text", "", "text is expected", "double quotes"),
        ("text", ["a"], "text is expected", "double quotes"),
        ("text", "a\nb", "one line", "Remove the line break"),
        ("text", "a" * 301, "301 characters", "within 300"),
        *(
            ("key", data, "cannot stand in an address", "Use a-z, 0-9 and single hyphens")
            for data in (
                None,
                "",
                "A",
                "é",
                "a b",
                "a_b",
                "a.b",
                "a/b",
                "-a",
                "a-",
                "a--b",
                "..",
                "a\n",
                "a" * 101,
                ["a"],
            )
        ),
        ("choice", "Denied", "“Denied” is not known", "Did you mean “denied”?"),
        ("choice", "xyz", "“xyz” is not known", "Write one of: denied, rumour."),
        ("choice", None, "is not known", ""),
        *(("boolean", data, "neither true nor false", "Write true or false") for data in (None, "maybe", "2", [])),
        *(("boolean", data, "neither true nor false", "Write true.") for data in ("yes", "True", "1", "on", "oui")),
        *(("boolean", data, "neither true nor false", "Write false.") for data in ("no", "FALSE", "0", "non")),
        *(
            ("number", data, "not a whole number", "digits")
            for data in (None, "-1", "1.0", "1e3", "١", "1_0", "9" * 10, "")
        ),
        *(
            ("moment", data, "not a whole ISO 8601 date", "Write YYYY-MM-DD")
            for data in (
                None,
                "2018",
                "2018-10",
                "15.10",
                "2018-10-15T08",
                "now",
                [],
            )
        ),
        *(
            ("moment", data, "not a whole ISO 8601 date", remedy)
            for data, remedy in (
                ("15/10/2018", "Write 2018-10-15."),
                ("05/10/2018", "Write 2018-10-05 or 2018-05-10."),
                ("2018-10-15 ", "Write 2018-10-15."),
                ("2018-10-15T8:30", "Write 2018-10-15T08:30."),
                ("2018-12-01 8h", "Write 2018-12-01T08:00."),
                ("1er décembre 2018 à 8 h 30", "Write 2018-12-01T08:30."),
                ("1 Dec 2018 at 8:30", "Write 2018-12-01T08:30."),
            )
        ),
        ("moment", "2018-11-31", "is not a day of the calendar", "The month ends on 2018-11-30"),
        ("moment", "1018-10-15", "out of range", "Write a year from 1970 to 2200"),
        ("moment", "0001-01-01T00:00Z", "out of range", "Write a year from 1970 to 2200"),
        *(
            ("partial_date", data, "not an ISO 8601 date", "Write YYYY, YYYY-MM or YYYY-MM-DD")
            for data in (
                None,
                "18",
                "2018-13",
                "2018-00",
                "2018-10-15T08:30",
                "0000",
                {},
            )
        ),
        ("partial_date", "2018-02-30", "is not a day of the calendar", "The month ends on 2018-02-28"),
        ("partial_date", "10/2018", "not an ISO 8601 date", "Write 2018-10."),
        ("partial_date", "oct. 2018", "not an ISO 8601 date", "Write 2018-10."),
        *(
            ("address", data, "not a web address", "starting with https://")
            for data in (
                *(
                    None,
                    "",
                    "//example.org/",
                    "/a",
                    "ftp://example.org/",
                    "javascript:alert(1)",
                    "data:,a",
                ),
                *(
                    "https:",
                    "https://",
                    "https:///a",
                    "https://[",
                    "https://a b/",
                    'https://a/"',
                    "https://a/<b>",
                    "https://a\\b",
                ),
                *("mailto:a@b.c", "https://a/\tb", "https://a/\u2003b", ["https://a/"]),
            )
        ),
        ("address", "www.example.org/a", "not a web address", "Write https://www.example.org/a."),
        *(("language_code", data, "not a language code", "two letters") for data in (None, "", "f", "xyzzy")),
        *(
            ("language_code", data, "not a language code", f"Write {code}.")
            for data, code in (
                *(("french", "fr"), ("Français", "fr"), ("anglais", "en"), ("allemand", "de")),
                *(("fr_FR", "fr-FR"), ("FR_fr", "fr-fr")),
            )
        ),
        *(
            ("fingerprint", data, "not a hash", "Write the one")
            for data in (None, "", "abc", "xyz" * 8, "A" * 16, "a" * 65)
        ),
        *(
            ("file_name", data, "not the name of a file of this folder", "plain file name")
            for data in (
                *(
                    None,
                    "",
                    "..",
                    ".",
                    ".a",
                    "../a",
                    "a/b",
                    "/a",
                    "a\\b",
                    "C:\\a",
                    "a\n",
                    "%2e%2e",
                    "~a",
                ),
                *("https://a/b.jpg", "-a"),
            )
        ),
        ("file_name", "Photo du câble.jpg", "spaces, accents or signs", "Rename the file “Photo-du-cable.jpg”"),
        ("file_name", "index.fr.md", "“index.fr.md” is the name of a text", "under another name"),
        ("file_name", "photo", "“photo” is not the name of a picture", "ends in .jpg, .jpeg, .png or .webp"),
        *(("many", data, "a list is expected", "Write [one, two]") for data in (None, [], {"a": "b"})),
        ("many", "a, b", "a list is expected", "Write [a, b]."),
        ("many", ["a", "b", "a"], "listed twice", "Keep one"),
        ("many", ["a"] * 1001, "1001 items are too many", "within 1000"),
        ("many or one", None, "a list is expected", "Write [one, two]"),
        *(
            ("labels", data, "a text per language is expected", "Write {fr: …, en: …}")
            for data in (None, "a", {}, ["a"])
        ),
        ("labels", {"eng": "a"}, "“eng” is not a language of the site", "Did you mean “en”?"),
        ("labels", {"fr": ""}, "text is expected", "double quotes"),
        ("record", "a", "named values are expected", 'Write {kind: "a", date: …, fr: …, en: …}.'),
        ("record", {"fr": "a"}, "“date” is missing", "Add date: …"),
        ("record", {"date": "2018"}, "a text per language is expected", "Write {fr: …, en: …}"),
        ("record", {"date": "2018", "fr": "a", "kid": "a"}, "“kid” is not known", "Did you mean “kind”?"),
        ("record", {"date": "2018", "fr": "a", "kind": "c"}, "“c” is not known", "Write one of: a, b."),
    ],
)
def test_a_bad_value_is_refused_with_its_line_and_a_remedy(name: str, data: Any, message: str, remedy: str) -> None:
    error = refusal(READERS[name], data)
    assert error.line == LINE
    assert message in str(error.message)
    assert remedy in str(error.remedy)


@given(st.text(max_size=40))
def test_an_address_that_is_read_is_one_of_the_web_and_safe_in_an_attribute(text: str) -> None:
    for data in (text, f"https://{text}", f"http://a.b/{text}"):
        found, _ = read_or_refuse(READERS["address"], data)
        if found is not None:
            assert urlsplit(found).scheme in ("http", "https")
            assert urlsplit(found).hostname
            assert not re.search(r"[\s\"<>]", found)


@given(st.text("ab./\\%-_~ \0\n", max_size=12))
def test_a_file_name_that_is_read_stays_in_its_folder(text: str) -> None:
    found, _ = read_or_refuse(READERS["file_name"], text)
    if found is not None:
        assert not set(found) & set("/\\%~\0\n ")
        assert not found.startswith(".")


@given(st.text(max_size=12))
def test_a_key_that_is_read_is_safe_in_an_address_and_on_any_disk(text: str) -> None:
    found, _ = read_or_refuse(READERS["key"], text)
    if found is not None:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found)


@given(st.datetimes(dt.datetime(1970, 1, 2), dt.datetime(2200, 12, 30)), st.integers(-14 * 60, 14 * 60))
def test_a_moment_with_an_offset_is_kept_as_the_same_moment(moment: dt.datetime, minutes: int) -> None:
    written = moment.replace(microsecond=0, tzinfo=dt.timezone(dt.timedelta(minutes=minutes)))
    assert dt.datetime.fromisoformat(read(READERS["moment"], written.isoformat())) == written


def test_a_value_in_a_list_is_refused_on_its_own_line() -> None:
    items = Value([Value("fibre", 8), Value("La mer", 9)], 7)
    with pytest.raises(Invalid) as raised:
        compound_fields.many(fields.key())(items, CONTEXT)
    assert raised.value.line == 9


def test_a_value_named_twice_in_a_list_is_refused_where_it_stands_again() -> None:
    items = Value([Value("fibre", 8), Value("mer", 9), Value("fibre", 10)], 7)
    with pytest.raises(Invalid) as raised:
        compound_fields.many(fields.key())(items, CONTEXT)
    assert raised.value.line == 10


def test_a_named_value_is_refused_on_its_own_line() -> None:
    source = Value({"date": Value("2018", 8), "kind": Value("c", 9)}, 7)
    with pytest.raises(Invalid) as raised:
        READERS["record"](source, CONTEXT)
    assert raised.value.line == 9
