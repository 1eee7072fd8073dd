"""Which expiries the exchange lists at the close of a day.

An expiry is tradeable from the day it is listed up to, not including, its own date: an option that
settles at the open last trades the day before, one that settles at the close is settled at that
close. What is listed when: `market.practices`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from hedgerow.market.contract import Expiry
from hedgerow.market.practices import EQUITIES, KINDS, Kind, Practice, practices
from hedgerow.market.pricing import Integers

_TOGETHER = 512  # days answered at a time: rules wish for the same days ahead again and again


class Cycle(StrEnum):
    ANY = "any"
    MONTHLY = "monthly"  # the standard, third-Friday cycle only
    WEEKLY = "weekly"  # all that is not: weeklys, dailies, month-ends, PM third Fridays


class _Schedule(Struct, frozen=True, eq=False):
    """Expiries of one underlying and cycle, sorted by settlement moment; days as ordinals."""

    expiries: list[Expiry]
    dates: Integers
    listed_from: Integers
    furthest: int  # days ahead at most that anything is listed

    def nearest(self, on: Integers, days: int) -> Integers:
        """Of each day (n,) the row of the expiry nearest to `days` ahead; -1: none is listed."""
        target = on + days
        first, stop = self.possible(on)
        split = np.clip(self.dates.searchsorted(target, side="right"), first, stop)
        earlier, later = self._listed(split - 1, first - 1, on), self._listed(split, stop, on)
        sooner, further = earlier >= first, later < stop
        ahead = self.dates.take(later, mode="clip") - target
        behind = target - self.dates.take(earlier, mode="clip")
        found = np.where(further & (~sooner | (ahead <= behind)), later, earlier)
        of_the_day = self.dates.take(found, mode="clip")
        same_day = self.dates.searchsorted(of_the_day, side="right") - 1
        found = np.where(self.listed_from[same_day] <= on, same_day, found)
        return np.where(sooner | further, found, -1)

    def possible(self, on: Integers) -> tuple[Integers, Integers]:
        """From which row on expiries are after each day, and from which on too far ahead for any
        listing."""
        ends = on, on + self.furthest
        first, stop = (self.dates.searchsorted(each, side="right") for each in ends)
        return first, stop

    def _listed(self, rows: Integers, end: Integers, on: Integers) -> Integers:
        """The first row on the way from each row to its end that is listed; else the end."""
        rows, way = rows.copy(), np.sign(end - rows)
        while True:
            unlisted = (rows != end) & (self.listed_from.take(rows, mode="clip") > on)
            if not unlisted.any():
                return rows
            rows += way * unlisted


class Listing(Struct, frozen=True, eq=False):
    """What is listed on SPX, on VIX, and on any other underlying, by day; the others are alike."""

    _schedules: dict[tuple[str, Cycle], _Schedule]
    _answers: dict[tuple[str, int, Cycle, int], list[Expiry | None]] = field(default_factory=dict)

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
        part, place = divmod(on.toordinal(), _TOGETHER)
        asked = (underlying, days, cycle, part)
        if asked not in self._answers:
            self._answers[asked] = self._nearest(*asked)
        return self._answers[asked][place]

    def _nearest(self, underlying: str, days: int, cycle: Cycle, part: int) -> list[Expiry | None]:
        """Of every day of a part."""
        schedule = self._schedule(underlying, cycle)
        if schedule is None:
            return [None] * _TOGETHER
        rows = schedule.nearest(np.arange(_TOGETHER) + part * _TOGETHER, days).tolist()
        found = {row: _rooted(schedule.expiries[row], underlying) for row in {*rows} - {-1}}
        return [found.get(row) for row in rows]

    def first_day(self, underlying: str) -> int:
        """The day number from whose close on anything is listed."""
        schedule = self._schedule(underlying, Cycle.ANY)
        assert schedule is not None, "some cycle of every underlying is listed"
        return int(schedule.listed_from.min())

    def listed(self, underlying: str, on: date, cycle: Cycle = Cycle.ANY) -> tuple[Expiry, ...]:
        """Every expiry listed at the close of `on`, in order of settlement."""
        schedule, today = self._schedule(underlying, cycle), on.toordinal()
        if schedule is None:
            return ()
        first, stop = (int(each[0]) for each in schedule.possible(np.array([today])))
        listed = schedule.listed_from[first:stop] <= today
        return tuple(
            _rooted(schedule.expiries[first + row], underlying) for row in np.flatnonzero(listed)
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
        expiries[first].astype(np.intp) + epoch,
        listed_from[first].astype(np.intp) + epoch,
        int((expiries[first] - listed_from[first]).astype(int).max()),
    )


def _expiry(kind: Kind, day: date) -> Expiry:
    return Expiry(kind.root, day, kind.settlement, kind.monthly)
