"""Recorded chains as the market asks for them: a day and an expiry at a time."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hedgerow.market.chains.classes import Class, class_of_expiry
from hedgerow.market.chains.day import STRIKE
from hedgerow.market.chains.quotes import CALL, PUT
from hedgerow.market.chains.report import ChainReport
from hedgerow.market.contract import Expiry, Right
from hedgerow.market.pricing import Array, Flags
from hedgerow.market.underlyings import INDICES

SLICE = np.dtype(
    [
        ("date", "<i4"),  # day number
        ("kind", "u1"),  # of `classes.Class`
        ("expiry", "<i4"),  # day number
        ("start", "<i8"),  # rows of its strikes
        ("stop", "<i8"),
        ("forward", "<f8"),  # points
        ("discount", "<f8"),
    ]
)
Days: TypeAlias = NDArray[np.int64]
Rows: TypeAlias = NDArray[np.intp]

_NOWHERE = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.intp))
_SIDE = {Right.PUT: PUT, Right.CALL: CALL}


class Slice(Struct, frozen=True, eq=False):
    """The quotes of one expiry at one close, and the curve through their mids."""

    forward: float  # points
    discount: float
    strikes: Array  # every quoted strike, ascending, points
    bids: Array  # (n, 2) put, call: points; 0 where nobody bids, nan where a side is not quoted
    asks: Array
    knots: Array  # ln(strike / forward) of the strikes on the curve, ascending
    variance: Array  # total, at the knots
    slopes: Array  # of the variance at the knots

    def distance(self, strikes: Array) -> Array:
        away: Array = np.log(strikes / self.forward)
        return away

    def within(self, distance: Array) -> Flags:
        """Between the lowest and the highest strike of the curve."""
        inside: Flags = (distance >= self.knots[0]) & (distance <= self.knots[-1])
        return inside

    def total_vol(self, distance: Array) -> Array:
        """Implied volatility times the root of the years: the monotone cubic in (ln(K/F), total
        variance); beyond the curve's ends, its end."""
        inside = np.clip(distance, self.knots[0], self.knots[-1])
        at = np.clip(np.searchsorted(self.knots, inside, side="right") - 1, 0, len(self.knots) - 2)
        width = self.knots[at + 1] - self.knots[at]
        share = (inside - self.knots[at]) / width
        rest = 1.0 - share
        variance = (
            self.variance[at] * rest * rest * (1.0 + 2.0 * share)
            + self.variance[at + 1] * share * share * (1.0 + 2.0 * rest)
            + width * share * rest * (self.slopes[at] * rest - self.slopes[at + 1] * share)
        )
        vol: Array = np.sqrt(variance)
        return vol

    def spread(self, right: Right, strike: float) -> float:
        """Points between bid and ask; nan where that very option was not quoted."""
        at = int(np.searchsorted(self.strikes, strike))
        if at == len(self.strikes) or self.strikes[at] != strike:
            return float("nan")
        side = _SIDE[right]
        return float(self.asks[at, side] - self.bids[at, side])


class Chains(Struct, frozen=True, eq=False):
    """Slices by day and expiry, mapped from the store that `chains_from_folder` made."""

    path: Path | None  # of the strikes; None: nothing is recorded
    slices: NDArray[np.void]  # of SLICE
    report: ChainReport
    fingerprint: str  # of all that can be read from it; empty where there is nothing
    _at: dict[tuple[int, int], tuple[Days, Rows]]  # (class, expiry) -> days and rows of slices

    @staticmethod
    def none() -> Chains:
        return Chains(None, np.empty(0, dtype=SLICE), ChainReport(), "", {})

    @staticmethod
    def of(path: Path, slices: NDArray[np.void], report: ChainReport, fingerprint: str) -> Chains:
        """Of slices in order of their days."""
        rows: dict[tuple[int, int], list[int]] = {}
        keys = zip(slices["kind"].tolist(), slices["expiry"].tolist(), strict=True)
        for at, key in enumerate(keys):
            rows.setdefault(key, []).append(at)
        dates = slices["date"].astype(np.int64)
        found = {key: (dates[of_it], np.array(of_it)) for key, of_it in rows.items()}
        return Chains(path, slices, report, fingerprint, found)

    def __bool__(self) -> bool:
        return bool(self._at)

    def days_of(self, expiry: Expiry) -> Days:
        """Day numbers at whose close the expiry can be priced from quotes, ascending."""
        return self._of(expiry)[0]

    def has(self, day: int, expiry: Expiry) -> bool:
        """Whether an expiry has quotes at the close of day number `day`."""
        days, _ = self._of(expiry)
        at = int(days.searchsorted(day))
        return at < len(days) and bool(days[at] == day)

    def slice(self, day: int, expiry: Expiry) -> Slice | None:
        """Those quotes; None where there are none."""
        if self.path is None or not self.has(day, expiry):
            return None
        days, rows = self._of(expiry)
        row = self.slices[rows[int(days.searchsorted(day))]]
        strikes = _mapped(self.path)[row["start"] : row["stop"]]
        curve = strikes[np.isfinite(strikes["variance"])]
        forward = float(row["forward"])
        return Slice(
            forward,
            float(row["discount"]),
            strikes["strike"],
            strikes["bid"],
            strikes["ask"],
            np.log(curve["strike"] / forward),
            curve["variance"],
            curve["slope"],
        )

    def days(self, underlying: str) -> Days:
        """Day numbers with quotes of options on an underlying, ascending."""
        if underlying not in INDICES:
            return np.empty(0, dtype=np.int64)
        of_it = (self.slices["kind"] == Class.VIX_OPEN) == (underlying == "VIX")
        return np.unique(self.slices["date"][of_it]).astype(np.int64)

    def _of(self, expiry: Expiry) -> tuple[Days, Rows]:
        return self._at.get((class_of_expiry(expiry), expiry.date.toordinal()), _NOWHERE)


@lru_cache(maxsize=4)
def _mapped(path: Path) -> NDArray[np.void]:
    """One mapping a process, so that a market can be sent to another one."""
    return np.memmap(path, dtype=STRIKE, mode="r")
