"""The yearly rate at which what was put in and what came back are worth the same."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from hedgerow.account.entries import DAYS_A_YEAR

_STEEPEST = 600.0  # logarithms of rates, and of what they make of a dollar: floats end at 709
_CLOSE = 1e-13  # of a logarithm, beside its size
_MOST_STEPS = 100


def internal_rate(days: NDArray[np.int64], amounts: NDArray[np.int64]) -> float:
    """A year's rate, 0.08 is 8 %, compounded over days / 365; nan where all is on one day.

    Both (n,): `days` are day numbers in any order, `amounts` what was put in (-) and came back (+).
    Where several rates fit it is one on the side of the sum, so that its sign is that of what was
    made. -1 where so much was lost that none fits, inf where something was made of nothing.
    """
    times, values = (days - days.min()) / DAYS_A_YEAR, amounts.astype(float)
    made, longest = int(amounts.sum()), float(times.max())
    if not longest:
        return math.nan
    if not made:
        return 0.0
    near, far = 0.0, math.copysign(0.1, made)
    while made * float(values @ np.exp(-far * times)) > 0:
        near, far = far, 2 * far
        if abs(far) * max(longest, 1.0) > _STEEPEST:
            return math.inf if made > 0 else -1.0
    return math.expm1(_root(values, times, near, far))


def _root(
    values: NDArray[np.float64], times: NDArray[np.float64], near: float, far: float
) -> float:
    """The logarithm of a rate between two of opposite worth: Newton's steps, else halves."""
    side = float(values @ np.exp(-near * times))
    rate = (near + far) / 2
    for _ in range(_MOST_STEPS):
        discounted = values * np.exp(-rate * times)
        worth, slope = float(discounted.sum()), -float(discounted @ times)
        near, far = (rate, far) if worth * side > 0 else (near, rate)
        step = rate - worth / slope if slope else far
        if not min(near, far) < step < max(near, far):
            step = (near + far) / 2
        if abs(step - rate) <= _CLOSE * (1 + abs(rate)):
            return step
        rate = step
    return rate
