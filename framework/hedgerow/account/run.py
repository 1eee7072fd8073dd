"""A finished run: everything a report needs, nothing it has to compute prices for."""

from __future__ import annotations

from collections import Counter
from datetime import date
from enum import StrEnum

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hedgerow.account.assumptions import Assumptions
from hedgerow.account.ledger import AnyEntry
from hedgerow.account.order import Fill, Leg, Rejection


class Fingerprints(Struct, frozen=True):
    """SHA-256 of what went in; the same four give the same run, byte for byte."""

    rules: str
    market: str
    assumptions: str
    framework: str  # version


class Decision(Struct, frozen=True, gc=False):
    """Something a rule decided on `at`, or was refused."""

    at: date
    rule: str
    action: str  # open, close, roll, rebalance, scale, refuse, arm, disarm
    reason: str
    place: str  # file:line:column


class Trade(Struct, frozen=True, gc=False):
    """A position that was opened and has ended (or `closed` is None where data ended first)."""

    position: int
    rule: str
    opened: date
    closed: date | None
    reason: str  # the exit's words, `settled`, or `still open`
    legs: tuple[Leg, ...]
    units: int  # at the end
    opening: int  # cents received (+, a credit) or paid (-) at the opening, fees not included
    result: int  # cents made after fees; marked at the last close where still open
    fees: int  # cents
    slippage: int  # cents given up against the mid, by all its orders
    days: int  # calendar days held
    changes: int = 0  # orders that added to it or reduced it


class Outcome(StrEnum):
    HELD = "held"
    BROKEN = "broken"
    INCONCLUSIVE = "inconclusive"


class Seen(Struct, frozen=True):
    """A part of a condition and what it was at a close, with its unit."""

    text: str  # as written
    value: str


class Kept(Struct, frozen=True):
    """An invariant and how the run kept it."""

    text: str  # as written
    label: str  # empty where none was given
    place: str  # file:line:column
    sessions: int  # looked at
    occasions: int  # sessions that could have broken it: for `whenever`, those that set it off
    broken: int  # sessions
    unknown: int  # sessions on which nobody can tell
    waiting: int  # obligations still open when the data end
    first: date | None  # the first session that broke it, or set off what did not come
    seen: tuple[Seen, ...]  # what stood on that session

    @property
    def tried(self) -> bool:
        """Whether anything could have broken it."""
        return self.occasions > 0

    @property
    def outcome(self) -> Outcome:
        """Held only where nothing broke it, nothing is owed, and some session could tell."""
        if self.broken:
            return Outcome.BROKEN
        if self.waiting or self.unknown >= self.sessions:
            return Outcome.INCONCLUSIVE
        return Outcome.HELD


class Run(Struct, frozen=True):
    """One book on one market. Arrays are per session, in cents, aligned with `sessions`."""

    name: str
    fingerprints: Fingerprints
    assumptions: Assumptions
    sessions: NDArray[np.datetime64]  # (n,) days
    equity: NDArray[np.int64]
    cash: NDArray[np.int64]
    margin: NDArray[np.int64]
    layers: dict[str, NDArray[np.int64]]  # rule path -> cumulative profit, marked daily, after fees
    benchmark: NDArray[np.float64]  # close of the traded index, points
    gauge: NDArray[np.float64]  # VIX close; nan where there is none
    entries: tuple[AnyEntry, ...]
    trades: tuple[Trade, ...]
    fills: tuple[Fill, ...]
    rejections: tuple[Rejection, ...]
    decisions: tuple[Decision, ...]
    unknown: dict[str, int]  # rule path -> sessions on which its condition was unknown
    settlements: dict[str, int]  # source of a settlement value -> positions it settled legs of
    notes: tuple[str, ...]  # what a reader must know: assumed rates, missing data
    rate: NDArray[np.float64] | None = None  # 3-month rate a year (0.05 is 5 %) at each close
    irr: float | None = None  # a year, of all that positions tied up; None: not known, or no end

    @property
    def ended(self) -> tuple[Trade, ...]:
        """Trades whose position has ended, in the order of `trades`."""
        return tuple(trade for trade in self.trades if trade.closed is not None)

    @property
    def sources(self) -> dict[str, int]:
        """Price source -> fills."""
        return dict(Counter(fill.source for fill in self.fills))

    invariants: tuple[Kept, ...] = ()  # of the book, in file order
