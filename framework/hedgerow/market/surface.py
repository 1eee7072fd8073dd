"""The SPX implied-volatility surface of every session, from VIX and whatever else was published.

An option is worth a fixed mixture of two eSSVI surfaces on the same forward, a calm one and a crash
one, so the whole is free of arbitrage when both are (Hendriks and Martini 2019 for the calendar,
Gatheral and Jacquier 2014 for the butterfly). The calm one's level is the root at which the log
contract of the mixture is worth the variance curve: VIX comes back out of the modelled strip.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from hedgerow.market.log_contract import CRASH_CALL, CRASH_PUT, theta_of_mixture
from hedgerow.market.pricing import Array, Integers
from hedgerow.market.variance_curve import DAYS_A_YEAR, VarianceCurve, curve_through

MODEL_VERSION = "2"  # part of every stored surface's key: raise it when a constant here changes
KNOT_DAYS = np.array(
    [1, 3, 6, 9, 13, 18, 23, 30, 37, 45, 55, 70, 93, 120, 150, 184, 240, 300, 365, 500, 730],
    dtype=np.float64,
)
KNOTS = KNOT_DAYS / DAYS_A_YEAR  # years
_STRETCHES = KNOTS[:-1]  # ends of the straight stretches; the last one goes on for ever
_KNOT_WIDTHS = KNOTS[1:] - KNOTS[:-1]
_PUT_FAR = np.sqrt(30.0 / np.maximum(KNOT_DAYS, 30.0))
_PUT_NEAR = np.minimum(KNOT_DAYS / 30.0, 1.0) ** 0.47
_CALL_FAR = np.maximum(KNOT_DAYS / 30.0, 1.0) ** -0.046
_PARTS = np.array([0.5, 0.25, 0.25])  # see `Surface.components`
_ROUNDS = 60  # of cutting the wings back to no arbitrage and solving again: 3 do, 20 on absurdities
_SLACK = 1e-13  # relative; a cut below it is rounding
_CHUNK = 24  # sessions solved together: the integrand stays in the processor's cache


class Surface(Struct, frozen=True):
    """The closes of n sessions. Between knots theta and both psi are straight lines in time."""

    theta: Array  # (n, 21) at-the-money total variance of the calm component
    psi_put: Array  # (n, 21) slope of its total variance in the put wing
    psi_call: Array  # (n, 21) and in the call wing
    crash_ratio: Array  # (n,) variance of the crash component over that of the calm one
    curve: VarianceCurve
    lines: Array  # (6, n * 21): per stretch the intercepts, then the slopes, of theta and both psi

    def components(self, rows: Integers, years: Array) -> Array:
        """(3, 2, shape of `rows` and `years`), each of the calm component and the crash one: halves
        of theta, quarters of psi_call - psi_put and of psi_put psi_call. With d of log strike over
        forward and a line of theta / 2 + (psi_call - psi_put) / 4 d, the total variance is
        that line and the root of its square and psi_put psi_call / 4 d squared.
        """
        line = self.lines.take(rows * len(KNOTS) + _STRETCHES.searchsorted(years), axis=1)
        calm = line[3:]
        calm *= years
        calm += line[:3]
        _, put, call = calm
        found = np.empty((3, 2, *years.shape))
        theta, lean, product = found
        theta[0] = calm[0]
        np.multiply(calm[0], self.crash_ratio[rows], out=theta[1])
        np.multiply(put, call, out=product[0])
        np.multiply(theta[1], CRASH_PUT * CRASH_CALL, out=product[1])
        np.subtract(call, put, out=lean[0])
        np.multiply(np.sqrt(theta[1]), CRASH_CALL - CRASH_PUT, out=lean[1])
        found *= _PARTS.reshape(3, *(1,) * (years.ndim + 1))
        return found

    def row(self, index: int) -> Surface:
        """The surface of one session."""
        rows = slice(index, index + 1)
        return Surface(
            self.theta[rows],
            self.psi_put[rows],
            self.psi_call[rows],
            self.crash_ratio[rows],
            self.curve.row(index),
            self.lines[:, index * len(KNOTS) : (index + 1) * len(KNOTS)],
        )


def surface_from(vix: Array, pillars: Array, skew: Array, steeper: float = 0.0) -> Surface:
    """The surfaces of n sessions from VIX (n,), pillars (n, 4) and SKEW (n,), NaN where absent.

    `steeper` is added to the 30-day put wing of every session.

    Every session is solved by itself: a session's surface does not depend on its neighbours.
    """
    curve = curve_through(pillars)
    ratio = _crash_ratio(vix)
    put, call = wings_of(vix, skew, steeper)
    variance = curve.at(KNOTS)
    knots = np.empty((3, len(vix), len(KNOTS)))
    for start in range(0, len(vix), _CHUNK):
        part = slice(start, start + _CHUNK)
        knots[:, part] = _solve(variance[part], put[part], call[part], ratio[part, None])
    return _surface(knots, ratio, curve)


def wings_of(vix: Array, skew: Array, steeper: float = 0.0) -> tuple[Array, Array]:
    """Normalised put and call wing slopes P and C (n, 21) at the knots, from VIX (n,) points and,
    where it is not NaN, Cboe SKEW (n,)."""
    calm = np.exp(-0.125 * (vix - 10.0))
    from_skew = 1.478 - 0.118 * calm + 0.0319 * (skew - 140.0)
    month = np.where(np.isnan(skew), 0.82 + 0.73 * calm, from_skew) + steeper
    month = np.minimum(np.maximum(month, 0.4), 2.4)
    put = (1.49 + (month[:, None] - 1.49) * _PUT_FAR) * _PUT_NEAR
    call = (0.127 + 0.26 * calm)[:, None] * _CALL_FAR
    return put, call


def surface_through(knots: Array, vix: Array, pillars: Array) -> Surface:
    """The surface of `surface_from` whose theta, psi_put, psi_call (3, n, 21) are known."""
    return _surface(knots, _crash_ratio(vix), curve_through(pillars))


def _crash_ratio(vix: Array) -> Array:
    """Variance of the crash component over the calm one's: 2.07 squared in calm markets."""
    return np.square(1.0 + 1.065 * np.minimum(1.0, 18.0 / vix))


