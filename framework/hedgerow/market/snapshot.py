"""The closes of n sessions as models see them, and one of them after a shock."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from hedgerow.market.futures_basis import FuturesBasis
from hedgerow.market.pricing import Array, Integers
from hedgerow.market.surface import Surface, surface_from
from hedgerow.market.variance_curve import (
    DAYS_A_YEAR,
    SHOCK_SHARES,
    VarianceCurve,
    shocked_pillars,
)
from hedgerow.market.wings import Wings

OPEN_LEAD = 0.27  # days from 16:00 to the 9:30 at which an AM contract settles, taken off its life
VVIX_TO_VIX = 0.288 + 0.266  # d ln VVIX / d ln VIX on one day, 2012-2026
LOWEST_VIX, HIGHEST_VIX = 5.0, 150.0  # points between which the model is solved
LOWEST_SPOT = 1.0  # point that a shock leaves of SPX

Levels = float | Array  # points: one, or several side by side


class Snapshots(Struct, frozen=True, eq=False):
    """Closes of n sessions, arrays (n,); `row` and `shocked` make records of one close."""

    ordinal: NDArray[np.int64]  # proleptic Gregorian day number
    spot: Array  # SPX points
    vix: Array  # points
    rate: Array  # continuous, per year
    dividend: Array  # yield of SPX, continuous, per year
    vvix: Array  # points, published or estimated
    pillars: Array  # (n, 4) points: VIX9D, VIX, VIX3M, VIX6M, published or estimated
    skew: Array  # Cboe SKEW, NaN where absent
    surface: Surface
    futures_curve: VarianceCurve  # what VIX futures are read from: before any shock
    futures_move: Array  # points VIX has moved by since that curve
    futures_basis: FuturesBasis  # of recorded futures against that curve
    wings: Wings  # of the modelled smiles

    def __len__(self) -> int:
        return len(self.spot)

    def row(self, index: int) -> Snapshots:
        """The close of one session alone; pricing it gives what pricing it among others gives."""
        part = slice(index, index + 1)
        return Snapshots(
            self.ordinal[part],
            self.spot[part],
            self.vix[part],
            self.rate[part],
            self.dividend[part],
            self.vvix[part],
            self.pillars[part],
            self.skew[part],
            self.surface.row(index),
            self.futures_curve.row(index),
            self.futures_move[part],
            self.futures_basis.row(index),
            self.wings,
        )

    def forward(self, rows: Integers, years: Array) -> Array:
        """SPX points for delivery in `years`."""
        carry = self.rate[rows] - self.dividend[rows]
        level: Array = self.spot[rows] * np.exp(carry * years)
        return level


def shocked(
    snapshots: Snapshots,
    index: int,
    spot: Levels | None = None,
    vix: Levels | None = None,
    shares: Array = SHOCK_SHARES,
) -> Snapshots:
    """The close of session `index` with SPX at `spot` and VIX at `vix` instead, points; arrays of
    VIX levels, and of as many of SPX, give as many closes.

    The pillars follow VIX by their `shares` of its move and the surface is solved anew; VIX futures
    move by their own betas. Means of past VIX, from which absent pillars were estimated, stay as
    they are: a shock is an instant, and no past is changed by it. No time passes.
    """
    before = snapshots.row(index)
    if spot is not None:
        spot = np.maximum(spot, LOWEST_SPOT)
    if vix is None:
        return before if spot is None else replace(before, spot=np.array([spot]))
    level = np.clip(np.atleast_1d(np.asarray(vix, dtype=np.float64)), LOWEST_VIX, HIGHEST_VIX)
    count = len(level)
    move = level - before.vix
    pillars = shocked_pillars(before.pillars.repeat(count, axis=0), move, shares)
    skew = before.skew.repeat(count)
    return Snapshots(
        before.ordinal.repeat(count),
        np.full(count, before.spot if spot is None else spot, dtype=np.float64),
        level,
        before.rate.repeat(count),
        before.dividend.repeat(count),
        before.vvix * (level / before.vix) ** VVIX_TO_VIX,
        pillars,
        skew,
        surface_from(level, pillars, skew, before.wings.spx_put),
        before.futures_curve.repeated(count),
        before.futures_move + move,
        before.futures_basis.repeated(count),
        before.wings,
    )


def years_to_settlement(
    ordinal: NDArray[np.int64], expiry: int | NDArray[np.int64], lead: float | Array
) -> Array:
    """Years from the closes of days `ordinal` to an expiry day, `lead` days short of its close."""
    years: Array = np.maximum(expiry - ordinal - lead, 0.0) / DAYS_A_YEAR
    return years


def one_sd(snapshots: Snapshots, rows: Integers, years: Array) -> Array:
    """SPX points of one standard deviation to an expiry, from its variance-swap volatility."""
    total = snapshots.surface.curve.total_variance(rows, years)
    points: Array = snapshots.spot[rows] * np.sqrt(total)
    return points
