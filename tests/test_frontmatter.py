"""Front matter: every value with its line, nothing but plain data, and a place for every mistake."""

import json
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from properties import examples

from newsroom.content.frontmatter import Value, decode, parse_mapping, problem, split
from newsroom.problems import Invalid
from newsroom.sentences import Sentence
from newsroom.text.characters import FORBIDDEN

#: Characters that may stand in a published text.
printable = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]).filter(lambda char: not FORBIDDEN.match(char))
texts = st.text(printable, max_size=40)
words = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
Plain = str | list["Plain"] | dict[str, "Plain"]
plain = st.recursive(
    texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3), max_leaves=8
)
#: What YAML is made of, so that random text is often nearly YAML.
SIGNS = (
    *("a", "b", "é", ": ", ":", "- ", "-", "[", "]", "{", "}", ", ", "\n", "  ", "\t", "'", '"', "|", ">", "#"),
    *("&a", "*a", "!", "!!str ", "?", "%", "@", "~", "\\", "<<", "---", "..."),
)
yaml_soup = st.lists(st.sampled_from(SIGNS)).map("".join)


def bare(value: Value) -> Plain | None:
    """Return ``value`` without its lines."""
    if isinstance(value.data, list):
        return [bare(item) for item in value.data]  # type: ignore[misc]
    if isinstance(value.data, dict):
        return {key: bare(item) for key, item in value.data.items()}  # type: ignore[misc]
    return value.data


def stripped(value: Plain) -> Plain:
    if isinstance(value, list):
        return [stripped(item) for item in value]
    if isinstance(value, dict):
        return {key: stripped(item) for key, item in value.items()}
    return unicodedata.normalize("NFC", value).strip()


def parse(source: str) -> Plain | None:
    return bare(parse_mapping(source, 1))


def value_of(source: str) -> Plain | None:
    found = parse(f"key: {source}")
    assert isinstance(found, dict)
    return found["key"]


def read_or_refuse(source: str) -> tuple[Value | None, Invalid | None]:
    try:
        return parse_mapping(source, 2), None
    except Invalid as error:
        return None, error


def refusal(source: str) -> Invalid:
    with pytest.raises(Invalid) as raised:
        parse_mapping(source, 2)
    return raised.value


# --- bytes → text ---------------------------------------------------------------------------


def decode_or_refuse(raw: bytes) -> tuple[str, Invalid | None]:
    try:
        return decode(raw), None
    except Invalid as error:
        return "", error


@given(st.binary(max_size=200))
def test_any_bytes_become_publishable_text_or_a_problem_with_its_line(raw: bytes) -> None:
    text, error = decode_or_refuse(raw)
    if error:
        assert 1 <= error.line <= raw.count(b"\n") + raw.count(b"\r") + 1
        assert str(error.message)
        assert str(error.remedy)
    assert not FORBIDDEN.search(text)
    assert "\r" not in text
    text.encode("utf-8")


@given(st.text(max_size=60))
@example("e\u0301")
def test_text_is_read_as_it_was_written_its_accents_with_their_letters(text: str) -> None:
    text = text.removeprefix("\ufeff")
    if FORBIDDEN.search(text):
        with pytest.raises(Invalid):
            decode(text.encode("utf-8", "surrogatepass"))
    else:
        assert decode(text.encode()) == unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte-order-mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["unix", "windows", "old-mac"])
def test_byte_order_marks_and_ends_of_line_do_not_matter(mark: bytes, end: bytes) -> None:
    assert decode(mark + end.join([b"---", b"a: b", b"---", "é".encode()])) == "---\na: b\n---\né"


@pytest.mark.parametrize(
    "code", [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFDD0, 0xFFFE, 0xFFFF]
)
def test_a_character_that_xml_cannot_carry_is_refused_with_its_line_and_number(code: int) -> None:
    with pytest.raises(Invalid) as raised:
        decode(f"un\ndeux {chr(code)}\ntrois".encode())
    assert raised.value.line == 2
    assert f"U+{code:04X}" in str(raised.value.message)


@pytest.mark.parametrize("char", [*"\t\u00a0\u202f\u200b\u2019\ufe0e😀ل", "x\u0301"])
def test_characters_of_real_texts_are_kept(char: str) -> None:
    assert decode(char.encode()) == char


@pytest.mark.parametrize(
    ("raw", "line", "byte"),
    [
        (b"\xff\xfea\0", 1, "0xFF"),
        (b"a\nb\xe9\n", 2, "0xE9"),
        (b"a\r\n\r\n\xc3", 3, "0xC3"),
        (b"\xed\xa0\x80", 1, "0xED"),
        (b"\xc0\xaf", 1, "0xC0"),
    ],
    ids=["utf-16", "latin-1", "cut-short", "surrogate", "overlong"],
)
def test_what_is_not_utf_8_is_refused_with_its_line_and_byte(raw: bytes, line: int, byte: str) -> None:
    with pytest.raises(Invalid) as raised:
        decode(raw)
    assert (raised.value.line, str(raised.value.remedy)) == (line, "Save the file as UTF-8.")
    assert byte in str(raised.value.message)


