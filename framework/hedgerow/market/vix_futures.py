"""VIX futures from the forward variance of SPX."""

from __future__ import annotations

import numpy as np

from hedgerow.market.pricing import Array, Integers
from hedgerow.market.snapshot import Snapshots
from hedgerow.market.variance_curve import DAYS_A_YEAR

_MONTH = 30.0 / DAYS_A_YEAR  # years that VIX looks ahead
_LOWEST_FUTURE = 1.0  # points; a shock cannot take a future below


def vix_future_prices(snapshots: Snapshots, rows: Integers, years: Array) -> Array:
    """Points. Forward volatility less what its own volatility costs (Jensen's gap, fitted to
    settlements 2013-2026), drawn through the settlements that are recorded, plus the share of a
    shock that futures of that life take part in."""
    curve = snapshots.futures_curve
    ahead = curve.total_variance(rows, years + _MONTH) - curve.total_variance(rows, years)
    future = futures_from_forward_vol(100.0 * np.sqrt(ahead / _MONTH), years)
    if not snapshots.futures_basis.empty:
        future *= np.exp(snapshots.futures_basis.at(rows, years))
    future += beta_to_vix(years) * snapshots.futures_move[rows]
    return np.maximum(future, _LOWEST_FUTURE)


def futures_from_forward_vol(forward_vol: Array, years: Array) -> Array:
    """A future's points from the forward volatility, points, of the 30 days it settles on."""
    future: Array = forward_vol * np.exp(0.066 * np.expm1(-15.0 * years))
    return future


def beta_to_vix(years: Array) -> Array:
    """Points a future moves by when VIX moves by one; daily changes, 2004-2026."""
    beta: Array = 0.76 * (1.0 + years / _MONTH) ** -0.73
    return beta
