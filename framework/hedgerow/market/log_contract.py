"""The value of the log contract on an SSVI slice, and the slice that has a given value.

A slice is total variance w(k) = (a + sqrt(a^2 + psi_p psi_c k^2)) / 2 with
a = theta + k (psi_c - psi_p) / 2: the SSVI of Gatheral and Jacquier (2014) written with the slopes
of its put and call wings. With P = psi_p / sqrt(theta), C = psi_c / sqrt(theta), the log contract is
worth theta * M(sqrt(theta)), where M depends on P and C alone (Fukasawa's formula: the variance seen
from the normal variable d2). VIX is the square root of a log contract, which makes a surface that
gives back the VIX it was built from a root in one variable per expiry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hedgerow.market.pricing import NORMAL_PEAK, Array

CRASH_SHARE = 0.067  # probability weight of the crash component
CRASH_RHO = -0.78
CRASH_ETA = 1.40
CRASH_PUT = CRASH_ETA * (1.0 - CRASH_RHO)
CRASH_CALL = CRASH_ETA * (1.0 + CRASH_RHO)

# 61 nodes of the trapezoid rule, dense at the money and reaching 150 standard deviations
_STEP = np.linspace(-1.0, 1.0, 61)
_NODE = 150.0 * np.sinh(6.0 * _STEP) / np.sinh(6.0)
_WEIGHT = NORMAL_PEAK * 150.0 * 6.0 * np.cosh(6.0 * _STEP) / np.sinh(6.0) * (_STEP[1] - _STEP[0])
_WEIGHT[[0, -1]] *= 0.5


@dataclass(frozen=True, slots=True)
class Shape:
    """What the integrand of M needs that does not depend on theta; arrays (..., 61)."""

    centre: Array  # -x / sqrt(g)
    width: Array  # sqrt(g) / 2
    flat: Array  # part of the weight without sqrt(theta)
    tilt: Array  # part of the weight proportional to sqrt(theta)

    def integral(self, root_theta: Array) -> Array:
        """M at u = `root_theta` (...,): about 1.0 to 1.5."""
        u = root_theta[..., None]
        d2 = self.centre - u * self.width
        d2 *= d2
        d2 *= -0.5
        density = np.exp(d2, out=d2)
        density *= self.flat + u * self.tilt
        total: Array = density.sum(axis=-1)
        return total


def shape_of(put_wing: Array, call_wing: Array) -> Shape:
    """The shape of slices with normalised wing slopes P and C (...,)."""
    lean = (0.5 * (call_wing - put_wing))[..., None]
    product = (put_wing * call_wing)[..., None] * _NODE
    line = 1.0 + lean * _NODE
    root = np.sqrt(line * line + product * _NODE)
    variance = 0.5 * (line + root)
    slope = 0.5 * (lean + (line * lean + product) / root)
    deviation = np.sqrt(variance)
    weight = deviation * _WEIGHT
    # d2 falls in x on every slice without butterfly arbitrage, so the weight is never negative
    flat = weight * (1.0 - 0.5 * _NODE * slope / variance)
    return Shape(-_NODE / deviation, 0.5 * deviation, flat, 0.25 * slope * weight)


_CRASH_GRID = np.linspace(0.0, 4.0, 801)
_CRASH_TABLE = shape_of(np.full(801, CRASH_PUT), np.full(801, CRASH_CALL)).integral(_CRASH_GRID)


def crash_integral(root_theta: Array) -> Array:
    """M of the crash component at sqrt of its theta, from a table made once."""
    return np.interp(root_theta, _CRASH_GRID, _CRASH_TABLE)


def mixture_variance(theta: Array, shape: Shape, crash_ratio: Array) -> Array:
    """Log-contract total variance of the two-component slice; `crash_ratio` is theta_b / theta."""
    root = np.sqrt(theta)
    calm = shape.integral(root)
    crash = crash_ratio * crash_integral(np.sqrt(crash_ratio) * root)
    variance: Array = theta * ((1.0 - CRASH_SHARE) * calm + CRASH_SHARE * crash)
    return variance


def theta_of_mixture(variance: Array, shape: Shape, crash_ratio: Array) -> Array:
    """Theta (...,) at which the mixture's log contract is worth `variance`: relative miss 1e-10."""
    return _root(variance, lambda theta: mixture_variance(theta, shape, crash_ratio))


def theta_of_slice(variance: Array, shape: Shape) -> Array:
    """Theta (...,) at which a single slice's log contract is worth `variance`."""
    return _root(variance, lambda theta: theta * shape.integral(np.sqrt(theta)))


def _root(variance: Array, worth: Callable[[Array], Array]) -> Array:
    """Four evaluations of a secant in logarithms, where `worth` is almost a straight line."""
    target = np.log(variance)
    before = target - np.log(1.25)
    miss_before = np.log(worth(np.exp(before))) - target
    here = before - miss_before
    for _ in range(3):
        miss = np.log(worth(np.exp(here))) - target
        before, miss_before, here = here, miss, _secant(before, miss_before, here, miss)
    return np.exp(here)


def _secant(before: Array, miss_before: Array, here: Array, miss: Array) -> Array:
    change = miss - miss_before
    flat = np.abs(change) < 1e-15
    slope = np.where(flat, 1.0, change) / np.where(flat, 1.0, here - before)
    following: Array = here - miss / slope
    return following
