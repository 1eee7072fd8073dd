"""From the shape of a package to listed contracts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from hedgerow.account.order import Leg, Refused
from hedgerow.market.contract import Contract, Expiry, Kind, Right
from hedgerow.vocabulary.structures.strike import Board, Chain, StrikeWish, choose_strike


class Listed(Chain, Protocol):
    """What finding contracts asks of a market."""

    def expiry(
        self, underlying: str, i: int, days: int, cycle: str | None = None
    ) -> Expiry | None: ...

    def future_expiry(
        self, underlying: str, i: int, days: int, cycle: str | None = None
    ) -> Expiry | None: ...

    def contract(
        self, underlying: str, expiry: Expiry, right: Right, strike: float
    ) -> Contract: ...

    def future(self, underlying: str, expiry: Expiry) -> Contract: ...

    def shares(self, underlying: str) -> Contract: ...


class ExpiryWish(Struct, frozen=True, gc=False, cache_hash=True):
    days: float  # calendar days ahead, rounded to whole ones; nan finds nothing
    cycle: str | None = None  # monthly, weekly; None: any


class LegShape(Struct, frozen=True, gc=False, cache_hash=True):
    """A leg with all numbers resolved, still to be found in the listed contracts."""

    name: str
    ratio: int  # contracts per unit: + bought, - sold
    kind: Kind
    underlying: str
    right: Right | None = None  # None: not an option
    expiry: ExpiryWish | Expiry | None = None  # None: shares
    strike: StrikeWish | None = None  # None: not an option


def legs_from_shapes(
    market: Listed, i: int, shapes: Sequence[LegShape]
) -> tuple[Leg, ...] | Refused:
    """Contracts listed at the close of session `i`, one a shape, in their order.

    A shape may stand beside an earlier one only. `NO_EXPIRY` and `NO_STRIKE` say what was missing;
    two options of one package are never the same contract.
    """
    legs: list[Leg] = []
    strikes: dict[str, float] = {}
    found: dict[object, Board | Expiry | None] = {}
    for shape in shapes:
        asked = shape.kind, shape.underlying, shape.expiry
        if asked not in found:
            found[asked] = _found(market, i, shape)
        contract = _contract(market, shape, found[asked], strikes)
        if isinstance(contract, Refused):
            return contract
        strikes[shape.name] = contract.strike
        legs.append(Leg(shape.name, contract, shape.ratio))
    if len({leg.contract for leg in legs}) < len(legs):
        return Refused.NO_STRIKE
    return tuple(legs)


def _found(market: Listed, i: int, shape: LegShape) -> Board | Expiry | None:
    """The expiry of a shape, with its strikes where it is an option's."""
    expiry = _expiry(market, i, shape)
    if expiry is None or shape.kind is not Kind.OPTION:
        return expiry
    return Board(market, shape.underlying, i, expiry, _days_and_cycle(shape))


def _contract(
    market: Listed, shape: LegShape, found: Board | Expiry | None, strikes: dict[str, float]
) -> Contract | Refused:
    if shape.kind is Kind.SHARES:
        return market.shares(shape.underlying)
    if found is None:
        return Refused.NO_EXPIRY
    if isinstance(found, Expiry):
        return market.future(shape.underlying, found)
    assert shape.right is not None and shape.strike is not None
    strike = choose_strike(found, shape.right, shape.strike, strikes)
    if strike is None:
        return Refused.NO_STRIKE
    return market.contract(shape.underlying, found.expiry, shape.right, strike)


def _days_and_cycle(shape: LegShape) -> tuple[int, str | None] | None:
    """Of a wished expiry."""
    wish = shape.expiry
    return (round(wish.days), wish.cycle) if isinstance(wish, ExpiryWish) else None


def _expiry(market: Listed, i: int, shape: LegShape) -> Expiry | None:
    wish = shape.expiry
    if not isinstance(wish, ExpiryWish):
        return wish
    if math.isnan(wish.days):
        return None
    nearest = market.future_expiry if shape.kind is Kind.FUTURE else market.expiry
    return nearest(shape.underlying, i, round(wish.days), wish.cycle)
