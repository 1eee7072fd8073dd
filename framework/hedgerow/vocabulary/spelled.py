"""Values as a trader would write them: `22.00`, `35.00%`, `41 delta`, `unknown`."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from hedgerow.vocabulary.dates import DATE_NAMES
from hedgerow.vocabulary.units import Kind

_NAMED = {(number, kind): name for name, (number, kind) in DATE_NAMES.items()}

_MOST_NAMED = 13  # months and weekdays

_WRITTEN: dict[Kind, Callable[[float], str]] = {
    Kind.TRUTH: lambda value: "true" if value else "false",
    Kind.RATIO: lambda value: f"{value * 100:,.2f}%",
    Kind.RATIO_DIFFERENCE: lambda value: f"{value * 100:,.2f} pp",
    Kind.DAYS: lambda value: _counted(value, "day"),
    Kind.SESSIONS: lambda value: _counted(value, "session"),
    Kind.SD: lambda value: f"{value:,.2f} sd",
    Kind.DELTA: lambda value: f"{value * 100:,.1f} delta",
    Kind.POINTS: lambda value: f"{value:,.2f} points",
    Kind.MONEY: lambda value: f"-${-value:,.0f}" if value < 0 else f"${value:,.0f}",
    Kind.COUNT: lambda value: _counted(value, "contract"),
    Kind.MULTIPLE: lambda value: f"{value:,.2f} x",
}


def spelled(value: float, kind: Kind) -> str:
    """A value in base units with the unit of its kind."""
    if value != value:
        return "unknown"
    if value == inf:
        return "without end"
    named = _NAMED.get((round(value), kind)) if abs(value) < _MOST_NAMED else None
    return named or _WRITTEN.get(kind, _plain)(value)


def _counted(value: float, noun: str) -> str:
    return f"{value:,g} {noun}" if value == 1 else f"{value:,g} {noun}s"


def _plain(value: float) -> str:
    return f"{value:,.2f}"
