"""The part of a style sheet that a page uses: no rule for elements and classes that are not on it.

A page holds its style sheet. What can match nothing there is left out, told from the page itself: no list
says which page has which component. Scripts put on a page only copies of what it holds (its ``template`` elements).
"""

import re
from collections.abc import Iterator

from msgspec import Struct

#: What ends a piece of a style sheet, or hides such a sign (CSS Syntax Level 3, 4.3.5 and 4.3.6).
_SIGN = re.compile(r""""(?:\\.|[^"])*"|'(?:\\.|[^'])*'|url\([^"')]*\)|[{};]""")
#: At-rules that hold rules; what the others hold says nothing of elements.
_GROUPS = ("@layer", "@media", "@supports", "@container")
#: What may be true of any element, or of another one than the rule is for: states, ids, attributes, arguments.
_ARGUMENTS = re.compile(r"\([^()]*\)")
_STATES = re.compile(r"\[[^\]]*\]|#[\w-]+|::?[\w-]+")
_NAME = re.compile(r"\.?(?<![\w-])[a-zA-Z][\w-]*")
_ELEMENT = re.compile(r"<([a-zA-Z][^\s/>]*)")
#: In ``data-class`` too, in vain: to ask what is before takes four times as long as to look for letters.
_CLASSES = re.compile(r'class="([^"]*)"')
#: Elements of every page, which need not be written.
_ALWAYS = frozenset(("html", "head", "body"))


class Selector(Struct, frozen=True):
    """A selector, and the names of the elements (``p``) and classes (``.meta``) without which it matches nothing."""

    text: str
    needs: frozenset[str]


class Rule(Struct, frozen=True):
    """A part of a style sheet: a rule, a group of rules, or one that is kept as it is and has no selectors.

    ``text`` is what stands in the braces of a rule, the name of a group, or all of what is kept.
    """

    text: str
    selectors: tuple[Selector, ...] = ()
    group: tuple["Rule", ...] | None = None

    def used(self, names: frozenset[str]) -> str:
        """Return what is used of it on a page that has elements and classes of these names."""
        if self.group is not None:
            inside = "".join(rule.used(names) for rule in self.group)
            return f"{self.text}{{{inside}}}" if inside else ""
        if not self.selectors:
            return self.text
        selectors = ",".join(selector.text for selector in self.selectors if selector.needs <= names)
        return f"{selectors}{{{self.text}}}" if selectors else ""

    @property
    def names(self) -> frozenset[str]:
        """The names on which it depends what is used."""
        inside = [rule.names for rule in self.group or ()]
        return frozenset().union(*inside, *(selector.needs for selector in self.selectors))


def parse_style(sheet: str) -> tuple[Rule, ...]:
    """Return the rules of a style sheet without comments, which a minifier has written."""
    return tuple(_rules(sheet))


def used_style(rules: tuple[Rule, ...], names: frozenset[str]) -> str:
    """Return the style sheet of a page that has elements and classes of these ``names``."""
    return "".join(rule.used(names) for rule in rules)


def names_in(html: str) -> frozenset[str]:
    """Return the names of the elements and classes that the body of a page holds."""
    classes = {f".{name}" for value in set(_CLASSES.findall(html)) for name in value.split()}
    return _ALWAYS.union(map(str.lower, set(_ELEMENT.findall(html))), classes)


def _rules(sheet: str) -> Iterator[Rule]:
    start, opened, depth = 0, 0, 0
    for sign in _SIGN.finditer(sheet):
        if sign[0] == "{":
            opened = opened if depth else sign.start()
            depth += 1
        elif sign[0] == "}":
            depth -= 1
        if depth or sign[0] not in (";", "}"):
            continue
        whole = sheet[start : sign.end()]
        yield Rule(whole) if sign[0] == ";" else _block(whole, sheet[start:opened], sheet[opened + 1 : sign.start()])
        start = sign.end()


def _block(whole: str, prelude: str, inside: str) -> Rule:
    if prelude.startswith(_GROUPS):
        return Rule(prelude, group=parse_style(inside))
    if prelude.startswith("@"):
        return Rule(whole)
    return Rule(inside, tuple(Selector(text, _needs(text)) for text in _split(prelude)))


def _split(selectors: str) -> list[str]:
    """Return the selectors of a list; a comma inside of parentheses or brackets, however deep, parts nothing."""
    if "(" not in selectors and "[" not in selectors:
        return selectors.split(",")
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(selectors):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and not depth:
            parts.append(selectors[start:place])
            start = place + 1
    return [*parts, selectors[start:]]


def _needs(selector: str) -> frozenset[str]:
    plain = selector
    while plain != (plain := _ARGUMENTS.sub("", plain)):
        pass
    return frozenset(_NAME.findall(_STATES.sub("", plain)))
