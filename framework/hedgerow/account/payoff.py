"""What a package can make and lose, read from its payoff: no matching of legs, no model.

A payoff is a straight line between strikes, so its worst and best levels are zero, a strike, or
beyond the last strike. Legs that settle on one level of the underlying are looked at together:

- One expiry: exact.
- Several expiries: each settles on a level of its own, so each is taken at its own worst, which
  is always a bound.
- Several expiries of a spot underlying (SPX, shares) with all shorts in one of them: the longs
  that outlive the shorts count at their intrinsic value on the day the shorts settle, as brokers
  margin diagonals. Assumption: a European option is worth at least that. A deep call can fall
  short of it by the dividends to its expiry, a deep put by the interest on its strike.
- VIX expiries never share a level: each settles on a forward of its own, and a spike lifts the
  near one more than the far one. A short VIX call is not covered by a later long one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from hedgerow.account.order import Leg
from hedgerow.market.contract import Kind, Right

_PUT = Right.PUT  # looked up once: payoffs are worked out often, enums are slow
_NEVER = (date.max, True)  # when shares settle


def multiplier(legs: Sequence[Leg]) -> int:
    """USD per point, the same for every leg of a package."""
    first = legs[0].contract.multiplier
    if any(leg.contract.multiplier != first for leg in legs):
        raise ValueError(f"a package of several multipliers: {[str(leg) for leg in legs]}")
    return first


def payoff(legs: Sequence[Leg], level: float) -> float:
    """Points a unit is worth when all its legs settle at `level`."""
    return sum(leg.ratio * leg.contract.payoff(level) for leg in legs)


def lowest_payoff(legs: Sequence[Leg]) -> float:
    """Points a unit is worth at the worst settlement; `-inf` where nothing bounds it."""
    return sum([lowest(group) for group in settling_together(legs)])


def lowest(group: Sequence[Leg]) -> float:
    """The same of legs that settle on one level."""
    shape = _shape(group)
    return -math.inf if shape.slope < 0 else min(shape.values)


def best_gain(legs: Sequence[Leg], price: float) -> float | None:
    """Points a unit makes at the best settlement, `inf` where unbounded.

    None where legs expire at several dates: what a later leg is worth then is not in the payoff.
    """
    if not _one_expiry(legs) and not _expiring_once(legs):
        return None
    shape = _shape(legs)
    return math.inf if shape.slope > 0 else max(shape.values) - price


def break_evens(legs: Sequence[Leg], price: float) -> tuple[float | None, float | None]:
    """The lowest and the highest level at which settlement neither makes nor loses.

    With one such level it is the lower where the package loses below it (a long call, a short
    put spread), the upper where it loses above it. (None, None) without one, and where legs
    expire at several dates.
    """
    if not _one_expiry(legs) and not _expiring_once(legs):
        return None, None
    crossings = _crossings(legs, price)
    if not crossings:
        return None, None
    if len(crossings) > 1:
        return crossings[0][0], crossings[-1][0]
    level, loses_below = crossings[0]
    return (level, None) if loses_below else (None, level)


def settling_together(legs: Sequence[Leg]) -> list[Sequence[Leg]]:
    """The legs in groups, each of which settles, or may be valued, on one level."""
    if _one_expiry(legs):
        return [legs]
    shorts = {_settles(leg) for leg in legs if leg.ratio < 0}
    spot = all(_on_spot(leg) for leg in legs)
    groups: dict[tuple[date, bool], list[Leg]] = {}
    for leg in legs:
        when = _settles(leg)
        if spot and len(shorts) == 1:
            when = min(when, *shorts)
        groups.setdefault(when, []).append(leg)
    return list(groups.values())


def _on_spot(leg: Leg) -> bool:
    """Whether all expiries of the leg's underlying are claims on one spot."""
    return leg.contract.kind is not Kind.FUTURE and leg.contract.underlying != "VIX"


def _settles(leg: Leg) -> tuple[date, bool]:
    """When, in order; shares after everything."""
    expiry = leg.contract.expiry
    return _NEVER if expiry is None else expiry.settles


def _one_expiry(legs: Sequence[Leg]) -> bool:
    """Whether one settlement ends all legs."""
    first = legs[0].contract.expiry
    for leg in legs:
        expiry = leg.contract.expiry
        if expiry is not first and expiry != first:
            return False
    return True


def _expiring_once(legs: Sequence[Leg]) -> bool:
    """Whether one settlement ends all legs but the shares, which have a price then as ever."""
    return len({leg.contract.expiry for leg in legs} - {None}) <= 1


class _Shape(Struct, frozen=True, gc=False):
    """A payoff as corners joined by straight lines."""

    levels: list[float]  # points: zero and the strikes, rising
    values: list[float]  # points a unit, at each level
    slope: int  # points a unit gains for a point of the level, beyond the last strike


def _shape(legs: Sequence[Leg]) -> _Shape:
    """Walk up the levels: at its strike, a call starts to gain and a put stops to lose."""
    value, slope = 0.0, 0
    bends = []
    for leg in legs:
        contract, ratio = leg.contract, leg.ratio
        if contract.right is None:
            slope += ratio
            continue
        bends.append((contract.strike, ratio))
        if contract.right is _PUT:
            value += ratio * contract.strike
            slope -= ratio
    levels, values = [0.0], [value]
    for strike, ratio in sorted(bends):
        value += slope * (strike - levels[-1])
        slope += ratio
        levels.append(strike)
        values.append(value)
    return _Shape(levels, values, slope)


def _crossings(legs: Sequence[Leg], price: float) -> list[tuple[float, bool]]:
    """Levels where profit changes sign, rising, each with whether it is a loss below."""
    shape = _shape(legs)
    levels, profits = shape.levels, [value - price for value in shape.values]
    if shape.slope and profits[-1] / shape.slope < 0:
        levels.append(levels[-1] - 2 * profits[-1] / shape.slope)
        profits.append(-profits[-1])
    found = []
    for at in range(1, len(levels)):
        before, after = profits[at - 1], profits[at]
        if (before < 0) != (after < 0):
            share = before / (before - after)
            found.append((levels[at - 1] + share * (levels[at] - levels[at - 1]), before < 0))
    return found
