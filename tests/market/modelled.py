"""One modelled close, and the exchange's own formula to look at it with."""

from __future__ import annotations

from datetime import date

import numpy as np
from hedgerow.market.futures_basis import FuturesBasis
from hedgerow.market.pricing import Array
from hedgerow.market.snapshot import Snapshots
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


def strip_variance(strikes: Array, calls: Array, puts: Array, years: float, rate: float) -> float:
    """Variance per year of one expiry from mids, 0 where there is no bid: Cboe VIX White Paper
    (2019), steps 1 and 2. Two bidless strikes in a row end the strip on their side."""
    growth = np.exp(rate * years)
    nearest = int(np.argmin(np.abs(calls - puts)))
    forward = strikes[nearest] + growth * (calls[nearest] - puts[nearest])
    centre = int(np.searchsorted(strikes, forward, side="right")) - 1
    quotes = np.where(np.arange(len(strikes)) < centre, puts, calls)
    quotes[centre] = 0.5 * (calls[centre] + puts[centre])
    kept = quotes > 0.0
    bidless = ~kept[:-1] & ~kept[1:]
    below, above = np.flatnonzero(bidless[:centre]), np.flatnonzero(bidless[centre:])
    kept[: below[-1] if below.size else 0] = False
    kept[centre + above[0] if above.size else len(kept) :] = False
    width = np.gradient(strikes[kept])
    total = (width / strikes[kept] ** 2 * growth * quotes[kept]).sum()
    return float((2.0 * total - (forward / strikes[centre] - 1.0) ** 2) / years)


def index_of(near: float, near_days: float, following: float, following_days: float) -> float:
    """VIX from the variances of two expiries: the White Paper's step 3, minutes as days."""
    share = (following_days - 30.0) / (following_days - near_days)
    total = near * near_days * share + following * following_days * (1.0 - share)
    return float(100.0 * np.sqrt(total / 30.0))
