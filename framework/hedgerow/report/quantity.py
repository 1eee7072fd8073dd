"""Numbers as they are written: every report spells a quantity the same way."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

MISSING = "n/a"


class Unit(StrEnum):
    TEXT = "text"
    MONEY = "money"  # cents; written in whole dollars
    RATIO = "ratio"  # 0.05; written 5.00%
    POINTS = "points"  # a difference of ratios, 0.05; written 5.00 pp
    NUMBER = "number"  # two decimals
    COUNT = "count"  # whole
    DAYS = "days"  # one decimal


class Sign(StrEnum):
    """Whether a plus is written."""

    MINUS_ONLY = "minus only"
    BOTH = "both"  # differences


class Quantity(Struct, frozen=True):
    """A number with its unit; None where it does not exist."""

    value: float | None
    unit: Unit
    sign: Sign = Sign.MINUS_ONLY


class Dated(Struct, frozen=True):
    """A quantity with the day of it, in one cell: where room is short, the day stands below."""

    quantity: Quantity
    on: date


class Range(Struct, frozen=True):
    """Two ends of an interval."""

    low: float
    high: float
    unit: Unit


class Word(Struct, frozen=True):
    """A verdict or another word a page may colour by its meaning."""

    text: str
    tone: str = "plain"  # good, bad, plain


Cell = str | float | date | Quantity | Dated | Range | Word | None


def row(*cells: Cell) -> tuple[Cell, ...]:
    """One row of a table."""
    return cells


def written(quantity: Quantity) -> str:
    """`$1,234`, `-5.00%`, `+0.12`; `n/a` where there is no number."""
    if quantity.value is None:
        return MISSING
    digits = _digits(abs(quantity.value), quantity.unit)
    nothing = not any(char in "123456789" for char in digits)
    if quantity.value < 0 and not nothing:
        return f"-{digits}"
    return f"+{digits}" if quantity.sign is Sign.BOTH and not nothing else digits


def percent(ratio: float) -> str:
    """`-5.00%`"""
    return written(Quantity(ratio, Unit.RATIO))


def dollars(cents: float) -> str:
    """`$1,234`"""
    return written(Quantity(cents, Unit.MONEY))


def written_range(ends: Range) -> str:
    """`-2.00 to +1.24 pp`: the unit once, both signs shown."""
    suffix = " pp" if ends.unit is Unit.POINTS else ""
    low, high = (
        written(Quantity(end, ends.unit, Sign.BOTH)).removesuffix(suffix)
        for end in (ends.low, ends.high)
    )
    return f"{low} to {high}{suffix}"


def written_cell(cell: Cell, unit: Unit) -> str:
    """A cell of a table; a plain number takes the unit of its column."""
    match cell:
        case None:
            return MISSING
        case Quantity():
            return written(cell)
        case Dated():
            return f"{written(cell.quantity)} on {cell.on}"
        case Range():
            return written_range(cell)
        case Word():
            return cell.text
        case str():
            return cell
        case date():
            return cell.isoformat()
        case _:
            return written(Quantity(cell, unit))


def _digits(size: float, unit: Unit) -> str:
    match unit:
        case Unit.MONEY:
            return f"${round(size / 100):,}"
        case Unit.RATIO:
            return f"{size * 100:,.2f}%"
        case Unit.POINTS:
            return f"{size * 100:,.2f} pp"
        case Unit.COUNT:
            return f"{round(size):,}"
        case Unit.DAYS:
            return f"{size:,.1f}"
        case _:
            return f"{size:,.2f}"
