"""An open position: so many units of a package, through the life it has on the market.

What adds to a position or reduces it changes its units and what it cost from that close on. Its
profit counts all it has made, whatever was realised on the way.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct, field

from hedgerow.account.order import Because, Fill, Leg
from hedgerow.account.package import Package
from hedgerow.account.payoff import best_gain, break_evens
from hedgerow.plan.life import Life
from hedgerow.plan.operations import NAN


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
    life: Life  # from `opened` on
    values: list[int]  # cents of the open legs, all units, at closes from `opened` on
    price: float  # points a unit cost in the mean; negative: received
    paid: int  # cents of premium for the units held, fees not included; negative: received
    requirement: int  # cents of margin
    set_aside: list[tuple[int, int]]  # (session, cents): the margin from there on
    earns_dividends: bool
    is_future: bool
    margin_moves: bool  # from close to close, as that of futures and of what is uncovered does
    paid_to: int = -1  # of futures: the session whose gain was paid last
    closing: Because | None = None  # an exit was decided and waits for its fill
    settled_legs: set[int] = field(default_factory=set)
    # (session, cents): what came in (+) after the opening, by settling, variation, changes
    receipts: list[tuple[int, int]] = field(default_factory=list)
    changes: list[tuple[int, Fill]] = field(default_factory=list)  # (session, fill)
    _terms: Terms | None = None

    @property
    def terms(self) -> Terms:
        """What its payoff says: worked out when first asked for, and anew after a change."""
        if self._terms is None:
            self._terms = _terms(self.life.package, self.price, self.units)
        return self._terms

    def held_legs(self) -> list[int]:
        """Positions of the legs that have not settled."""
        return [at for at in range(len(self.legs)) if at not in self.settled_legs]

    @property
    def rolls(self) -> int:
        """How often this position has replaced another of its rule."""
        return self.opening.order.rolls

    def mark(self, leg: int, session: int) -> float:
        """Points a leg that is still held is worth."""
        return self.life.mark(leg, session - self.opened)

    def mids(self, session: int) -> list[float]:
        """The same of all legs, while none has settled."""
        return self.life.mids(session - self.opened)

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


def holding_from_fill(fill: Fill, life: Life, requirement: int, session: int) -> Holding:
    """The position opened at the close of `session`, from which on `life` looks."""
    order, package = fill.order, life.package
    return Holding(
        id=order.position,
        rule=order.because.rule,
        legs=package.legs,
        units=order.units,
        opened=session,
        expiry=None if package.first is None else package.first.date,
        opening=fill,
        life=life,
        values=(life.worth * order.units).tolist(),
        price=fill.price,
        paid=-fill.cash,
        requirement=requirement,
        set_aside=[(session, requirement)],
        earns_dividends=package.earns_dividends,
        is_future=package.is_future,
        margin_moves=package.is_future or not package.is_bounded,
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
    holding.values[since:] = (holding.life.worth[since:] * holding.units).tolist()
    holding._terms = None


def _terms(package: Package, price: float, units: int) -> Terms:
    dollars, gain = package.multiplier * units, best_gain(package.legs, price)
    return Terms(
        package.worst_loss(price) * dollars,
        NAN if gain is None else gain * dollars,
        break_evens(package.legs, price),
    )
