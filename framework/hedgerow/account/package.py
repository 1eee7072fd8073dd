"""A package: the legs of a position, and what follows from their terms alone.

It is the same whoever trades it, on any day and any market, so it is worked out once.
"""

from __future__ import annotations

import math
from datetime import date

from msgspec import Struct

from hedgerow.account.entries import earns_dividends
from hedgerow.account.margin import locked, uncovered_calls
from hedgerow.account.order import Leg
from hedgerow.account.payoff import lowest, multiplier, settling_together
from hedgerow.account.products import Product, product_of
from hedgerow.market.contract import Contract, Expiry, Kind


class Package(Struct, frozen=True, eq=False, gc=False):
    legs: tuple[Leg, ...]
    contracts: tuple[Contract, ...]  # of each leg, as are ...
    products: tuple[Product, ...]
    ratios: tuple[int, ...]
    sold: tuple[int, ...]  # positions of the legs that are
    least: tuple[float, ...]  # points below which a leg has no bid
    multiplier: int  # USD per point
    first: Expiry | None  # the one that settles first; None: shares
    is_future: bool  # packages are all futures or none
    earns_dividends: bool
    lowest: float  # points a unit is worth at the worst settlement; -inf where nothing bounds it
    locked: int | None  # cents of margin a unit needs, come what may; None: as the market stands
    uncovered_calls: int  # calls a unit sells that shares held elsewhere may cover

    @property
    def is_bounded(self) -> bool:
        """Whether there is a worst settlement: nothing loses without end as its level rises."""
        return self.lowest > -math.inf

    def worst_loss(self, price: float) -> float:
        """Points a unit loses at the worst settlement, bought at `price` (negative: received).

        `inf` where nothing bounds it; negative where even the worst settlement makes money.
        """
        return price - self.lowest

    def trades_at_close_of(self, day: date) -> bool:
        """Whether all its contracts can still be traded at the close of `day`."""
        return self.first is None or self.first.trades_at_close_of(day)


def package_of(legs: tuple[Leg, ...]) -> Package:
    contracts = tuple([leg.contract for leg in legs])
    products = tuple([product_of(each.underlying, each.kind) for each in contracts])
    expiries = {each.expiry for each in contracts if each.expiry is not None}
    groups = settling_together(legs)
    lows = [lowest(group) for group in groups]
    fixed = locked(groups, lows)
    return Package(
        legs,
        contracts,
        products,
        tuple([leg.ratio for leg in legs]),
        tuple([at for at, leg in enumerate(legs) if leg.ratio < 0]),
        tuple([each.least for each in products]),
        multiplier(legs),
        min(expiries, key=lambda each: each.settles) if expiries else None,
        contracts[0].kind is Kind.FUTURE,
        any(earns_dividends(each) for each in contracts),
        sum(lows),
        fixed,
        uncovered_calls(legs) if fixed is None else 0,
    )