# --- text → front matter and body -----------------------------------------------------------


@given(head=st.lists(words.map("{}: x".format), max_size=5), body=st.text(printable | st.just("\n"), max_size=60))
def test_a_file_is_cut_into_front_matter_and_body_and_the_line_of_the_body(head: list[str], body: str) -> None:
    text = "\n".join(["---", *head, "---", body])
    source, rest, line = split(text)
    assert source.splitlines() == head
    assert rest == body
    assert text.split("\n")[line - 1 :] == body.split("\n")


@pytest.mark.parametrize("closing", ["---", "...", "---  ", "---\t"])
def test_front_matter_ends_with_dashes_or_dots(closing: str) -> None:
    assert split(f"---\na: b\n{closing}\ntexte") == ("a: b\n", "texte", 4)


def test_a_rule_in_the_body_is_no_end_of_front_matter() -> None:
    assert split("---\na: b\n---\nun\n\n---\n\ndeux")[1] == "un\n\n---\n\ndeux"


@pytest.mark.parametrize("text", ["", "\n", "texte"])
def test_a_file_without_front_matter_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="no front matter"):
        split(text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("--\n--\n", "the first line is “--”, not “---”"),
        ("----\n", "the first line is “----”, not “---”"),
        (" ---\n---\n", "something stands before the first “---”"),
        ("\n---\n---\n", "something stands before the first “---”"),
    ],
)
def test_front_matter_that_begins_otherwise_is_told_for_what_it_is(text: str, what: str) -> None:
    with pytest.raises(Invalid, match=what):
        split(text)


@pytest.mark.parametrize("text", ["---", "---\n", "---\na: b\n", "---\na: b\n ---\n", "---\na: b\n--- a\n"])
def test_front_matter_without_an_end_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="never ends"):
        split(text)


# --- front matter → values ------------------------------------------------------------------


@given(st.dictionaries(words, plain, max_size=5))
def test_what_is_written_in_quotes_is_read_back(values: dict[str, Plain]) -> None:
    """JSON is what programs write; its strings are YAML's double-quoted ones."""
    assert parse(json.dumps(values, ensure_ascii=False)) == stripped(values)


@given(st.dictionaries(words, st.lists(texts, min_size=1, max_size=4), max_size=5), st.integers(1, 50))
def test_every_value_has_the_line_it_stands_on(values: dict[str, list[str]], first: int) -> None:
    lines: list[str] = []
    expected: dict[str, tuple[int, list[int]]] = {}
    for key, items in values.items():
        expected[key] = first + len(lines), [first + len(lines) + 1 + place for place in range(len(items))]
        lines += [f"{key}:", *(f"  - {json.dumps(item, ensure_ascii=False)}" for item in items)]
    found = parse_mapping("\n".join(lines), first)
    assert isinstance(found.data, dict)
    lists = {key: value.data for key, value in found.data.items() if isinstance(value.data, list)}
    assert {key: (found.data[key].line, [item.line for item in items]) for key, items in lists.items()} == expected


@pytest.mark.parametrize(
    "source",
    [
        "no",
        "yes",
        "true",
        "2016-10",
        "2016-10-12",
        "2016",
        "0x10",
        "1e3",
        "012",
        ".5",
        "1_000",
        "12:30",
        "=",
        "«Un»",
        "a#b",
        "C#",
        "10€",
    ],
)
def test_a_value_is_the_text_the_editor_wrote(source: str) -> None:
    assert value_of(source) == source


@pytest.mark.parametrize("source", ["", "~", "null", "# rien"])
def test_a_value_left_out_is_no_value(source: str) -> None:
    assert value_of(source) is None


@pytest.mark.parametrize("source", ['"~"', "'null'", '""'])
def test_a_value_in_quotes_is_text(source: str) -> None:
    assert value_of(source) == source[1:-1]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("|\n  un\n  deux\n", "un\ndeux"),
        (">-\n  un\n  deux\n", "un deux"),
        ("un\n  deux\n", "un deux"),
        ("[a, [b], {c: d}]", ["a", ["b"], {"c": "d"}]),
        ("'l''été'", "l’été".replace("’", "'")),
        ('"\\u00e9\\x41\\t"', "éA"),
        ('"e\\u0301"', "é"),
    ],
    ids=["literal", "folded", "plain-on-two-lines", "flow", "single-quotes", "escapes", "escaped-accent"],
)
def test_the_plain_data_of_yaml_is_read(source: str, expected: Plain) -> None:
    assert value_of(source) == expected


@pytest.mark.parametrize("source", ["", "\n\n", "# rien\n", "~"])
def test_front_matter_may_be_empty(source: str) -> None:
    assert parse(source) == {}


@examples(300)
@given(yaml_soup)
def test_any_text_is_plain_data_or_a_problem_with_its_line(source: str) -> None:
    found, error = read_or_refuse(source)
    if error:
        assert 2 <= error.line <= source.count("\n") + 3
        assert str(error.message).endswith(".")
        assert str(error.remedy).endswith((".", "?"))
    else:
        assert found
        assert isinstance(found.data, dict)


