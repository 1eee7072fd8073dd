"""Levels of a series beside what they are known to be: slips of unit, and the packaged sample."""

from __future__ import annotations

import numpy as np

from hedgerow.market.audit.finding import Finding, Kind, found
from hedgerow.market.audit.rows import Rows
from hedgerow.market.history import Floats
from hedgerow.market.snapshot import HIGHEST_VIX, LOWEST_VIX
from hedgerow.market.sources.sample import sample_history

_DIFFERENT = {"SPX": 0.06, "VIX": 0.006}  # points: more than what sources round to
_SLIP = 8.0  # times, or a part of: no market, but another unit
_VOLATILITIES = frozenset({"VIX", "VIX9D", "VIX3M", "VIX6M"})
_WORTH_COMPARING = 0.5  # percent: a rate near nothing tells no unit


def level_findings(rows: Rows) -> list[Finding]:
    """One finding of the unit, or the closes that differ from the packaged sample's."""
    ours, theirs, days = _common(rows)
    if len(ours):
        times = float(np.median(ours / theirs))
        if not 1.0 / _SLIP < times < _SLIP:
            sentence = f"values about {times:.3g} times the packaged sample's; give {_unit(rows)}"
            return [Finding(rows.file, Kind.UNIT, len(ours), said=sentence)]
    if rows.name in _VOLATILITIES:
        close = rows.close
        slips = rows.days((close > 0.0) & ((close < LOWEST_VIX) | (close > HIGHEST_VIX)))
        if slips:
            some = ", ".join(slips[:3])
            sentence = f"{len(slips):,} closes that are no points ({some}); give {_unit(rows)}"
            return [Finding(rows.file, Kind.UNIT, len(slips), tuple(slips), sentence)]
    if rows.name not in _DIFFERENT:
        return []
    apart = np.abs(ours - theirs) > _DIFFERENT[rows.name]
    return found(rows.file, Kind.DIFFERS, days[apart].tolist())


def _unit(rows: Rows) -> str:
    if rows.name == "RATE":
        return "percent: 4.5 means 4.5% a year"
    return "points: 20 means a volatility of 20%" if rows.name in _VOLATILITIES else "points"


def _common(rows: Rows) -> tuple[Floats, Floats, np.typing.NDArray[np.str_]]:
    """Values of both on the days that both have; none of a series the sample lacks."""
    sample = sample_history()
    series = sample.series.get(rows.name)
    known = np.full(len(sample), np.nan) if series is None else series.close
    if rows.name == "RATE":
        known = sample.rate * 100.0
    _, at, there = np.intersect1d(rows.dates, sample.sessions, return_indices=True)
    ours, theirs = rows.close[at], known[there]
    usable = (ours > 0.0) & (theirs > (_WORTH_COMPARING if rows.name == "RATE" else 0.0))
    return ours[usable], theirs[usable], rows.dates[at][usable].astype(str)
