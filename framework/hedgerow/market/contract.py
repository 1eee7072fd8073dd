"""Contract terms: no price, no today."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

Day = date  # inside `Expiry`, `date` is a field


class Term(StrEnum):
    """One of a few words; terms are looked up often, and enums hash slowly."""

    __hash__ = str.__hash__


class Kind(Term):
    OPTION = "option"
    FUTURE = "future"
    SHARES = "shares"


class Right(Term):
    CALL = "call"
    PUT = "put"


class Settlement(Term):
    OPEN = "open"  # AM: from the opening prices of the expiry day
    CLOSE = "close"  # PM: the closing value of the expiry day


class Expiry(Struct, frozen=True, gc=False, cache_hash=True):
    """A listed expiry of a root: `SPX` 2020-01-17 settles at the open, `SPXW` at the close."""

    root: str
    date: date
    settlement: Settlement
    monthly: bool

    @property
    def settles(self) -> tuple[Day, bool]:
        """When, in order: the open of a day comes before its close."""
        return self.date, self.settlement is Settlement.CLOSE

    def trades_at_close_of(self, day: Day) -> bool:
        """Whether its contracts can still be traded at the close of `day`."""
        return day < self.date or (day == self.date and self.settlement is Settlement.CLOSE)


class Contract(Struct, frozen=True, gc=False, cache_hash=True):
    """Terms of one contract. `strike` in points of the underlying; `multiplier` USD per point."""

    underlying: str
    kind: Kind
    multiplier: int
    expiry: Expiry | None = None  # None: shares
    right: Right | None = None  # None: not an option
    strike: float = 0.0

    def trades_at_close_of(self, day: date) -> bool:
        return self.expiry is None or self.expiry.trades_at_close_of(day)

    def payoff(self, level: float) -> float:
        """Points a long contract is worth at settlement when its underlying settles at `level`."""
        if self.right is Right.CALL:
            return max(level - self.strike, 0.0)
        if self.right is Right.PUT:
            return max(self.strike - level, 0.0)
        return level

    def __str__(self) -> str:
        if self.expiry is None:
            return f"{self.underlying} shares"
        if self.right is None:
            return f"{self.expiry.root} {self.expiry.date} future"
        return f"{self.expiry.root} {self.expiry.date} {self.strike:g} {self.right.value}"
