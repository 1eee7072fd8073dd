"""The SPX surface of one close once more, option by option, from the formulas of its design.

Nothing of the framework is used. The variance of a slice is integrated over its option prices, not
over the density the framework integrates; roots are found by bisection of scipy. Only closes whose
slices hold the conditions of arbitrage as they are, without being cut, can be asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import exp, log, sqrt

from scipy.integrate import quad
from scipy.interpolate import PchipInterpolator
from scipy.optimize import brentq
from scipy.stats import norm

KNOTS = (1, 3, 6, 9, 13, 18, 23, 30, 37, 45, 55, 70, 93, 120, 150)  # days, as far as needed
CRASH_SHARE, CRASH_RHO, CRASH_ETA = 0.067, -0.78, 1.40


@dataclass(frozen=True)
class Quotes:
    """What was known at the close, points; the means are of ln VIX; None where not listed."""

    vix: float
    slow: float
    fast: float
    vix9d: float | None = None
    vix3m: float | None = None
    vix6m: float | None = None
    skew: float | None = None


@dataclass(frozen=True)
class Slice:
    theta: float
    put_wing: float  # psi_p
    call_wing: float  # psi_c


def pillars(quotes: Quotes) -> tuple[float, float, float, float]:
    """VIX of 9, 30, 93 and 184 days: listed, or by the regression on VIX and its means."""
    level = log(quotes.vix)
    rows = (
        (quotes.vix9d, -0.2321, 1.3722, 0.0519, -0.3632),
        (quotes.vix3m, 0.3224, 0.6300, 0.0227, 0.2743),
        (quotes.vix6m, 0.4822, 0.4358, 0.1765, 0.2834),
    )
    near, quarter, half = (
        listed if listed is not None else exp(a + b * level + c * quotes.slow + d * quotes.fast)
        for listed, a, b, c, d in rows
    )
    return near, quotes.vix, quarter, half


def total_variance(quotes: Quotes, days: float) -> float:
    known = (9, 30, 93, 184)
    totals = [
        (points / 100) ** 2 * d / 365 for points, d in zip(pillars(quotes), known, strict=True)
    ]
    beyond = 2 * totals[-1] - totals[-2]
    return float(PchipInterpolator([0, *known, 275], [0.0, *totals, beyond])(days))


def price(quotes: Quotes, moneyness: float, sign: int, days: float) -> float:
    """Undiscounted price over the forward at k = ln(K/F); sign +1 a call, -1 a put."""
    found = slice_at(quotes, days)
    return _mixture(found, quotes.vix, moneyness, sign)


def slice_at(quotes: Quotes, days: float) -> Slice:
    """Linear in time between two knots."""
    if days in KNOTS:
        return _knot(quotes, int(days))
    before = max(knot for knot in KNOTS if knot < days)
    after = min(knot for knot in KNOTS if knot > days)
    share = (days - before) / (after - before)
    low, high = _knot(quotes, before), _knot(quotes, after)
    return Slice(
        *(
            a + share * (b - a)
            for a, b in (
                (low.theta, high.theta),
                (low.put_wing, high.put_wing),
                (low.call_wing, high.call_wing),
            )
        )
    )


def assert_uncut(quotes: Quotes) -> None:
    """No knot breaks a condition of calendars, so that none is cut."""
    slices = [_knot(quotes, days) for days in KNOTS]
    for one, next_one in pairwise(slices):
        assert one.theta <= next_one.theta
        assert one.put_wing <= next_one.put_wing and one.call_wing <= next_one.call_wing
        first, then = ((each.put_wing + each.call_wing) / each.theta for each in (one, next_one))
        assert then <= first


@cache
def _knot(quotes: Quotes, days: int) -> Slice:
    put, call = _wings(quotes, days)
    target = total_variance(quotes, days)

    def sliced(theta: float) -> Slice:
        return Slice(theta, put * sqrt(theta), call * sqrt(theta))

    def excess(log_theta: float) -> float:
        return _log_contract(sliced(exp(log_theta)), quotes.vix) - target

    return sliced(exp(brentq(excess, log(target / 3), log(target), xtol=1e-7)))


def _wings(quotes: Quotes, days: float) -> tuple[float, float]:
    calm = exp(-(quotes.vix - 10) / 8)
    month = 0.82 + 0.73 * calm
    if quotes.skew is not None:
        month = 1.478 - 0.118 * calm + 0.0319 * (quotes.skew - 140)
    month = min(max(month, 0.4), 2.4)
    put = (1.49 + (month - 1.49) * sqrt(30 / max(days, 30))) * min(days / 30, 1) ** 0.47
    return put, (0.127 + 0.26 * calm) * max(days / 30, 1) ** -0.046


def _log_contract(found: Slice, vix: float) -> float:
    """2 x the integral of out-of-the-money prices over K squared."""

    def weighed(moneyness: float) -> float:
        sign = 1 if moneyness > 0 else -1
        return _mixture(found, vix, moneyness, sign) * exp(-moneyness)

    width = sqrt(found.theta)
    parts = [(-60 * width, -6 * width), (-6 * width, 0), (0, 4 * width), (4 * width, 20 * width)]
    return 2 * sum(quad(weighed, *ends, epsabs=1e-11, epsrel=1e-7)[0] for ends in parts)


def _mixture(found: Slice, vix: float, moneyness: float, sign: int) -> float:
    psi = (found.put_wing + found.call_wing) / 2
    rho = (found.call_wing - found.put_wing) / (found.call_wing + found.put_wing)
    base = _ssvi(moneyness, found.theta, rho, psi / found.theta)
    crash_theta = (1 + 1.065 * min(1.0, 18 / vix)) ** 2 * found.theta
    crash = _ssvi(moneyness, crash_theta, CRASH_RHO, CRASH_ETA / sqrt(crash_theta))
    return (1 - CRASH_SHARE) * _black(moneyness, base, sign) + CRASH_SHARE * _black(
        moneyness, crash, sign
    )


def _ssvi(moneyness: float, theta: float, rho: float, phi: float) -> float:
    """Total implied variance (Gatheral and Jacquier)."""
    lean = phi * moneyness + rho
    return theta / 2 * (1 + rho * phi * moneyness + sqrt(lean**2 + 1 - rho**2))


def _black(moneyness: float, variance: float, sign: int) -> float:
    deviation = sqrt(variance)
    upper = -moneyness / deviation + deviation / 2
    normal = norm._cdf  # the checked one takes a hundred times as long
    lower = upper - deviation
    return float(sign * (normal(sign * upper) - exp(moneyness) * normal(sign * lower)))
