"""Fills of the ledger as completed Backtrader orders, one for a whole package.

A package that was paid for is bought and later sold, one that brought a credit is sold and later
bought back, and some of either may trade between; `tradeid` is the number of its position. Prices
are points a unit, computed from the cents that moved, so that `size * price * multiplier` gives
those cents back and the profits which Backtrader works out are those of the ledger.
"""

from __future__ import annotations

from functools import lru_cache

import backtrader as bt
from msgspec import Struct

from hedgerow.account.order import Fill, Leg
from hedgerow.account.payoff import multiplier
from hedgerow.account.run import Trade


class PackageTerms(bt.CommInfoBase):
    """A multiplier for profits and values; commissions come with each fill."""

    params = (("stocklike", True), ("commtype", bt.CommInfoBase.COMM_FIXED))

    def getvaluesize(self, size: float, price: float) -> float:
        """Dollars of `size` packages at `price` points."""
        return float(size * price * self.p.mult)


@lru_cache(maxsize=8)
def package_terms(dollars_a_point: int) -> PackageTerms:
    return PackageTerms(mult=dollars_a_point)


def side(opening: int) -> int:
    """+1 for a package that was bought, -1 for one that was sold for a credit of cents."""
    return -1 if opening > 0 else 1


class _Told(Struct):
    """What Backtrader has heard of one position."""

    side: int
    cash: int = 0  # cents that moved; + received
    fees: int = 0  # cents


class Notices:
    """Makes the orders of one strategy on one feed."""

    def __init__(self, strategy: bt.Strategy, feed: bt.feed.DataBase) -> None:
        self._strategy, self._feed = strategy, feed
        self._told: dict[int, _Told] = {}  # by position

    def traded(self, fill: Fill) -> bt.Order:
        """A position that was opened, added to or reduced."""
        order, because = fill.order, fill.order.because
        told = self._told.setdefault(order.position, _Told(side(fill.cash)))
        told.cash += fill.cash
        told.fees += fill.fee
        sign = 1 if order.action.takes_on else -1
        return self._completed(
            order.position, order.legs, sign * order.units * told.side, fill.cash, fill.fee, 0,
            rule=because.rule, reason=because.reason, place=because.place,
        )  # fmt: skip

    def ended(self, trade: Trade) -> bt.Order:
        """A position that traded out or settled; legs that settled earlier are in its price."""
        gross = trade.result + trade.fees
        told = self._told.pop(trade.position)
        return self._completed(
            trade.position, trade.legs, -trade.units * told.side, gross - told.cash,
            trade.fees - told.fees, gross,
            rule=trade.rule, reason=trade.reason,
        )  # fmt: skip

    def _completed(
        self,
        position: int,
        legs: tuple[Leg, ...],
        size: int,
        cash: int,  # cents that moved; + received
        fee: int,
        gross: int,  # cents made by the end of a position, before fees; 0 at its opening
        **info: str,
    ) -> bt.Order:
        terms = package_terms(multiplier(legs))
        price = -cash / 100 / (size * terms.p.mult)
        told, kind = self._told.get(position), bt.BuyOrder if size > 0 else bt.SellOrder
        opens = told is not None and told.side * size > 0
        order = kind(
            owner=self._strategy, data=self._feed, size=abs(size), price=price, tradeid=position,
            exectype=bt.Order.Close,
        )  # fmt: skip
        order.addcomminfo(terms)
        order.addinfo(legs=", ".join(f"{leg.ratio:+d} {leg.contract}" for leg in legs), **info)
        value, closed, opened = size * price * terms.p.mult, 0 if opens else size, size * opens
        order.execute(
            self._feed.datetime[0], size, price,
            closed, 0.0 if opens else value, 0.0 if opens else fee / 100,
            opened, value if opens else 0.0, fee / 100 if opens else 0.0,
            None, gross / 100, opened, price if opens else 0.0,
        )  # fmt: skip
        return order.clone()  # a clone knows which execution is news
