"""An open position with the marks of its life.

The marks are looked up once, at the fill, for every session the contracts can still trade: pricing
a whole life in one call is an order of magnitude cheaper than pricing it day by day. A reading
takes the session it is asked about and looks at nothing after it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from hedgerow.account.order import Because, Fill, Leg


@dataclass(slots=True, eq=False)
class Holding:
    id: int
    rule: str
    legs: tuple[Leg, ...]
    units: int
    opened: int  # session index of the fill
    opening: Fill
    marks: list[list[float]]  # points, a list a leg: closes from `opened` on while it can trade
    values: list[int]  # cents of the open legs, all units, at closes from `opened` on
    max_loss: float  # dollars, all units, from the payoff; inf where unbounded
    max_profit: float  # dollars
    break_evens: tuple[float | None, float | None]  # levels of the underlying
    requirement: int  # cents of margin
    # (session, at the open) -> positions of the legs that settle then
    settlements: dict[tuple[int, bool], tuple[int, ...]] = field(default_factory=dict)
    closing: Because | None = None  # an exit was decided and waits for its fill
    settled_legs: set[int] = field(default_factory=set)
    receipts: list[tuple[int, int]] = field(default_factory=list)  # (session, cents) settled

    @property
    def rolls(self) -> int:
        """How often this position has replaced another of its rule."""
        return self.opening.order.rolls

    @property
    def paid(self) -> int:
        """Cents the position cost; negative where a credit was received. Fees not included."""
        return -self.opening.cash

    def value(self, session: int) -> int:
        """Cents the open legs are worth at the mid."""
        return self.values[session - self.opened]

    @property
    def received(self) -> int:
        """Cents from legs already settled."""
        return sum(amount for _, amount in self.receipts)

    def profit(self, session: int) -> int:
        """Cents made so far at the mid, fees not included."""
        return self.values[session - self.opened] + self.received - self.paid

    def leg(self, name: str) -> int | None:
        """Position of a leg that is still held, by name."""
        for at, leg in enumerate(self.legs):
            if leg.name == name and at not in self.settled_legs:
                return at
        return None

    @property
    def expiry(self) -> date | None:
        """Nearest expiry of the legs; None for shares."""
        dates = [leg.contract.expiry.date for leg in self.legs if leg.contract.expiry]
        return min(dates) if dates else None