# --- refusals -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "line", "message", "remedy"),
    [
        (
            "a: b\ntitle: Kuiper : la suite",
            3,
            "this is not YAML",
            "double quotes: it holds a colon followed by",
        ),
        ("title: Kuiper: what next", 2, "this is not YAML", "double quotes: it holds a colon followed by"),
        ("title: @wired", 2, "this is not YAML", "double quotes: it starts with a character that YAML keeps"),
        ("title: *Wired* publie", 2, "this is not YAML", "double quotes: it starts with a character that YAML keeps"),
        ("a:\n\t- b", 3, "this is not YAML", "Indent with spaces"),
        ("a: [b", 2, "“[” is opened here and never closed", "Write “]” at its end."),
        ('a: "b', 2, '“"” is opened here and never closed', 'Write “"” at its end.'),
        ('a: "b" c', 2, "a straight quotation mark stands inside a text", "Write “ ” or « » inside the text"),
        ("a: 1\nstatus:announced\nb: 2", 3, "no space follows the colon", "Write “status: announced”."),
        ("a: 1\nstatus announced\nb: 2", 3, "there is no colon on this line", "Write “status: …”."),
        ("a:\n\u00a0\u00a0- {b: c}", 3, "no-break spaces stand at the start", "Indent with ordinary spaces."),
        ("a: {b: c: d}", 2, "a text between brackets", "Put the texts between the brackets in double quotes."),
        ("a: 1\n  b: 2", 3, "the one before is complete", "Remove the spaces at its start."),
        ("{b:c: d}", 2, "no space follows the colon", "Write “b: c”."),
        ("a: &b c", 2, "anchors (& and *)", "double quotes"),
        ("a: 1\nb: *a", 3, "anchors (& and *)", "double quotes"),
        ("a: &b [c]", 2, "anchors (& and *)", "double quotes"),
        ("&b a: c", 2, "anchors (& and *)", "double quotes"),
        ("a: !b c", 2, "tags (!)", "double quotes"),
        ("a: !!int 3", 2, "tags (!)", "double quotes"),
        ("a: !!python/object/apply:os.system [b]", 2, "tags (!)", "double quotes"),
        ("a: ! b", 2, "tags (!)", "double quotes"),
        ("a: 1\nb: 2\na: 3", 4, "written twice", "Keep one"),
        ("a: {b: 1, b: 2}", 2, "written twice", "Keep one"),
        ("? [a]\n: b", 2, "a key must be a word", "key: value"),
        ("~: b", 2, "a key must be a word", "key: value"),
        ("- a", 2, "keys are expected", "key: value"),
        ("a", 2, "keys are expected", "key: value"),
        ("a: 1\n--- \nb: 2", 4, "a second YAML document", "one block of keys"),
        ('a: "\\x07"', 2, "U+0007 cannot be published", "Delete the escape"),
        ('a: 1\nb: "\\u200eb\\ufffe"', 3, "U+FFFE cannot be published", "Delete the escape"),
        ('"\\0": a', 2, "U+0000 cannot be published", "Delete the escape"),
        ("a: " + "[" * 9 + "]" * 9, 2, "nested too deep", "Check the brackets"),
        ("a: " + "{a: " * 9 + "}" * 9, 2, "nested too deep", "Check the brackets"),
    ],
)
def test_what_is_not_plain_data_is_refused_with_its_line_and_a_remedy(
    source: str, line: int, message: str, remedy: str
) -> None:
    error = refusal(source)
    assert error.line == line
    assert message in str(error.message)
    assert remedy in str(error.remedy)


@pytest.mark.parametrize(
    "source", ['{}: "\\x07"', "{}: &a b", "{}: !a b", "{}: " + "[" * 20, '{}: [b, "\\x07"]', "{0}: 1\n{0}: 2"]
)
def test_a_refusal_knows_the_key_it_is_under(source: str) -> None:
    assert refusal("other: [1]\n" + source.format("summary")).key == "summary"


def test_a_problem_has_the_key_of_its_error_or_the_one_it_is_given() -> None:
    what, remedy = Sentence("m."), Sentence("r.")
    assert problem("f", Invalid(3, what, remedy, "own"), "given").key == "own"
    assert problem("f", Invalid(3, what, remedy), "given").key == "given"
    assert str(problem("f", Invalid(3, what, remedy), "given")) == "f:3: given: m. r."


@pytest.mark.parametrize(
    "source",
    [
        "a: " + "[" * 200_000,
        "a: " + "{b: " * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "a:\n" + "".join(f"{' ' * depth}- b:\n" for depth in range(1, 2000)),
        "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(1000)),
        "a: " + "'" * 200_000,
        "a: " + '"\\' * 100_000,
        "".join(f"k{n}: v\n" for n in range(20_000)),
        "a: [" + "b, " * 50_000 + "]",
        "a: " + "b " * 100_000,
        "#" * 200_000,
    ],
    ids=lambda source: repr(source[:24]),
)
def test_hostile_front_matter_is_read_or_refused_in_seconds(source: str) -> None:
    start = time.process_time()
    _, error = read_or_refuse(source)
    assert error is None or error.line >= 2
    assert time.process_time() - start < 5
