"""One modelled close, and the exchange's own formula to look at it with."""

from __future__ import annotations

from datetime import date

import numpy as np
from hedgerow.market.futures_basis import FuturesBasis
from hedgerow.market.pricing import Array
from hedgerow.market.snapshot import Snapshots
from hedgerow.market.spx_options import spx_slices
from hedgerow.market.surface import surface_from
from hedgerow.market.variance_curve import pillars_of
from hedgerow.market.vix_options import estimated_vvix
from hedgerow.market.wings import MEASURED, Wings

ROW = np.zeros(1, dtype=np.intp)


def close_of(
    vix: float,
    slow: float | None = None,
    fast: float | None = None,
    spot: float = 4000.0,
    listed: tuple[float, float, float] = (np.nan, np.nan, np.nan),
    skew: float = np.nan,
    wings: Wings = MEASURED,
) -> Snapshots:
    """A close at this VIX; `slow` and `fast` are the levels VIX comes from, points."""
    level = np.array([vix])
    slow_mean, fast_mean = np.log([slow or vix]), np.log([fast or vix])
    pillars = pillars_of(level, slow_mean, fast_mean, np.array([listed]))
    surface = surface_from(level, pillars, np.array([skew]), wings.spx_put)
    return Snapshots(
        ordinal=np.array([date(2021, 6, 1).toordinal()]),
        spot=np.array([spot]),
        vix=level,
        rate=np.array([0.02]),
        dividend=np.array([0.015]),
        vvix=estimated_vvix(level, fast_mean),
        pillars=pillars,
        skew=np.array([skew]),
        surface=surface,
        futures_curve=surface.curve,
        futures_move=np.zeros(1),
        futures_basis=FuturesBasis.none(1),
        wings=wings,
    )


class Strip:
    """What Cboe's formulas add up of one expiry, from mids, 0 where there is no bid: White Paper
    (2019), steps 1 and 2. Two bidless strikes in a row end the strip on their side."""

    def __init__(
        self, strikes: Array, calls: Array, puts: Array, years: float, rate: float
    ) -> None:
        growth = np.exp(rate * years)
        nearest = int(np.argmin(np.abs(calls - puts)))
        self.years = years
        self.forward = strikes[nearest] + growth * (calls[nearest] - puts[nearest])
        centre = int(np.searchsorted(strikes, self.forward, side="right")) - 1
        quotes = np.where(np.arange(len(strikes)) < centre, puts, calls)
        quotes[centre] = 0.5 * (calls[centre] + puts[centre])
        kept = quotes > 0.0
        bidless = ~kept[:-1] & ~kept[1:]
        below, above = np.flatnonzero(bidless[:centre]), np.flatnonzero(bidless[centre:])
        kept[: below[-1] if below.size else 0] = False
        kept[centre + above[0] if above.size else len(kept) :] = False
        self.centre, self.strikes = strikes[centre], strikes[kept]
        self.weights = np.gradient(self.strikes) / self.strikes**2 * growth * quotes[kept]

    @property
    def variance(self) -> float:
        """Per year."""
        total = 2.0 * self.weights.sum() - (self.forward / self.centre - 1.0) ** 2
        return float(total / self.years)

    @property
    def skew(self) -> float:
        """Cboe SKEW of this expiry: 100 less ten times the skewness of the log return (The CBOE
        SKEW Index, 2010)."""
        away, off = np.log(self.strikes / self.forward), np.log(self.centre / self.forward)
        over = self.forward / self.centre - 1.0
        first = -self.weights.sum() + over + off
        second = (2.0 * (1.0 - away) * self.weights).sum() + 2.0 * off * over + 0.5 * off * off
        third = (3.0 * (2.0 * away - away * away) * self.weights).sum()
        third += 3.0 * off * off * (off / 3.0 + over)
        spread = second - first * first
        skewness = (third - 3.0 * first * second + 2.0 * first**3) / spread**1.5
        return float(100.0 - 10.0 * skewness)


def modelled_strip(
    close: Snapshots, days: float, furthest: float = 2.0, least_bid: float = 0.05
) -> Strip:
    """Strikes 5 points apart near the money and 25 elsewhere, up to `furthest` times the spot.

    A price under `least_bid` has no bid.
    """
    spot = close.spot[0]
    near = np.arange(np.ceil(0.75 * spot / 5), 1.15 * spot / 5) * 5.0
    far = np.arange(1.0, furthest * spot / 25) * 25.0
    strikes = np.union1d(near, far[(far < near[0]) | (far > near[-1])])
    years = np.array([days / 365.0])
    calls, puts = (
        bid_or_nothing(spx_slices(close, ROW, years).prices(strikes, np.array(is_call)), least_bid)
        for is_call in (True, False)
    )
    return Strip(strikes, calls, puts, years[0], close.rate[0])


def bid_or_nothing(prices: Array, least_bid: float = 0.05) -> Array:
    return np.where(prices < least_bid, 0.0, prices)


def index_of(near: float, near_days: float, following: float, following_days: float) -> float:
    """VIX from the variances of two expiries: the White Paper's step 3, minutes as days."""
    share = (following_days - 30.0) / (following_days - near_days)
    total = near * near_days * share + following * following_days * (1.0 - share)
    return float(100.0 * np.sqrt(total / 30.0))
