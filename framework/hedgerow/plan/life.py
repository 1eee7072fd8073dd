"""A package from one close on: what the market will say of it for as long as it can be held.

It is looked up once, for every session its contracts can still trade: pricing a whole life in one
call is an order of magnitude cheaper than pricing it day by day. It is kept with the market, for
whoever holds the same package from the same close. Who reads it takes the session it is asked
about and looks at nothing after it.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hedgerow.account.order import Leg
from hedgerow.account.package import Package, package_of
from hedgerow.market.market import Market

# Points from a close on: an array a leg, or one (legs, closes) where all can trade equally long.
Marks = NDArray[np.float64] | list[NDArray[np.float64]]
# When legs settle, as far as the data reach: (session, at the open) -> positions of legs.
Settlements = dict[tuple[int, bool], tuple[int, ...]]


class Life(Struct, frozen=True, eq=False, gc=False):
    package: Package
    marks: Marks
    worth: NDArray[np.int64]  # cents of the open legs of one unit, a close
    settlements: Settlements

    def mark(self, leg: int, since: int) -> float:
        """Points a leg is worth `since` closes after the first."""
        return float(self.marks[leg][since])

    def mids(self, since: int) -> list[float]:
        """The same of every leg, none of which has settled by then."""
        if isinstance(self.marks, np.ndarray):
            mids: list[float] = self.marks[:, since].tolist()
            return mids
        return [float(each[since]) for each in self.marks]


def package_on(market: Market, legs: tuple[Leg, ...]) -> Package:
    return market.answers.once(legs, lambda: package_of(legs))


def life_on(market: Market, legs: tuple[Leg, ...], session: int) -> Life:
    def find() -> Life:
        package = package_on(market, legs)
        marks = market.package_marks(package.contracts, session)
        return Life(package, marks, _worth(package, marks), _settlements(package, market))

    return market.answers.once((legs, session), find)


def life_today(package: Package, mids: tuple[float, ...]) -> Life:
    """Of a position that is only supposed: it has no tomorrow."""
    marks = np.array(mids).reshape(-1, 1)
    return Life(package, marks, _worth(package, marks), {})


def _worth(package: Package, marks: Marks) -> NDArray[np.int64]:
    """Each leg is rounded once, a contract; futures are 0: their gains are cash already."""
    if package.is_future:
        return np.zeros(max([len(each) for each in marks]), dtype=np.int64)
    points = package.multiplier * 100
    if isinstance(marks, np.ndarray):
        total = np.array(package.ratios, dtype=np.float64) @ np.rint(marks * points)
    else:
        total = np.zeros(max([len(each) for each in marks]))
        for ratio, each in zip(package.ratios, marks, strict=True):
            total[: len(each)] += np.rint(each * points) * ratio
    cents: NDArray[np.int64] = total.astype(np.int64)
    return cents


def _settlements(package: Package, market: Market) -> Settlements:
    due: Settlements = {}
    for at, contract in enumerate(package.contracts):
        if contract.expiry is not None:
            settled = market.settlement(contract)
            if settled is not None:
                when = (settled.index, settled.at_open)
                due[when] = (*due.get(when, ()), at)
    return due
