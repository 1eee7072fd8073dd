"""Small markets for laws and stories, and the notation in which a failing one is written down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from math import isnan, nan

import numpy as np
from hedgerow.market.calendar import nyse
from hedgerow.market.history import History, Series, history_of
from hypothesis import strategies as st
from msgspec.structs import replace

STARTS = (  # each the first year of something: VIX options, then Wednesdays, then every day
    date(2018, 1, 2),
    date(2000, 1, 3),
    date(2006, 6, 1),
    date(2016, 1, 4),
    date(2022, 9, 1),
)


def market(
    spx: Sequence[float], vix: Sequence[float], start: date = STARTS[0], opens: bool = True
) -> History:
    """A history of these closes on New York sessions from `start` on; nan is a missing close.

    Opens lie half-way between two closes.
    """
    known = nyse().sessions
    first = int(np.searchsorted(known, np.datetime64(start)))
    series = {
        name: Series(np.array(closes, dtype=float), _opens(closes) if opens else None)
        for name, closes in (("SPX", spx), ("VIX", vix))
    }
    return history_of(known[first : first + len(spx)], series)


def _opens(closes: Sequence[float]) -> np.ndarray:
    values = np.array(closes, dtype=float)
    return np.round((values + np.concatenate([values[:1], values[:-1]])) / 2, 2)


@st.composite
def histories(
    draw: st.DrawFn,
    min_sessions: int = 60,
    max_sessions: int = 200,
    starts: Sequence[date] = STARTS,
    other: str = "",
) -> History:
    """Markets of basis-point moves of SPX and tenths of VIX; they shrink to a flat, short one.

    With the name of another underlying it is there as well, a fifth of SPX and wilder.
    """
    moves = st.tuples(st.integers(-400, 400), st.integers(-30, 30))
    drawn = draw(st.lists(moves, min_size=min_sessions - 1, max_size=max_sessions - 1))
    spx, vix = [2000.0], [float(draw(st.integers(10, 40)))]
    for points, tenths in drawn:
        spx.append(max(round(spx[-1] * (1 + points / 10_000), 2), 100.0))
        vix.append(min(max(round(vix[-1] + tenths / 10, 2), 9.0), 90.0))
    start, opens = draw(st.sampled_from(starts)), draw(st.booleans())
    found = market(spx, vix, start, opens)
    if not other:
        return found
    leaning = draw(st.integers(-30, 30))  # basis points a session beyond half more than SPX moves
    away = np.cumsum(np.full(len(spx), leaning / 10_000))
    prices = np.round(400.0 * (np.array(spx) / spx[0]) ** 1.5 * np.exp(away - away[0]), 2)
    return replace(found, series={**found.series, other: Series(np.maximum(prices, 5.0))})


def in_percent(values: Sequence[float]) -> str:
    """A series as a test block writes it, its moves in percent: `2000 x20, -3%`."""
    return _notation(values, _percent)


def in_points(values: Sequence[float]) -> str:
    """A series as a test block writes it, its moves in points: `15 x20, +6`."""
    return _notation(values, _points)


def read_notation(text: str) -> list[float]:
    """The values a series notation stands for."""
    values: list[float] = []
    for item in text.split(", "):
        word, _, count = item.partition(" x")
        if word == "_":
            value = nan
        elif word.endswith("%"):
            value = round(values[-1] * (1 + float(word[:-1]) / 100), 2)
        else:
            value = float(word) + (values[-1] if word[0] in "+-" else 0)
        values += [round(value, 2)] * int(count or 1)
    return values


def _notation(values: Sequence[float], move: Callable[[float, float], str | None]) -> str:
    items: list[str] = []
    before = nan
    for word, run in groupby("_" if isnan(value) else f"{value:g}" for value in values):
        count = len(list(run))
        value = nan if word == "_" else float(word)
        relative = None if isnan(value) or isnan(before) or count > 1 else move(before, value)
        items.append((relative or word) + (f" x{count}" if count > 1 else ""))
        before = value
    return ", ".join(items)


def _percent(before: float, value: float) -> str | None:
    """The move in percent, where two decimals say it exactly."""
    percent = round((value / before - 1) * 100, 2)
    exact = round(before * (1 + percent / 100), 2) == value
    return f"{percent:+g}%" if exact else None


def _points(before: float, value: float) -> str:
    return f"{round(value - before, 2):+g}"
