"""Figures as pages show them: their words in one language, a drawing, and a table that says the same."""

from collections.abc import Callable
from functools import partial

from msgspec import Struct

from newsroom.content.figures import Datum, Figure
from newsroom.content.models import Source
from newsroom.languages import Language
from newsroom.text.localised import date_text, number_text
from newsroom.views.drawings import Drawing, chart, columns, curve


class TableRow(Struct, frozen=True):
    """A line of the table: what, how much or when, and a remark.

    ``share`` and ``whole`` are the lengths of a bar and of the outline around it, from 0 to 100.
    """

    label: str
    said: str
    note: str = ""
    look: str = ""
    share: float | None = None
    whole: float | None = None


class FigureView(Struct, frozen=True):
    """One figure in one language; ``name`` is the address that a text shows it by."""

    name: str
    kind: str
    title: str
    caption: str
    unit: str
    rows: tuple[TableRow, ...]
    sources: tuple[Source, ...]
    drawing: Drawing | None = None


def figure_view(figure: Figure, name: str, language: Language, *, drawn: bool = True) -> FigureView:
    """Return ``figure`` in ``language``; where it is not ``drawn``, its table says the same."""
    code = language.code
    unit = figure.unit.get(code, "")

    def amount(datum: Datum) -> str:
        return number_text(datum.value, language.locale)

    def height(datum: Datum) -> str:
        return f"{amount(datum)}\u00a0{unit}"

    def day(datum: Datum) -> str:
        return date_text(datum.date, language.locale, language.typography) if datum.date else ""

    draw: Callable[[], Drawing] | None = None
    if figure.kind == "bars":
        rows = _bars(figure, language)
    elif figure.kind == "route":
        names = {spot.key: spot.label[code] for spot in figure.spots}
        rows = tuple(
            TableRow(leg.label[code], " – ".join(names[key] for key in leg.via), look=leg.state) for leg in figure.legs
        )
        draw = partial(chart, figure, code)
    elif figure.kind == "steps":
        rows = tuple(
            TableRow(day(datum), amount(datum), datum.label.get(code, ""), _look(datum)) for datum in figure.data
        )
        draw = partial(curve, figure, code, amount)
    else:
        said = height if figure.kind == "scale" else day
        rows = tuple(TableRow(datum.label[code], said(datum), look=_look(datum)) for datum in figure.data)
        draw = partial(columns, figure, code, said)
    drawing = draw() if draw and drawn else None
    caption = figure.caption.get(code, "")
    return FigureView(name, figure.kind, figure.title[code], caption, unit, rows, figure.sources, drawing)


def _look(datum: Datum) -> str:
    return "promised" if datum.promised else "limit" if datum.limit else ""


def _bars(figure: Figure, language: Language) -> tuple[TableRow, ...]:
    code, greatest = language.code, max(max(datum.value, datum.of or 0) for datum in figure.data) or 1
    return tuple(
        TableRow(
            datum.label[code],
            number_text(datum.value, language.locale),
            datum.note.get(code, ""),
            "accent" if datum.accent else "",
            round(100 * datum.value / greatest, 2),
            round(100 * datum.of / greatest, 2) if datum.of else None,
        )
        for datum in figure.data
    )
