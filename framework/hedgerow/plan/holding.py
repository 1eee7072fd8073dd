"""An open position with the marks of its life.

The marks are looked up once, at the fill, for every session the contracts can still trade: pricing
a whole life in one call is an order of magnitude cheaper than pricing it day by day. A reading
takes the session it is asked about and looks at nothing after it.

What adds to a position or reduces it changes its units and what it cost from that close on. Its
profit counts all it has made, whatever was realised on the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from hedgerow.account.entries import earns_dividends
from hedgerow.account.order import Because, Fill, Leg
from hedgerow.account.payoff import best_gain, bounded, break_evens, multiplier, worst_loss
from hedgerow.market.contract import Kind
from hedgerow.plan.operations import NAN

# Points from a fill on: an array a leg, or one (legs, closes) where all can trade equally long.
Marks = NDArray[np.float64] | list[NDArray[np.float64]]


class Terms(Struct, frozen=True, gc=False):
    """What the payoff of all units of a position says."""

    max_loss: float  # dollars; inf where unbounded
    max_profit: float  # dollars
    break_evens: tuple[float | None, float | None]  # levels of the underlying


class Holding(Struct, eq=False, gc=False):
    id: int
    rule: str
    legs: tuple[Leg, ...]
    units: int  # since its last change
    opened: int  # session index of the fill
    expiry: date | None  # nearest of the legs'; None for shares
    opening: Fill
    marks: list[list[float]]  # points, a list a leg: closes from `opened` on while it can trade
    values: list[int]  # cents of the open legs, all units, at closes from `opened` on
    price: float  # points a unit cost in the mean; negative: received
    paid: int  # cents of premium for the units held, fees not included; negative: received
    requirement: int  # cents of margin
    set_aside: list[tuple[int, int]]  # (session, cents): the margin from there on
    earns_dividends: bool
    margin_moves: bool  # from close to close, as that of futures and of what is uncovered does
    # (session, at the open) -> positions of the legs that settle then
    settlements: dict[tuple[int, bool], tuple[int, ...]] = field(default_factory=dict)
    paid_to: int = -1  # of futures: the session whose gain was paid last
    closing: Because | None = None  # an exit was decided and waits for its fill
    settled_legs: set[int] = field(default_factory=set)
    # (session, cents): what came in (+) after the opening, by settling, variation, changes
    receipts: list[tuple[int, int]] = field(default_factory=list)
    changes: list[tuple[int, Fill]] = field(default_factory=list)  # (session, fill)
    _terms: Terms | None = None

    @property
    def is_future(self) -> bool:
        """Futures cost nothing and pay their gains every day; packages are all futures or none."""
        return self.legs[0].contract.kind is Kind.FUTURE

    @property
    def terms(self) -> Terms:
        """What its payoff says: worked out when first asked for, and anew after a change."""
        if self._terms is None:
            self._terms = _terms(self.legs, self.price, self.units)
        return self._terms

    def held_legs(self) -> list[int]:
        """Positions of the legs that have not settled."""
        return [at for at in range(len(self.legs)) if at not in self.settled_legs]

    @property
    def rolls(self) -> int:
        """How often this position has replaced another of its rule."""
        return self.opening.order.rolls

    def value(self, session: int) -> int:
        """Cents the open legs are worth at the mid."""
        return self.values[session - self.opened]

    @property
    def received(self) -> int:
        """Cents that came in since the opening, less those that went out; fees not included."""
        return sum(amount for _, amount in self.receipts)

    def profit(self, session: int) -> int:
        """Cents made so far at the mid, fees not included."""
        value = self.values[session - self.opened] + self.opening.cash
        return value + self.received if self.receipts else value

    def need(self, session: int, cents: int) -> None:
        """The margin is `cents` from `session` on."""
        if cents != self.requirement:
            self.requirement = cents
            self.set_aside.append((session, cents))

    def leg(self, name: str) -> int | None:
        """Position of a leg that is still held, by name."""
        for at, leg in enumerate(self.legs):
            if leg.name == name and at not in self.settled_legs:
                return at
        return None


def holding_from_fill(fill: Fill, marks: Marks, requirement: int, session: int) -> Holding:
    """The position opened at the close of `session`; `marks` from then on."""
    order = fill.order
    expiries = [leg.contract.expiry.date for leg in order.legs if leg.contract.expiry]
    return Holding(
        id=order.position,
        rule=order.because.rule,
        legs=order.legs,
        units=order.units,
        opened=session,
        expiry=min(expiries) if expiries else None,
        opening=fill,
        marks=marks.tolist() if isinstance(marks, np.ndarray) else [m.tolist() for m in marks],
        values=_values(order.legs, marks, order.units),
        price=fill.price,
        paid=-fill.cash,
        requirement=requirement,
        set_aside=[(session, requirement)],
        earns_dividends=any(earns_dividends(leg.contract) for leg in order.legs),
        margin_moves=order.legs[0].contract.kind is Kind.FUTURE or not bounded(order.legs),
        paid_to=session,
    )


def change(holding: Holding, fill: Fill, paid: int, session: int) -> None:
    """`fill` has added to a position or reduced it: it is smaller or larger from here on.

    `paid`: cents of premium for the units it then holds.
    """
    units = fill.order.units
    if fill.order.action.takes_on:
        total = holding.price * holding.units + fill.price * units
        holding.units += units
        holding.price = total / holding.units
    else:
        holding.units -= units
    holding.paid = paid
    holding.changes.append((session, fill))
    if fill.cash:
        holding.receipts.append((session, fill.cash))
    since = session - holding.opened
    marks = [np.array(each[since:]) for each in holding.marks]
    holding.values[since:] = _values(holding.legs, marks, holding.units)
    holding._terms = None


def _terms(legs: Sequence[Leg], price: float, units: int) -> Terms:
    dollars, gain = multiplier(legs) * units, best_gain(legs, price)
    return Terms(
        worst_loss(legs, price) * dollars,
        NAN if gain is None else gain * dollars,
        break_evens(legs, price),
    )


def _values(legs: Sequence[Leg], marks: Marks, units: int) -> list[int]:
    """Cents of all open legs a session; each leg is rounded once, a contract; futures are 0."""
    if isinstance(marks, np.ndarray):
        counts = np.array([float(leg.ratio * units) for leg in legs])
        total = counts @ np.rint(marks * (multiplier(legs) * 100))
    else:
        total = np.zeros(max(len(each) for each in marks))
        for leg, each in zip(legs, marks, strict=True):
            if leg.contract.kind is Kind.FUTURE:
                continue  # its gains are cash already
            contract_cents = np.rint(each * (leg.contract.multiplier * 100))
            total[: len(each)] += contract_cents * (leg.ratio * units)
    values: list[int] = total.astype(np.int64).tolist()
    return values
