"""Figures: drawings that an editor writes as data, as they are once read."""

from msgspec import Struct

from newsroom.content.models import Source
from newsroom.dates import PartialDate

#: What a line of a map may be.
STATES = ("built", "planned", "refused")


class Datum(Struct, frozen=True):
    """A bar, a point, a height or an event.

    ``of`` is what ``value`` is a part of; ``promised`` marks what was announced and ``limit`` a
    line to be reached, not what happened; ``accent`` marks the point of the figure.
    """

    label: dict[str, str] = {}
    note: dict[str, str] = {}
    value: float = 0
    of: float | None = None
    date: PartialDate | None = None
    promised: bool = False
    limit: bool = False
    accent: bool = False


class Spot(Struct, frozen=True):
    """A place of a map: its key in the file, its name, its longitude and latitude in degrees."""

    key: str
    label: dict[str, str]
    at: tuple[float, float]


class Leg(Struct, frozen=True):
    """A line of a map from place to place, and its state, one of :data:`STATES`."""

    via: tuple[str, ...]
    label: dict[str, str]
    state: str


class Figure(Struct, frozen=True):
    """A figure: its kind, its words by language, where its numbers were read, its numbers."""

    kind: str
    title: dict[str, str]
    sources: tuple[Source, ...]
    caption: dict[str, str] = {}
    unit: dict[str, str] = {}
    data: tuple[Datum, ...] = ()
    spots: tuple[Spot, ...] = ()
    legs: tuple[Leg, ...] = ()
