"""Modelled VIX futures against settlements, by era and days to expiry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from hedgerow.market.snapshots_from_history import snapshots_from_history
from hedgerow.market.vix_futures import vix_future_prices

from tests.validation.material import history, settlements

TENORS = ((0, 7), (7, 21), (21, 45), (45, 75), (75, 120), (120, 180))  # days
ERAS = (("2004", "2012"), ("2013", "2018"))


def errors(data: Path, sisters: bool) -> tuple[np.ndarray, ...]:
    """Years, days to expiry, modelled and settled points of every settlement on a session."""
    snapshots = snapshots_from_history(history(data, sisters))
    table = settlements(data)
    day, expiry = (
        table[name].to_numpy("M8[D]").astype(np.int64) + 719163 for name in ("date", "expiry")
    )
    known = np.isin(day, snapshots.ordinal) & (expiry > day)
    day, expiry = day[known], expiry[known]
    rows = snapshots.ordinal.searchsorted(day)
    modelled = vix_future_prices(snapshots, rows, (expiry - day - 0.27) / 365.0)
    years = table["date"].str[:4].to_numpy(str)[known]
    return years, expiry - day, modelled, table["settle"].to_numpy(float)[known]


@dataclass(frozen=True)
class Miss:
    """Of the contracts of an era and a tenor."""

    rmse: float  # points
    mean: float  # points, absolute
    share: float  # percent of the settlement, absolute


def misses(data: Path, sisters: bool, era: tuple[str, str]) -> list[Miss]:
    """One for each of TENORS."""
    years, days, modelled, settled = errors(data, sisters)
    found = []
    for low, high in TENORS:
        at = (years >= era[0]) & (years <= era[1]) & (days > low) & (days <= high)
        miss = np.abs(modelled[at] - settled[at])
        rmse, share = np.sqrt(np.mean(miss**2)), 100 * np.mean(miss / settled[at])
        found.append(Miss(float(rmse), float(miss.mean()), float(share)))
    return found


def table(data: Path) -> Iterator[str]:
    """Markdown rows: rmse / mean absolute error, points, and mean absolute error, percent."""
    yield "| years, mode | " + " | ".join(f"{a} to {b} days" for a, b in TENORS) + " |"
    yield "| --- |" + " --- |" * len(TENORS)
    for first, last in ERAS:
        for mode, sisters in (("A", True), ("B", False)):
            cells = [
                f"{each.rmse:.2f} / {each.mean:.2f} / {each.share:.1f} %"
                for each in misses(data, sisters, (first, last))
            ]
            yield f"| {first} to {last}, {mode} | " + " | ".join(cells) + " |"


def naive(data: Path) -> str:
    """What taking VIX itself for the future would miss by, in words."""
    return " and ".join(
        f"{naive_rmse(data, low, high):.1f} points at {low} to {high} days"
        for low, high in ((21, 45), (75, 120))
    )


def naive_rmse(data: Path, low: int, high: int) -> float:
    """What taking VIX itself for the future would miss by from `low` to `high` days, points."""
    years, days, _, settled = errors(data, False)
    known = history(data, False)
    table = settlements(data)
    day = table["date"].to_numpy("M8[D]")
    expiry = table["expiry"].to_numpy("M8[D]")
    kept = np.isin(day, known.sessions) & (expiry > day)
    vix = known.series["VIX"].close[known.sessions.searchsorted(day[kept])]
    at = (days > low) & (days <= high) & (years >= "2004") & np.isfinite(vix)
    return float(np.sqrt(np.mean((vix[at] - settled[at]) ** 2)))
