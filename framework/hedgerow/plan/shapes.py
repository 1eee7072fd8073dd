"""The legs of an opening with their numbers as of a close, still to be found in the market."""

from __future__ import annotations

from collections.abc import Callable

from hedgerow.book.book import ExpiryRule, LegRule, Opening, StrikeRule
from hedgerow.book.expression import Constant, Expression, Target
from hedgerow.market.contract import Expiry
from hedgerow.plan.plan import Evaluate, Shapes
from hedgerow.plan.view import View
from hedgerow.vocabulary.structures.legs import ExpiryWish, LegShape
from hedgerow.vocabulary.structures.strike import By, StrikeWish
from hedgerow.vocabulary.units import Kind

Compiled = Callable[[Expression], Evaluate]

_BY = {
    Kind.DELTA: By.DELTA,
    Kind.SD: By.SD,
    Kind.RATIO: By.PERCENT,
    Kind.POINTS: By.POINTS,
    Kind.LEVEL: By.LEVEL,
    Kind.LITERAL: By.LEVEL,
}


def shapes_of(opening: Opening, compiled: Compiled) -> Shapes:
    """The shapes of an opening at a close; made once where they are the same at every close."""
    legs = [_shape(leg, compiled) for leg in opening.legs]

    def shapes(view: View) -> tuple[LegShape, ...]:
        return tuple([leg(view) for leg in legs])

    if not all(map(_is_fixed, opening.legs)):
        return shapes
    made: list[tuple[LegShape, ...]] = []

    def fixed(view: View) -> tuple[LegShape, ...]:
        if not made:
            made.append(shapes(view))
        return made[0]

    return fixed


def _is_fixed(leg: LegRule) -> bool:
    """Whether its terms are written as numbers."""
    expiry, strike = leg.expiry, leg.strike
    return (expiry is None or isinstance(expiry.distance, Constant)) and (
        strike is None or strike.value is None or isinstance(strike.value, Constant)
    )


def _shape(leg: LegRule, compiled: Compiled) -> Callable[[View], LegShape]:
    expiry = _expiry(leg.expiry, compiled) if leg.expiry else lambda view: None
    strike = _strike(leg.strike, compiled) if leg.strike else lambda view: None
    return lambda view: LegShape(
        leg.name, leg.ratio, leg.kind, leg.underlying, leg.right, expiry(view), strike(view)
    )


def _expiry(rule: ExpiryRule, compiled: Compiled) -> Callable[[View], ExpiryWish | Expiry | None]:
    target, distance = rule.of, rule.distance
    if target is not None:
        return lambda view: _expiry_held(target, view)
    assert distance is not None, "an expiry is a distance or another's"
    days = compiled(distance)
    return lambda view: ExpiryWish(days(view), rule.cycle)


def _expiry_held(target: Target, view: View) -> Expiry | None:
    held = view.open(target)
    return held[-1].legs[0].contract.expiry if held else None


def _strike(rule: StrikeRule, compiled: Compiled) -> Callable[[View], StrikeWish]:
    if rule.value is None:
        by = By.AT_MONEY if rule.beside is None else By.POINTS
        wish = StrikeWish(by, 0.0, rule.beside, rule.outward)
        return lambda view: wish
    by, amount = _BY[rule.value.kind], compiled(rule.value)
    return lambda view: StrikeWish(by, amount(view), rule.beside, rule.outward)
