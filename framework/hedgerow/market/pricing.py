"""Black's formula on a forward, its inverse and its sensitivities. Undiscounted, vectorised.

Black (1976), "The pricing of commodity contracts". A `sign` is +1 for a call and -1 for a put; a
`total_vol` is volatility times the square root of the years, so no function here knows the time.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Array: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.intp]
Flags: TypeAlias = NDArray[np.bool_]

LARGEST_TOTAL_VOL = 16.0  # far above any quote; an option at its upper bound reports this
SMALLEST_TOTAL_VOL = 1e-9  # an option at its intrinsic value reports this or less
_CLOSE_ENOUGH = 1e-10  # relative step that leaves an error far below the last digit
_LEAST_OF_NEWTON = 0.2  # a step is at most five times Newton's
_MOST_STEPS = 80
NORMAL_PEAK = 0.3989422804014327  # 1 / sqrt(2 pi)
_SIGNS = np.array([-1.0, 1.0])


def sign_of(is_call: Flags) -> Array:
    """Of the shape of `is_call`."""
    sign: Array = _SIGNS.take(is_call)
    return sign


def black(forward: Array, strike: Array, total_vol: Array, sign: Array) -> Array:
    """Undiscounted price, points; the intrinsic value where `total_vol` is 0."""
    d1 = _d1(forward, strike, total_vol)
    first, second = ndtr(sign * np.stack((d1, d1 - total_vol)))
    price: Array = sign * (forward * first - strike * second)
    return price


def black_delta(forward: Array, strike: Array, total_vol: Array, sign: Array) -> Array:
    """Undiscounted change of the price for one point of the forward: sign * N(sign * d1)."""
    delta: Array = sign * ndtr(sign * _d1(forward, strike, total_vol))
    return delta


def black_vega(forward: Array, strike: Array, total_vol: Array) -> Array:
    """Undiscounted change of the price for 1.0 of total vol: forward * n(d1)."""
    d1 = _d1(forward, strike, total_vol)
    vega: Array = forward * NORMAL_PEAK * np.exp(-0.5 * d1 * d1)
    return vega


def implied_total_vol(forward: Array, strike: Array, price: Array, sign: Array) -> Array:
    """The total vol whose undiscounted Black price is `price`: the inverse of `black`.

    Works on the out-of-the-money side (by parity), on the logarithm of the price, which is concave
    in the total vol, by Halley's steps kept inside a bracket that only shrinks. At or below the
    intrinsic value: 0; at or above the upper bound: `LARGEST_TOTAL_VOL`.
    """
    forward, strike, price, sign = np.broadcast_arrays(forward, strike, price, sign)
    moneyness = np.log(strike / forward)
    intrinsic = np.maximum(sign * (forward - strike), 0.0)
    value = (price - intrinsic) / np.sqrt(forward * strike)
    bound = np.exp(-0.5 * np.abs(moneyness))
    possible = (value > 0.0) & (value < bound)
    target = np.log(np.where(possible, value, 0.1 * bound))
    found = _invert(np.abs(moneyness), target)
    edge = np.where(value > 0.0, LARGEST_TOTAL_VOL, 0.0)
    return np.where(possible, found, edge)


def _invert(distance: Array, target: Array) -> Array:
    """Total vol of an out-of-the-money option `distance` >= 0 away in log strike, from its
    log price over sqrt(forward * strike)."""
    low = np.full(distance.shape, SMALLEST_TOTAL_VOL)
    high = np.full(distance.shape, LARGEST_TOTAL_VOL)
    # near the money the price is total vol / sqrt(2 pi); far from it exp(-distance^2 / 2 vol^2)
    near = np.exp(target) / NORMAL_PEAK
    far = distance / np.sqrt(np.maximum(-2.0 * target, 1e-12))
    vol = np.clip(np.maximum(near, far), low, 4.0)
    settled = np.zeros(distance.shape, dtype=np.bool_)
    for _ in range(_MOST_STEPS):
        miss, newton, bend = _log_price_miss(distance, vol, target)
        high = np.where(miss > 0.0, vol, high)
        low = np.where(miss > 0.0, low, vol)
        following = vol - newton / np.maximum(1.0 - 0.5 * newton * bend, _LEAST_OF_NEWTON)
        inside = (following >= low) & (following <= high)
        following = np.where(inside, following, 0.5 * (low + high))
        following = np.where(settled, vol, following)
        settled |= np.abs(following - vol) <= _CLOSE_ENOUGH * vol
        vol = following
        if settled.all():
            break
    return vol


def _log_price_miss(distance: Array, vol: Array, target: Array) -> tuple[Array, Array, Array]:
    """How far the log price at `vol` is above `target`, that over its slope in `vol`, and its
    second derivative over its slope."""
    d1 = -distance / vol + 0.5 * vol
    d2 = d1 - vol
    half = np.exp(0.5 * distance)
    price = np.maximum(ndtr(d1) / half - ndtr(d2) * half, 1e-300)
    slope = np.maximum(NORMAL_PEAK * np.exp(-0.5 * d1 * d1) / half / price, 1e-300)
    miss = np.log(price) - target
    return miss, miss / slope, d1 * d2 / vol - slope


def _d1(forward: Array, strike: Array, total_vol: Array) -> Array:
    # the floor makes an option without time or volatility worth exactly its intrinsic value
    vol = np.maximum(total_vol, 1e-150)
    d1: Array = np.log(forward / strike) / vol + 0.5 * vol
    return d1
