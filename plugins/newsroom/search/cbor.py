"""Concise Binary Object Representation (RFC 8949), as far as search indexes use it.

Whole numbers from zero, texts and arrays of known length; anything else is refused.
"""

from typing import TypeAlias

Value: TypeAlias = "int | str | list[Value]"
_NUMBER, _TEXT, _ARRAY = 0, 3, 4


def decode(data: bytes) -> Value:
    """Return the one value that ``data`` holds; raise ``ValueError`` when it holds another kind, or more."""
    value, end = _read(data, 0)
    if end != len(data):
        raise ValueError(f"{len(data) - end} bytes are left over")
    return value


def encode(value: Value) -> bytes:
    """Return ``value`` in its preferred serialisation (RFC 8949, 4.1)."""
    if isinstance(value, int):
        return _head(_NUMBER, value)
    if isinstance(value, str):
        text = value.encode()
        return _head(_TEXT, len(text)) + text
    return _head(_ARRAY, len(value)) + b"".join(map(encode, value))


def _read(data: bytes, at: int) -> tuple[Value, int]:
    """Return the value that begins ``at``, and where it ends."""
    if at >= len(data):
        raise ValueError("the end is missing")
    kind, number = data[at] >> 5, data[at] & 31
    at += 1
    if 24 <= number <= 27:
        length = 1 << (number - 24)
        number, at = int.from_bytes(data[at : at + length], "big"), at + length
    elif number > 27:
        raise ValueError(f"a length of kind {number} is not read here")
    if kind == _NUMBER:
        return number, at
    if kind == _TEXT:
        return data[at : at + number].decode(), at + number
    if kind != _ARRAY:
        raise ValueError(f"a value of kind {kind} is not read here")
    items: list[Value] = []
    for _ in range(number):
        item, at = _read(data, at)
        items.append(item)
    return items, at


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    size = next(size for size in range(4) if number < 1 << (8 << size))
    return bytes([kind << 5 | 24 + size]) + number.to_bytes(1 << size, "big")
