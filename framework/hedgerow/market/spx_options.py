"""Prices and deltas of SPX options on a surface, any number of sessions and strikes at a time."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from hedgerow.market.log_contract import CRASH_SHARE
from hedgerow.market.pricing import Array, Flags, Integers, black_delta, implied_total_vol
from hedgerow.market.snapshot import Snapshots

_TINY = 1e-300  # total variance of an option without time: its price is its intrinsic value
_SHARES = np.array([1.0 - CRASH_SHARE, CRASH_SHARE])


def spx_option_prices(
    snapshots: Snapshots, rows: Integers, strikes: Array, is_call: Flags, years: Array
) -> Array:
    """Discounted mids, points.

    `rows` and `years` have one shape, which broadcasts with that of `strikes` to the result's;
    `is_call` broadcasts to the result's.
    """
    discount = np.exp(-snapshots.rate[rows] * years)
    sign = np.where(is_call, 1.0, -1.0)
    return discount * _undiscounted(
        snapshots, rows, strikes, sign, years, snapshots.forward(rows, years)
    )


def spx_delta(
    snapshots: Snapshots, rows: Integers, strikes: Array, is_call: Flags, years: Array
) -> Array:
    """Black-Scholes delta at the option's own implied volatility, as data vendors quote it."""
    forward = snapshots.forward(rows, years)
    vol = spx_total_vol(snapshots, rows, strikes, years)
    carried: Array = np.exp(-snapshots.dividend[rows] * years)
    return carried * black_delta(forward, strikes, vol, np.where(is_call, 1.0, -1.0))


def spx_total_vol(snapshots: Snapshots, rows: Integers, strikes: Array, years: Array) -> Array:
    """Implied volatility times the square root of `years`."""
    forward = snapshots.forward(rows, years)
    sign = np.where(strikes < forward, -1.0, 1.0)
    price = _undiscounted(snapshots, rows, strikes, sign, years, forward)
    return implied_total_vol(forward, strikes, price, sign)


def _undiscounted(
    snapshots: Snapshots, rows: Integers, strikes: Array, sign: Array, years: Array, forward: Array
) -> Array:
    distance = np.log(strikes / forward)
    leading = distance.ndim - years.ndim
    theta, lean, product = snapshots.surface.components(rows, years, leading)
    line = lean * distance
    line += theta
    variance = product * (distance * distance)
    variance += line * line
    np.sqrt(variance, out=variance)
    variance += line
    variance *= 0.5
    vol = np.sqrt(np.maximum(variance, _TINY, out=variance), out=variance)
    reach = np.empty((2, *vol.shape))  # d1 and d2 of both components
    np.multiply(vol, 0.5, out=reach[0])
    reach[0] -= distance / vol
    np.subtract(reach[0], vol, out=reach[1])
    reach *= sign
    ndtr(reach, out=reach)
    calm, crash = reach[:, 0], reach[:, 1]
    calm *= _SHARES[0]
    crash *= _SHARES[1]
    calm += crash
    price = forward * calm[0]
    price -= strikes * calm[1]
    price *= sign
    # no less than nothing, whatever the last digit of the difference says
    floored: Array = np.maximum(price, 0.0, out=price)
    return floored
