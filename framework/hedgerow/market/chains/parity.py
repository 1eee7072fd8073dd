"""The forward and the discount factor that quotes of calls and puts agree on."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from hedgerow.market.chains.classes import Class
from hedgerow.market.chains.quotes import CALL, PUT
from hedgerow.market.pricing import Array

_NEAR = 0.06  # of ln(strike / forward), for lives under half a year; wider with their root
_NEAR_VIX = 0.40
_TICK = 0.05  # points added to a spread before it is a weight
_FEWEST = 3  # pairs for a line
_LEAST_DISCOUNT, _MOST_DISCOUNT = 0.80, 1.02


class Parity(Struct, frozen=True):
    forward: float  # points
    discount: float
    off: int  # quotes of pairs further from parity than their half spreads together


class NoForward(Struct, frozen=True):
    """No strike near the money has both its call and its put quoted."""


def parity_of(
    strikes: Array, bids: Array, asks: Array, years: float, rate: float, kind: int
) -> Parity | NoForward:
    """Weighted least squares of call - put = discount (forward - strike) near the money.

    `bids` and `asks` (n, 2): put, call. A discount factor outside what rates have been is replaced
    by that of `rate`.
    """
    both = (bids > 0.0).all(axis=1) & (asks > 0.0).all(axis=1)
    if not both.any():
        return NoForward()
    mids = (bids[both] + asks[both]) / 2
    strike, difference = strikes[both], mids[:, CALL] - mids[:, PUT]
    spread = (asks[both] - bids[both]).sum(axis=1)
    center = strike[np.argmin(np.abs(difference))]
    reach = _NEAR_VIX if kind == Class.VIX_OPEN else _NEAR * max(1.0, years / 0.5) ** 0.5
    near = np.abs(np.log(strike / center)) < reach
    if center in (strikes[0], strikes[-1]):
        return NoForward()  # the money is not among the strikes
    weight = 1.0 / (spread[near] + _TICK) ** 2
    forward, discount = _line(strike[near], difference[near], weight, float(np.exp(-rate * years)))
    miss = np.abs(difference - discount * (forward - strike))
    return Parity(forward, discount, 2 * int((miss > spread / 2 + 1e-9).sum()))


def _line(strike: Array, difference: Array, weight: Array, fallback: float) -> tuple[float, float]:
    total = weight.sum()
    middle, level = (weight * strike).sum() / total, (weight * difference).sum() / total
    discount = fallback
    if len(strike) >= _FEWEST:
        across = strike - middle
        fitted = -(weight * across * difference).sum() / (weight * across * across).sum()
        if _LEAST_DISCOUNT < fitted < _MOST_DISCOUNT:
            discount = float(fitted)
    return float(middle + level / discount), discount
