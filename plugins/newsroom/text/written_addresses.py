"""Addresses in running text: they are shown as they are, and never typeset, split or explained."""

import re
from collections.abc import Iterator

#: Stands in a run of text for what is not prose: code, a picture, words in another language, an address.
OBJECT = "\ufffc"
#: What an address may hold, and what it may end with: a full stop after it belongs to the sentence.
_INSIDE = rf"[^\s<>«»“”{OBJECT}]"
_LAST = rf"[^\s<>«»“”{OBJECT}.,:;!?…'’\"*_~)\]]"
_ADDRESS = re.compile(
    rf"(?:(?<![\w+.-])(?:[A-Za-z][A-Za-z0-9+.-]*://|www\.|mailto:|tel:)"
    rf"|(?<![\w.@-])(?:[A-Za-z0-9-]+\.)+[a-z]{{2,}}(?=/))(?:{_INSIDE}*{_LAST})"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
_HIDDEN = re.compile(OBJECT)
#: Every address has one of these, and starts not far before it.
_HINTS = ("/", "@", "www.", "tel:")
_HINT = re.compile("|".join(map(re.escape, _HINTS)))
_BREAK = re.compile(rf"[\s<>«»“”(\[{OBJECT}]")
_TOKEN = re.compile(f"{_INSIDE}*")
_FAR = 300


def hide(text: str) -> tuple[str, str]:
    """Return ``text`` with every character of its addresses an :data:`OBJECT`, and what these stand for.

    Where there is no address, nothing is hidden.
    """
    if not any(hint in text for hint in _HINTS):
        return text, ""
    parts, kept, end = [], [], 0
    for start, stop in [*_addresses(text), (len(text), len(text))]:
        between = text[end:start]
        parts += [between, OBJECT * (stop - start)]
        kept += [OBJECT * between.count(OBJECT), text[start:stop]]
        end = stop
    return "".join(parts), "".join(kept)


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each address in ``text``."""
    # A row of hints is looked through once: where the last one stood, the last break before it, the end of its word.
    end = looked = broken = word = 0
    for hint in _HINT.finditer(text):
        at = hint.start()
        if at < end:
            continue
        for found in _BREAK.finditer(text, looked, at):
            broken = found.end()
        looked = at
        if at >= word:
            rest = _TOKEN.match(text, at)
            word = rest.end() if rest else at
        address = _ADDRESS.search(text, max(end, broken, at - _FAR), word)
        if not address:
            end = word
        elif address.end() > at:
            end = address.end()
            yield address.start(), end


def show(text: str, kept: str) -> str:
    """Return ``text`` with each :data:`OBJECT` replaced by what it stands for, in order."""
    chars = iter(kept)
    return _HIDDEN.sub(lambda _: next(chars), text) if kept else text
