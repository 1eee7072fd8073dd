"""The value of the log contract on an SSVI slice, and the slice that has a given value.

A slice is total variance w(k) = (a + sqrt(a^2 + psi_p psi_c k^2)) / 2 with
a = theta + k (psi_c - psi_p) / 2: the SSVI of Gatheral and Jacquier (2014) written with the slopes
of its put and call wings. With P = psi_p / sqrt(theta) and C = psi_c / sqrt(theta) the log contract
is worth theta * M(sqrt(theta)), where M depends on P and C alone (Fukasawa's formula: the variance
seen from the normal variable d2). VIX is the square root of a log contract, which makes a surface
that gives back the VIX it was built from a root in one variable per expiry.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from msgspec import Struct

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
_NODE_SQUARED = _NODE * _NODE
_HALF_NODE = 0.5 * _NODE

_CLOSE_ENOUGH = 2e-6  # relative miss after which one more secant step leaves 1e-9 or less
_LONGEST_STEP = 0.5  # of the logarithm of theta
_STILL = 1e-12  # too short a move to take a slope from
_MOST_STEPS = 40


class Shape(Struct, frozen=True):
    """What the integrand of M needs that does not depend on theta; arrays (..., 61)."""

    centre: Array  # -x / sqrt(g)
    width: Array  # sqrt(g) / 2
    flat: Array  # part of the weight without sqrt(theta)
    tilt: Array  # part of the weight proportional to sqrt(theta)

    def integral(self, root_theta: Array) -> Array:
        """M at u = `root_theta` (...,): about 1.0 to 1.5."""
        u = root_theta[..., None]
        density = u * self.width
        np.subtract(self.centre, density, out=density)
        density *= density
        density *= -0.5
        np.exp(density, out=density)
        weight = u * self.tilt
        weight += self.flat
        weight *= density
        total: Array = np.add.reduce(weight, axis=-1)
        return total


def shape_of(put_wing: Array, call_wing: Array) -> Shape:
    """The shape of slices with normalised wing slopes P and C (...,)."""
    lean = (0.5 * (call_wing - put_wing))[..., None]
    product = (put_wing * call_wing)[..., None]
    line = lean * _NODE
    line += 1.0
    root = product * _NODE_SQUARED
    root += line * line
    np.sqrt(root, out=root)
    variance = line + root
    variance *= 0.5
    # half the slope of the variance in x, times sqrt(theta)
    slope = product * _HALF_NODE
    slope += line * (0.5 * lean)
    slope /= root
    slope += 0.5 * lean
    deviation = np.sqrt(variance)
    weight = deviation * _WEIGHT
    tilt = slope * weight
    # d2 falls in x on every slice without butterfly arbitrage, so the weight is never negative
    flat = weight - _HALF_NODE * tilt / variance
    tilt *= 0.25
    return Shape(-_NODE / deviation, 0.5 * deviation, flat, tilt)


_CRASH_GRID = np.linspace(0.0, 4.0, 801)
_CRASH_TABLE = shape_of(np.full(801, CRASH_PUT), np.full(801, CRASH_CALL)).integral(_CRASH_GRID)


def crash_integral(root_theta: Array) -> Array:
    """M of the crash component at sqrt of its theta, from a table made once."""
    return np.interp(root_theta, _CRASH_GRID, _CRASH_TABLE)


def mixture_variance(theta: Array, shape: Shape, crash_ratio: Array) -> Array:
    """Log-contract total variance of the two-component slice; `crash_ratio` is theta_b / theta."""
    root = np.sqrt(theta)
    crash = crash_ratio * crash_integral(np.sqrt(crash_ratio) * root)
    crash *= CRASH_SHARE
    crash += (1.0 - CRASH_SHARE) * shape.integral(root)
    crash *= theta
    return crash


def theta_of_mixture(
    variance: Array, put_wing: Array, call_wing: Array, crash_ratio: Array
) -> Array:
    """Theta (...,) at which the mixture's log contract is worth `variance`: relative miss 1e-8."""
    shape = shape_of(put_wing, call_wing)
    # the first guess is a least-squares fit of ln(variance / theta), right within 2 %
    tilt = (0.07 * crash_ratio + 0.29 * put_wing) * np.sqrt(variance)
    guess = np.log(variance) - tilt - 0.07 * put_wing * put_wing - 0.09 * crash_ratio
    return _root(
        np.log(variance),
        lambda log_theta: np.log(mixture_variance(np.exp(log_theta), shape, crash_ratio)),
        guess,
        1.0 + 0.5 * tilt,
    )


def theta_of_slice(variance: Array, put_wing: Array, call_wing: Array) -> Array:
    """Theta (...,) at which a single slice's log contract is worth `variance`: miss 1e-8."""
    shape = shape_of(put_wing, call_wing)
    target = np.log(variance)
    # least squares again: right within 1 % on slices like those of VIX options
    tilt = (0.12 * put_wing - 0.23 * call_wing) * np.sqrt(variance)
    guess = target - tilt - 0.1 * (put_wing * put_wing + call_wing * call_wing)

    def log_worth(log_theta: Array) -> Array:
        worth: Array = log_theta + np.log(shape.integral(np.exp(0.5 * log_theta)))
        return worth

    return _root(target, log_worth, guess, 1.0 + 0.5 * tilt)


def _root(target: Array, log_worth: Callable[[Array], Array], guess: Array, slope: Array) -> Array:
    """exp of the argument at which `log_worth`, almost a straight line, is `target`, by a secant.

    An element that has settled is left alone, so its result does not depend on the others.
    """
    before, miss_before = guess, log_worth(guess) - target
    here = before - miss_before / slope
    settled = np.zeros(target.shape, dtype=np.bool_)
    for _ in range(_MOST_STEPS):
        miss = log_worth(here) - target
        moved = here - before
        still = np.abs(moved) < _STILL
        slope = np.where(still, slope, (miss - miss_before) / np.where(still, 1.0, moved))
        step = np.minimum(np.maximum(miss / slope, -_LONGEST_STEP), _LONGEST_STEP)
        before, miss_before, here = here, miss, np.where(settled, here, here - step)
        settled |= np.abs(miss) < _CLOSE_ENOUGH
        if settled.all():
            return np.exp(here)
    raise ArithmeticError("no slice has the variance asked for")
