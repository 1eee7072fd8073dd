"""Tables as HTML: captions and scopes for readers that listen, bars for intervals."""

from __future__ import annotations

import re
from datetime import date

from hedgerow.report.document import Column, Extent, Table
from hedgerow.report.markup import Markup, tag, together
from hedgerow.report.quantity import Cell, Dated, Quantity, Range, Unit, Word, written, written_cell

# Dates, and numbers with a sign.
_UNBROKEN = re.compile(
    r"(\b\d{4}-\d{2}(?:-\d{2})?\b|(?<![\w.])[-+]\$?\d(?:[\d,.]*\d)?%?"
    r"|`[^`]+`|(?<!\S)--[a-z-]+\b)"
)
_BAR_WIDTH = 120  # units of the drawing
_BAR_HEIGHT = 10

Scales = dict[Unit, float]  # largest end of an interval in the table


def table_markup(table: Table) -> Markup:
    """A table in a box that scrolls by itself where it is too wide or too long."""
    scales = _scales(table)
    body = (tag("tr", *_cells(table, cells, scales), **_row_class(cells)) for cells in table.rows)
    grid = tag(
        "table",
        tag("caption", tag("span", table.caption)),
        tag("thead", tag("tr", *_headers(table))),
        tag("tbody", *body),
    )
    kind = f"scroll {table.extent.value}"
    return tag("div", grid, class_=kind, role="group", aria_label=table.caption, tabindex="0")


def _headers(table: Table) -> list[Markup]:
    searched = table.extent is Extent.SEARCH
    return [
        tag(
            "th",
            tag("button", column.title, type="button") if searched else _title(column),
            scope="col",
            class_=_side(column.unit),
        )
        for column in table.columns
    ]


def _title(column: Column) -> Markup:
    """A title such as `difference` says to a listener of what."""
    if column.about in ("", column.title):
        return together([column.title])
    return together([column.title, tag("span", f", {column.about}", class_="spoken")])


def _row_class(cells: tuple[Cell, ...]) -> dict[str, str]:
    """Two spaces before a row's name put it under the row above."""
    first = cells[0]
    return {"class_": "under"} if isinstance(first, str) and first.startswith("  ") else {}


def _cells(table: Table, cells: tuple[Cell, ...], scales: Scales) -> list[Markup]:
    if set(cells[1:]) == {""}:  # the name of the rows below it has the whole width
        name = _content(cells[0], Unit.TEXT, scales)
        return [tag("th", name, scope="row", colspan=str(len(cells)))]
    found = []
    for place, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
        attributes = {"class_": _side(column.unit)}
        if table.extent is Extent.SEARCH:
            attributes["data_sort"] = _sort_key(cell)
        if place:
            found.append(tag("td", _content(cell, column.unit, scales), **attributes))
        else:
            found.append(tag("th", _content(cell, column.unit, scales), scope="row", **attributes))
    return found


def _content(cell: Cell, unit: Unit, scales: Scales) -> Markup:
    text = written_cell(cell, unit)
    match cell:
        case Word():
            return tag("span", text, class_=f"word {cell.tone}")
        case Range():
            low, high = text.split(" to ")
            ends = [_number(f"{low} to"), " ", _number(high)]
            return together([*ends, _bar(cell, scales[cell.unit])])
        case Dated():
            day = tag("span", f"on {cell.on}", class_="number")
            return together([_number(written(cell.quantity)), " ", day])
        case str() | date():
            return unbroken(text.strip())
        case _:
            return _number(text)


def _number(text: str) -> Markup:
    """A real minus sign, as wide as a plus, and never broken over two lines."""
    return tag("span", text.replace("-", "\N{MINUS SIGN}"), class_="number")


def unbroken(text: str) -> Markup:
    """Words, with no line break inside a date, a number with a sign, or what is to be typed; names
    may break after `_`.
    """
    parts = _UNBROKEN.split(text)  # every second one is a match
    return together(_whole(part) if place % 2 else _name(part) for place, part in enumerate(parts))


def _name(part: str) -> Markup:
    return Markup(together([part]).replace("_", "_<wbr>"))


def _whole(part: str) -> Markup:
    if part[0] == "`" or part.startswith("--"):
        return tag("code", part.strip("`"))
    return _number(part) if part[0] in "-+" else tag("span", part, class_="number")


def _bar(ends: Range, scale: float) -> Markup:
    """The interval as a line around zero; the words beside it say the same."""
    low, high = (_BAR_WIDTH / 2 * (1 + 0.95 * end / scale) for end in (ends.low, ends.high))
    tone = "good" if ends.low > 0 else "bad" if ends.high < 0 else "plain"
    middle, centre = _BAR_HEIGHT / 2, _BAR_WIDTH / 2
    line = tag("line", x1=f"{low:.1f}", x2=f"{max(high, low + 1):.1f}", y1=f"{middle:g}",
               y2=f"{middle:g}", class_=f"extent {tone}")  # fmt: skip
    zero = tag("line", x1=f"{centre:g}", x2=f"{centre:g}", y1="0", y2=f"{_BAR_HEIGHT}",
               class_="zero")  # fmt: skip
    return tag("svg", zero, line, viewBox=f"0 0 {_BAR_WIDTH} {_BAR_HEIGHT}", class_="bar",
               aria_hidden="true")  # fmt: skip


def _scales(table: Table) -> Scales:
    scales: Scales = {}
    for cell in (cell for cells in table.rows for cell in cells):
        if isinstance(cell, Range):
            largest = max(abs(cell.low), abs(cell.high), scales.get(cell.unit, 0.0))
            scales[cell.unit] = largest or 1.0
    return scales


def _sort_key(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Quantity():
            return "" if cell.value is None else repr(cell.value)
        case Range():
            return repr(cell.low)
        case Word():
            return cell.text
        case _:
            return str(cell)


def _side(unit: Unit) -> str:
    return "words" if unit is Unit.TEXT else "right"
