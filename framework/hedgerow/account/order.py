"""Orders and what became of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from hedgerow.market.contract import Contract


class Action(StrEnum):
    takes_on: bool  # whether its legs are traded as held; else the other way round

    OPEN = "open", True
    ADD = "add", True  # more units of a position that is open
    REDUCE = "reduce", False  # fewer, and not none
    CLOSE = "close", False

    def __new__(cls, value: str, takes_on: bool) -> Action:
        action = str.__new__(cls, value)
        action._value_, action.takes_on = value, takes_on
        return action


class Refused(StrEnum):
    """Why an order did not become a fill."""

    UNKNOWN = "unknown today"
    NO_EXPIRY = "no such expiry listed that day"
    NO_STRIKE = "no such strike listed that day"
    NO_PRICE = "no price for a leg"
    EXPIRED = "contract already settled"
    TOO_SMALL = "too small for one contract"
    NOTHING_TO_COVER = "nothing to cover"
    MARGIN = "not enough margin free"
    CASH = "not enough cash"
    ACCOUNT = "not in this type of account"
    LIMIT = "a limit of the rules"
    NOT_CLOSED = "what it replaces did not close"
    UNSELLABLE = "a leg is worth less than can be sold"


class Because(Struct, frozen=True, gc=False):
    """What caused an order: the rule's path, its place in the file, the reason in words."""

    rule: str  # `condors.base`
    place: str  # `core.rules:12:3`
    reason: str


class Leg(Struct, frozen=True, gc=False, cache_hash=True):
    """One leg of a position: `ratio` contracts per unit, + long, - short."""

    name: str  # `short_put`
    contract: Contract
    ratio: int


class Order(Struct, frozen=True, gc=False):
    """A multi-leg order for `units` of a package; fills whole or not at all.

    `legs` are the position's legs as held: what closes or reduces names the same legs and trades
    them the other way round.
    """

    id: int
    position: int  # the position it opens, changes or closes
    action: Action
    legs: tuple[Leg, ...]
    units: int  # > 0
    decided: date
    because: Because
    replaces: int | None = None  # the position it opens in place of; fills only if that closed
    rolls: int = 0  # how often the position it opens has been replaced before


class Fill(Struct, frozen=True, gc=False):
    """An order that traded, whole, at the close of `at`."""

    order: Order
    at: date
    price: float  # points a unit costs; negative: received
    mid: float  # points a unit would have cost at the mid; negative: received
    cash: int  # cents that moved, fees not included; + received
    fee: int  # cents paid, >= 0
    source: str  # where the prices came from: `chain`, `model:B`, `index close`, ...
    mids: tuple[float, ...]  # points, one a leg
    spreads: tuple[float, ...]  # points between bid and ask, one a leg, recorded or modelled

    @property
    def slippage(self) -> int:
        """Cents given up against the mid, >= 0."""
        return self.given_up_at(self.price)

    def given_up_at(self, price: float) -> int:
        """The same, had a unit cost `price` points."""
        multiplier = self.order.legs[0].contract.multiplier
        return round((price - self.mid) * multiplier * 100) * self.order.units


class Rejection(Struct, frozen=True, gc=False):
    """An order, or the wish for one, that did not trade."""

    at: date
    because: Because
    reason: Refused
    detail: str  # numbers in words: `needs $31,000, free $12,400`
