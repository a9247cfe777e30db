"""No text makes a regular expression of the program work for more than a moment, however it was made to."""

import ast
import html
import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from contextlib import suppress
from types import FrameType

import pytest
from content_reading import converter

import desk
import newsroom
import publication
from newsroom.problems import Invalid
from newsroom.text.body import Converter
from newsroom.text.faults import as_written
from newsroom.text.typography import RULES
from newsroom.text.written_addresses import hide

#: What is repeated: what the patterns look for, and what they step over.
UNITS = (
    *("a", "A", "1", " ", "\n", "\t", "-", ".", "/", "@", ":", "#", "|", "~", "*", "`", "&", "$", "\\", "%", "'", '"'),
    *("<", "<a ", '<a "', "<a '", "<!--", "(", "[", "![", "](", "{", "{a", "«", "“", "—", "é", "’", "\u00a0", "\ufeff"),
    *("a.", "a-", "a'", "a@", "a:", "a/", "a ", "a, ", "a. ", "_a", "x=", 'x="', "1.", "1 ", "1\u00a0", "- ", "> "),
    *("`` ", ". ", " \n", "\n\n", "http://", "www.", "n° "),
)
ENDS = ("", "\0a")
SIGNS = 10_000
SECONDS = 0.5
_FLAGS = {"re.DOTALL": re.DOTALL, "re.MULTILINE": re.MULTILINE, "re.IGNORECASE": re.IGNORECASE, "re.ASCII": re.ASCII}
_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "split")


def used() -> Iterator[tuple[str, re.Pattern[str], str]]:
    """Yield where a pattern is used, the pattern and the method that is called with it."""
    for package in (newsroom, desk, publication):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(found.name)
            source = found.module_finder.find_spec(found.name, None).loader.get_source(found.name)  # type: ignore[union-attr]
            for call in ast.walk(ast.parse(source)):
                if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
                    continue
                subject, method = call.func.value, call.func.attr
                if not isinstance(subject, ast.Name) or method not in _METHODS:
                    continue
                pattern = getattr(module, subject.id, None)
                if subject.id == "re" and isinstance(call.args[0], ast.Constant):
                    named = [flag for text, flag in _FLAGS.items() if text in ast.unparse(call)]
                    pattern = re.compile(call.args[0].value, sum(named))
                if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
                    yield f"{found.name}:{call.lineno}", pattern, method
    for name, rules in RULES.items():
        for pattern, _ in rules:
            yield f"typography {name}", re.compile(pattern), "sub"


USED = list(used())


class TooLong(BaseException):
    """A pattern worked longer than it may."""


def stop(_number: int, _frame: FrameType | None) -> None:
    raise TooLong


def work(pattern: re.Pattern[str], method: str, text: str) -> None:
    if method == "sub":
        pattern.sub("", text)
    elif method == "finditer":
        for _ in pattern.finditer(text):
            pass
    else:
        getattr(pattern, method)(text)


def too_long(pattern: re.Pattern[str], method: str) -> list[str]:
    """Return the beginnings of the texts over which ``method`` spends too much time of the processor."""
    found = []
    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        for unit in UNITS:
            for end in ENDS:
                signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
                try:
                    work(pattern, method, unit * (SIGNS // len(unit)) + end)
                except TooLong:
                    found.append(f"{unit * 3}…{end}")
                finally:
                    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    finally:
        signal.signal(signal.SIGVTALRM, before)
    return found


def test_no_text_makes_a_pattern_work_for_long() -> None:
    """A pattern that starts again at every sign takes a minute for a hundred thousand of them."""
    seen = {(pattern.pattern, pattern.flags, method): (place, pattern, method) for place, pattern, method in USED}
    assert len(seen) > 90
    slow = {place: found for place, pattern, method in seen.values() if (found := too_long(pattern, method))}
    assert slow == {}


@pytest.mark.parametrize("pattern", [r"(a|a)*b", r"\s+$", r"(\w+\s?)*!x"])
def test_a_pattern_that_works_for_long_is_seen(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_patterns.SECONDS", 0.2)
    monkeypatch.setattr("test_patterns.UNITS", ("a", " "))
    assert too_long(re.compile(pattern), "search")


def test_no_row_of_signs_makes_looking_for_addresses_take_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_patterns.SIGNS", 50_000)
    monkeypatch.setattr("test_patterns.work", lambda _pattern, _method, text: hide(text))
    assert too_long(re.compile(""), "search") == []


@pytest.mark.slow
def test_no_row_of_signs_makes_a_body_take_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor do the patterns of the library that reads Markdown: what they cannot take is refused."""
    body = converter("fr")
    monkeypatch.setattr("test_patterns.SIGNS", 60_000)
    monkeypatch.setattr("test_patterns.SECONDS", 2)
    monkeypatch.setattr("test_patterns.ENDS", ("", "{#a"))
    for before in ("", "## a"):
        monkeypatch.setattr("test_patterns.work", lambda _, __, text, before=before: read(body, before + text))
        assert too_long(re.compile(""), "search") == []


def read(body: Converter, text: str) -> None:
    with suppress(Invalid):
        body.convert(text, "/media/articles/a")


@pytest.mark.parametrize("address", ["&" * 40, "\\" * 40, "\\!" * 40, "&amp;" * 40, "a-b&" * 40, "\"'<>" * 40])
def test_an_address_is_looked_for_in_one_way(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of its signs may be written in several ways, the row of them in as many as no machine tries."""
    units = {address[:end] for end in range(1, 6)}
    units |= {html.escape(unit) for unit in units} | {re.sub(r"(\W)", r"\\\1", unit) for unit in units}
    monkeypatch.setattr("test_patterns.UNITS", tuple(sorted(units)))
    assert too_long(re.compile(as_written(address) + "\0"), "search") == []


@pytest.mark.parametrize("address", ["a.png?x=1&y=2", "a\\b.png", "a\\\\.png", "x(1).png", "it's.png", "é-_.png"])
def test_an_address_is_found_however_it_is_written(address: str) -> None:
    ways = (address, html.escape(address), re.sub(r"([^\w\s])", r"\\\1", address), re.sub("&", r"\\&", address))
    for way in ways:
        found = re.search(as_written(address), f"![x]({way})")
        assert found
        assert found[0] == way