def _surface(knots: Array, crash_ratio: Array, curve: VarianceCurve) -> Surface:
    """Straight from nothing at time 0, through the knots, and beyond the last one at the slope of
    the last stretch."""
    slopes = np.empty_like(knots)
    slopes[..., 0] = knots[..., 0] / KNOTS[0]
    slopes[..., 1:] = (knots[..., 1:] - knots[..., :-1]) / _KNOT_WIDTHS
    lines = np.concatenate((knots - slopes * KNOTS, slopes))
    lines[:3, :, 0] = 0.0
    return Surface(knots[0], knots[1], knots[2], crash_ratio, curve, lines.reshape(6, -1))


def _solve(variance: Array, put_wing: Array, call_wing: Array, ratio: Array) -> Array:
    """Theta, psi_put, psi_call (3, n, 21) with the log contract worth `variance`, no arbitrage."""
    ratio = np.broadcast_to(ratio, variance.shape)
    knots = _solved(variance, put_wing, call_wing, ratio)
    for _ in range(_ROUNDS):
        cut = _without_arbitrage(knots)
        moved = np.logical_or.reduce(np.abs(cut - knots) > _SLACK * cut)
        if not moved.any():
            return knots
        theta, put, call = cut[:, moved]
        root = np.sqrt(theta)
        knots[:, moved] = _solved(variance[moved], put / root, call / root, ratio[moved])
    raise ArithmeticError("the wings do not settle")


def _solved(variance: Array, put_wing: Array, call_wing: Array, ratio: Array) -> Array:
    """Theta, psi_put, psi_call (3, ...) of slices with normalised wing slopes P and C."""
    theta = theta_of_mixture(variance, put_wing, call_wing, ratio)
    root = np.sqrt(theta)
    return np.stack((theta, put_wing * root, call_wing * root))


def _without_arbitrage(knots: Array) -> Array:
    """Theta and wing slopes that never fall with time, the slopes' sum over theta never rising."""
    theta, put, call = np.maximum.accumulate(knots, axis=2)
    both = theta * np.minimum.accumulate((put + call) / theta, axis=1)
    put = np.maximum.accumulate(both - call, axis=1)
    return np.stack((theta, put, both - put))
