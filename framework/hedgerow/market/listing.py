"""Which expiries the exchange lists at the close of a day.

An expiry is tradeable from the day it is listed up to, not including, its own date: an option that
settles at the open last trades the day before, one that settles at the close is settled at that
close. What is listed when: `market.practices`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from hedgerow.market.contract import Expiry
from hedgerow.market.practices import EQUITIES, KINDS, Kind, Practice, practices


class Cycle(StrEnum):
    ANY = "any"
    MONTHLY = "monthly"  # the standard, third-Friday cycle only
    WEEKLY = "weekly"  # all that is not: weeklys, dailies, month-ends, PM third Fridays


class _Schedule(Struct, frozen=True):
    """Expiries of one underlying and cycle, sorted by settlement moment; days as ordinals."""

    expiries: list[Expiry]
    dates: list[int]
    listed_from: list[int]
    furthest: int  # days ahead at most that anything is listed

    def nearest(self, on: int, days: int) -> Expiry | None:
        target = on + days
        possible = self.possible(on)
        split = min(max(bisect_right(self.dates, target), possible.start), possible.stop)
        earlier = self._listed(range(split - 1, possible.start - 1, -1), on)
        later = self._listed(range(split, possible.stop), on)
        if earlier is None or later is None:
            found = later if earlier is None else earlier
        else:
            ahead = self.dates[later] - target
            found = later if ahead <= target - self.dates[earlier] else earlier
        if found is None:
            return None
        same_day = bisect_right(self.dates, self.dates[found]) - 1
        return self.expiries[same_day if self.listed_from[same_day] <= on else found]

    def possible(self, on: int) -> range:
        """Expiries after `on`, and no further ahead than any are ever listed."""
        return range(bisect_right(self.dates, on), bisect_right(self.dates, on + self.furthest))

    def _listed(self, candidates: range, on: int) -> int | None:
        """The first of these rows that is."""
        listed_from = self.listed_from
        for row in candidates:
            if listed_from[row] <= on:
                return row
        return None


class Listing(Struct, frozen=True, eq=False):
    """What is listed on SPX, on VIX, and on any other underlying, by day; the others are alike."""

    _schedules: dict[tuple[str, Cycle], _Schedule]
    _answers: dict[tuple[str, date, int, Cycle], Expiry | None] = field(default_factory=dict)

    def __reduce__(self) -> tuple[type[Listing], tuple[object]]:
        """Another process is asked other questions: it begins without answers."""
        return Listing, (self._schedules,)

    def nearest(
        self, underlying: str, on: date, days: int, cycle: Cycle = Cycle.ANY
    ) -> Expiry | None:
        """The expiry listed at the close of `on` that is nearest to `days` calendar days ahead.

        Of two equally near ones the later, and of two on one date the one that settles later.
        Always after `on`; None where nothing is listed.
        """
        asked = (underlying, on, days, cycle)
        if asked not in self._answers:  # the runs of a sweep ask the same again and again
            schedule = self._schedule(underlying, cycle)
            found = schedule.nearest(on.toordinal(), days) if schedule else None
            self._answers[asked] = None if found is None else _rooted(found, underlying)
        return self._answers[asked]

    def first_day(self, underlying: str) -> int:
        """The day number from whose close on anything is listed."""
        schedule = self._schedule(underlying, Cycle.ANY)
        assert schedule is not None, "some cycle of every underlying is listed"
        return min(schedule.listed_from)

    def listed(self, underlying: str, on: date, cycle: Cycle = Cycle.ANY) -> tuple[Expiry, ...]:
        """Every expiry listed at the close of `on`, in order of settlement."""
        schedule, today = self._schedule(underlying, cycle), on.toordinal()
        if schedule is None:
            return ()
        return tuple(
            _rooted(schedule.expiries[row], underlying)
            for row in schedule.possible(today)
            if schedule.listed_from[row] <= today
        )

    def _schedule(self, underlying: str, cycle: Cycle) -> _Schedule | None:
        own = (underlying, Cycle.ANY) in self._schedules
        return self._schedules.get((underlying if own else EQUITIES, cycle))


def nearest(expiries: Sequence[Expiry], on: date, days: int) -> Expiry | None:
    """The one nearest to `days` ahead of `on`, by the rule of `Listing.nearest`; `expiries` in
    order of settlement."""
    target = on.toordinal() + days

    def miss(expiry: Expiry) -> int:
        return abs(expiry.date.toordinal() - target)

    return min(reversed(expiries), key=miss, default=None)


def _rooted(expiry: Expiry, underlying: str) -> Expiry:
    return expiry if expiry.root else replace(expiry, root=underlying)


@lru_cache(maxsize=1)
def standard_listing() -> Listing:
    """Listings of options and of SPX futures on the New York calendar."""
    return Listing(
        {
            (underlying, cycle): _schedule(of_cycle)
            for underlying, rows in practices().items()
            for cycle in Cycle
            if (of_cycle := _of_cycle(rows, cycle))
        }
    )


def _of_cycle(practices: list[Practice], cycle: Cycle) -> list[Practice]:
    return [
        p for p in practices if cycle is Cycle.ANY or p.kind.monthly is (cycle is Cycle.MONTHLY)
    ]


def _schedule(practices: list[Practice]) -> _Schedule:
    """Each expiry once, with the first day on which any practice lists it."""
    expiries = np.concatenate([row.expiries for row in practices])
    listed_from = np.concatenate(
        [np.maximum(row.listed_from, np.datetime64(row.start)) for row in practices]
    )
    kinds = np.concatenate([np.full(len(p.expiries), KINDS.index(p.kind)) for p in practices])
    order = np.lexsort((listed_from, kinds, expiries))
    order = order[listed_from[order] < expiries[order]]
    expiries, listed_from, kinds = expiries[order], listed_from[order], kinds[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (expiries[1:] != expiries[:-1]) | (kinds[1:] != kinds[:-1])
    epoch = date(1970, 1, 1).toordinal()
    return _Schedule(
        [
            _expiry(KINDS[kind], day)
            for kind, day in zip(kinds[first].tolist(), expiries[first].tolist(), strict=True)
        ],
        (expiries[first].astype(int) + epoch).tolist(),
        (listed_from[first].astype(int) + epoch).tolist(),
        int((expiries[first] - listed_from[first]).astype(int).max()),
    )


def _expiry(kind: Kind, day: date) -> Expiry:
    return Expiry(kind.root, day, kind.settlement, kind.monthly)
