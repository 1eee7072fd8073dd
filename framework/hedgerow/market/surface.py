"""The SPX implied-volatility surface of every session, from VIX and whatever else was published.

An option is worth a fixed mixture of two eSSVI surfaces on the same forward, a calm one and a crash
one, so the whole is free of arbitrage when both are (Hendriks and Martini 2019 for the calendar,
Gatheral and Jacquier 2014 for the butterfly). The calm one's level is the root at which the log
contract of the mixture is worth the variance curve: VIX comes back out of the modelled strip.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hedgerow.market.log_contract import (
    CRASH_CALL,
    CRASH_PUT,
    shape_of,
    theta_of_mixture,
)
from hedgerow.market.pricing import Array, Integers
from hedgerow.market.variance_curve import DAYS_A_YEAR, VarianceCurve, curve_through

MODEL_VERSION = "1"  # part of every stored surface's key: raise it when a constant here changes
KNOT_DAYS = np.array(
    [1, 3, 6, 9, 13, 18, 23, 30, 37, 45, 55, 70, 93, 120, 150, 184, 240, 300, 365, 500, 730],
    dtype=np.float64,
)
KNOTS = KNOT_DAYS / DAYS_A_YEAR  # years
_STRETCHES = KNOTS[:-1]  # ends of the straight stretches; the last one goes on for ever
_ROUNDS = 8  # of cutting the wings back to no arbitrage and solving theta again
_SLACK = 1e-13  # relative; a cut below it is rounding
_CHUNK = 24  # sessions solved together: the integrand stays in the processor's cache


@dataclass(frozen=True, slots=True)
class Wings:
    """Normalised slopes P and C of the calm component at the knots, (n, 21) each."""

    put: Array
    call: Array


@dataclass(frozen=True, slots=True)
class Surface:
    """The closes of n sessions. Between knots theta and both psi are straight lines in time."""

    theta: Array  # (n, 21) at-the-money total variance of the calm component
    psi_put: Array  # (n, 21) slope of its total variance in the put wing
    psi_call: Array  # (n, 21) and in the call wing
    crash_ratio: Array  # (n,) variance of the crash component over that of the calm one
    curve: VarianceCurve
    lines: Array  # (n, 21, 6): per stretch the intercepts, then the slopes, of theta and both psi

    def components(self, rows: Integers, years: Array) -> tuple[Array, Array, Array]:
        """Theta, psi_put - psi_call over -2 and psi_put psi_call, each (2, ...): calm, crash."""
        line = self.lines[rows, _STRETCHES.searchsorted(years)]
        calm = line[..., :3] + line[..., 3:] * years[..., None]
        theta, lean, product = np.empty((3, 2, *years.shape))
        theta[0] = calm[..., 0]
        np.multiply(theta[0], self.crash_ratio[rows], out=theta[1])
        put, call = calm[..., 1], calm[..., 2]
        np.multiply(put, call, out=product[0])
        np.multiply(theta[1], CRASH_PUT * CRASH_CALL, out=product[1])
        np.subtract(call, put, out=lean[0])
        np.multiply(np.sqrt(theta[1]), CRASH_CALL - CRASH_PUT, out=lean[1])
        lean *= 0.5
        return theta, lean, product

    def take(self, rows: slice) -> Surface:
        return Surface(
            self.theta[rows],
            self.psi_put[rows],
            self.psi_call[rows],
            self.crash_ratio[rows],
            self.curve.take(rows),
            self.lines[rows],
        )


def wings_of(vix: Array, skew: Array) -> Wings:
    """Wing slopes from VIX (n,) points and, where it is not NaN, Cboe SKEW (n,)."""
    calm = np.exp(-0.125 * (vix - 10.0))
    from_vix = 0.82 + 0.73 * calm
    from_skew = 1.478 - 0.118 * calm + 0.0319 * (skew - 140.0)
    month = np.clip(np.where(np.isnan(skew), from_vix, from_skew), 0.4, 2.4)
    put = (1.49 + (month[:, None] - 1.49) * _PUT_FAR) * _PUT_NEAR
    call = (0.127 + 0.26 * calm)[:, None] * _CALL_FAR
    return Wings(put, call)


_PUT_FAR = np.sqrt(30.0 / np.maximum(KNOT_DAYS, 30.0))
_PUT_NEAR = np.minimum(KNOT_DAYS / 30.0, 1.0) ** 0.47
_CALL_FAR = np.maximum(KNOT_DAYS / 30.0, 1.0) ** -0.046


def surface_from(vix: Array, pillars: Array, skew: Array) -> Surface:
    """The surfaces of n sessions from VIX (n,), pillars (n, 4) and SKEW (n,), NaN where absent.

    Every session is solved by itself: a session's surface does not depend on its neighbours.
    """
    curve = curve_through(pillars)
    ratio = np.square(1.0 + 1.065 * np.minimum(1.0, 18.0 / vix))
    wings = wings_of(vix, skew)
    variance = curve.at(KNOTS)
    solved = np.empty((3, len(vix), len(KNOTS)))
    for start in range(0, len(vix), _CHUNK):
        part = slice(start, start + _CHUNK)
        chunk = Wings(wings.put[part], wings.call[part])
        solved[:, part] = _solve(variance[part], chunk, ratio[part, None])
    return surface_through(solved[0], solved[1], solved[2], ratio, curve)


def surface_through(
    theta: Array, psi_put: Array, psi_call: Array, crash_ratio: Array, curve: VarianceCurve
) -> Surface:
    """The surface with these values at the knots: straight from nothing at time 0, through the
    knots, and on beyond the last at the slope of the last stretch."""
    lines = np.empty((len(theta), len(KNOTS), 6))
    for column, knots in enumerate((theta, psi_put, psi_call)):
        slope = np.diff(knots, prepend=0.0, axis=1) / np.diff(KNOTS, prepend=0.0)
        lines[:, :, column] = knots - slope * KNOTS
        lines[:, :, 3 + column] = slope
    lines[:, 0, :3] = 0.0
    return Surface(theta, psi_put, psi_call, crash_ratio, curve, lines)


def _solve(variance: Array, wings: Wings, ratio: Array) -> Array:
    """Theta, psi_put, psi_call (3, n, 21) with the log contract worth `variance`, no arbitrage."""
    put, call = wings.put, wings.call
    theta = theta_of_mixture(variance, shape_of(put, call), ratio)
    root = np.sqrt(theta)
    solved = np.stack((theta, put * root, call * root))
    moving = np.arange(len(variance))
    for _ in range(_ROUNDS):
        cut = _without_arbitrage(solved[:, moving])
        changed = (np.abs(cut - solved[:, moving]) > _SLACK * cut).any(axis=(0, 2))
        if not changed.any():
            break
        moving, cut = moving[changed], cut[:, changed]
        root = np.sqrt(cut[0])
        shape = shape_of(cut[1] / root, cut[2] / root)
        theta = theta_of_mixture(variance[moving], shape, ratio[moving])
        scale = np.sqrt(theta) / root
        solved[:, moving] = np.stack((theta, cut[1] * scale, cut[2] * scale))
    return solved


def _without_arbitrage(solved: Array) -> Array:
    """Wing slopes that never fall with time and whose mean over theta never rises with it."""
    theta, put, call = solved
    put = np.maximum.accumulate(put, axis=1)
    call = np.maximum.accumulate(call, axis=1)
    both = theta * np.minimum.accumulate((put + call) / theta, axis=1)
    put = np.maximum.accumulate(both - call, axis=1)
    return np.stack((theta, put, both - put))
