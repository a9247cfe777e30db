"""One line stays one line: a value of one line when it is read, a message on a terminal when it is told."""

import io
import re
import unicodedata
from pathlib import Path

import pytest
from content_reading import CONTEXT, SOUND, french, problems_of, write_files
from hypothesis import given
from hypothesis import strategies as st

from newsroom.content import fields
from newsroom.content.frontmatter import Value
from newsroom.problems import Invalid, Problem, Problems, legible
from newsroom.sentences import Sentence, say

FR = "articles/cable/index.fr.md"
#: What ends a line for some reader of text (Unicode 15, 5.8; ``str.splitlines``).
ENDS = "\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"
#: What a terminal obeys, or shows in another order than it is.
HOSTILE = "\x1b[2J\x1b]0;owned\x07", "\x9b31m", "\u202eevil", "\u2066a\u2069", "\u200f", "a\x00b", "a\x08b", "\x7f"
anything = st.text(st.characters(categories=[*("C", "L", "N", "P", "S", "Z")]), max_size=300)


# --- values ---------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ENDS, ids=ascii)
def test_a_value_of_one_line_has_no_end_of_line_of_any_kind(end: str) -> None:
    for data in (f"a{end}b", f"{end}a", f"a{end}"):
        with pytest.raises(Invalid) as raised:
            fields.text()(Value(data, 7), CONTEXT)
        assert (raised.value.line, str(raised.value.message)) == (7, "this must stand on one line.")


@pytest.mark.parametrize("end", ["\\r", "\\n", "\\r\\n"])
def test_an_escaped_end_of_line_reaches_no_page(end: str, tmp_path: Path) -> None:
    write_files(tmp_path / "content", {**SOUND, FR: french(f'title: "a{end}b"')})
    (problem,) = problems_of(tmp_path)
    assert (problem.line, problem.key, str(problem.message)) == (2, "title", "this must stand on one line.")


# --- messages -------------------------------------------------------------------------------


def is_safe(line: str) -> bool:
    """Tell whether a terminal shows ``line`` as it is, on one line."""
    return not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in line)


def said(text: str) -> Sentence:
    """Return a sentence that is nothing but ``text``."""
    return say("{text}", text=text)


@given(anything, anything, anything, anything)
def test_a_problem_is_one_line_that_any_terminal_and_any_pipe_can_take(
    file: str, key: str, message: str, remedy: str
) -> None:
    problem = Problem(file, 3, key, said(message), said(remedy))
    shown = str(problem)
    assert is_safe(shown)
    shown.encode("utf-8", "strict")
    assert str(Problems([problem])).count("\n") == 1


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_what_a_terminal_obeys_is_shown_and_not_obeyed(text: str, tmp_path: Path) -> None:
    if "\0" not in text:
        write_files(tmp_path / "content", {**SOUND, f"articles/{text}/index.fr.md": french()})
        (problem,) = problems_of(tmp_path)
        assert is_safe(str(problem))
        assert str(problem).startswith("content/articles/")
    shown = str(Problem("a", 1, "key", said(f"“{text}” is not known."), said(f"Did you mean “{text}”?")))
    escaped = re.findall(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4})", shown)
    assert len(escaped) == 2 * sum(not is_safe(char) for char in text)


def test_what_is_only_unusual_is_shown_as_it_is() -> None:
    text = "« Où ? » – l’été\u00a0: 12\u202f000 km, Ωmega, 日本, 🙂, a\\b"
    assert legible(text) == text


@pytest.mark.parametrize("end", ["\\n", "\\r", "\\t"])
def test_a_value_with_an_end_of_line_is_told_on_one_line(end: str, tmp_path: Path) -> None:
    write_files(tmp_path / "content", {**SOUND, FR: french(f'topics: ["a{end}b"]')})
    (problem,) = problems_of(tmp_path)
    assert f"there is no “a{end}b”." in str(problem)


def test_a_folder_with_an_end_of_line_in_its_name_is_told_on_one_line(tmp_path: Path) -> None:
    write_files(tmp_path / "content", {**SOUND, "articles/a\nb/index.fr.md": french()})
    (problem,) = problems_of(tmp_path)
    assert str(problem) == "content/articles/a\\nb: a key is made of a-z, 0-9 and hyphens. Rename it “a-b”."


def test_a_name_that_is_not_utf_8_can_be_printed_where_only_utf_8_is_taken() -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="strict")
    name = b"content/caf\xe9.png".decode("utf-8", "surrogateescape")
    print(Problem(name, 0, "", said("this is not a plain file."), said(f"Remove “{name}”.")), file=out)
    out.flush()
    assert out.buffer.getvalue().startswith(b"content/caf\\udce9.png: ")  # type: ignore[attr-defined]


LONG = 100_000


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        (f"slug: {'A' * LONG}", "Use a-z, 0-9 and single hyphens, 100 at most."),
        (f"status: {'A' * LONG}", "is not known here. Write one of: "),
        (f"date: {'2' * LONG}", "is not a whole ISO 8601 date. Write YYYY-MM-DD, for instance 2018-10-15, or"),
        (f"status: {'A” “' * LONG}", "is not known here. Write one of: "),
        (f"status: {'“' * LONG}", "is not known here. Write one of: "),
        (f"{'k' * 1000}: a", "this key is not known. Write one of: "),
        (f"sources: [{{publisher: a, date: 2016, language: fr, {'k' * 1000}: b}}]", "is not known here. "),
    ],
    ids=["key", "choice", "date", "value-of-quotations", "value-of-quotation-marks", "name-of-a-key", "name-inside"],
)
def test_a_long_value_is_told_by_its_ends(line: str, ends: str, tmp_path: Path) -> None:
    write_files(tmp_path / "content", {**SOUND, FR: french(line)})
    (problem,) = problems_of(tmp_path)
    shown = str(problem)
    assert shown.startswith(f"content/{FR}:")
    assert ends in shown
    assert "…" in shown
    assert len(shown) < 900


@given(st.integers(0, 300))
def test_a_value_is_shown_whole_up_to_eighty_characters(length: int) -> None:
    shown = legible(f"“{'a' * length}” is one, “b” is another.")
    value = re.match("“(.*?)” is one, “b” is another.$", shown)
    assert value
    assert len(value[1]) == min(length, 80)
    assert ("…" in shown) == (length > 80)
