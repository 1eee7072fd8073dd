"""`rules/alvh/unhedged.rules` as a Backtrader user writes it by hand.

Three stock pandas feeds; positions as a list of dicts and cash as a number, since Backtrader's own
broker has no options; every open leg is priced at every bar. Listings, prices, spreads and fees
are those of the framework, so that both must end at the same cent.
"""

import math
from itertools import pairwise

import backtrader as bt
import numpy as np
import pandas as pd
from hedgerow.account.fee_files import schedule
from hedgerow.account.fees import Charges, fee
from hedgerow.account.order import Action, Leg
from hedgerow.account.package import package_of
from hedgerow.account.products import conditions_of
from hedgerow.account.spreads import package_price
from hedgerow.market.contract import Right

LAYERS = {  # share of the risk capital, days to expiry, wing, days before expiry to leave
    "base": (0.40, 45, 50, 7),
    "second": (0.25, 30, 75, 5),
}
SIGNS = (-1, 1, -1, 1)  # short put, long put, short call, long call


def stock_feeds(market):
    """SPX, VIX and the rate as three pandas feeds."""
    index = pd.DatetimeIndex(market.history.sessions)

    def feed(name, close, open_=None, high=None, low=None):
        columns = {"open": open_, "high": high, "low": low}
        frame = pd.DataFrame({"close": close, "volume": 0.0, "openinterest": 0.0}, index=index)
        for column, values in columns.items():
            frame[column] = close if values is None else values
        return bt.feeds.PandasData(dataname=frame, name=name)

    spx, vix = market.history.series["SPX"], market.history.series["VIX"]
    return [
        feed("SPX", spx.close, spx.open, spx.high, spx.low),
        feed("VIX", market.snapshots.vix, vix.open, vix.high, vix.low),
        feed("RATE", market.history.rate),
    ]


class StockCondors(bt.Strategy):
    params = (("market", None), ("capital", 100_000_000))

    def __init__(self):
        self.market, self.charges = self.p.market, Charges(schedule("default"))
        self.cash = self.p.capital  # cents
        self.book, self.orders, self.equity = [], [], []

    def next(self):
        self.i = len(self) - 1
        self.today = self.data0.datetime.date(0)
        change = self.data1.close[0] / self.data1.close[-1] - 1 if self.i else math.nan
        self.conditions = conditions_of(self.today, self.data1.close[0], change)
        if self.i:
            days = (self.today - self.data0.datetime.date(-1)).days
            self.cash += round(self.cash * self.data2.close[-1] * days / 365)
        self.mark()
        waiting, self.orders = self.orders, []
        for action, position in waiting:
            self.trade(action, position)
        self.equity.append(self.cash + sum(each["value"] for each in self.book))
        self.leave()
        self.enter()

    def mark(self):
        """Every open leg at today's close."""
        legs = [leg for each in self.book for leg in each["legs"]]
        if not legs:
            return
        prices = iter(self.market.prices([leg.contract for leg in legs], self.i)[:, 0].tolist())
        for position in self.book:
            position["mids"] = [next(prices) for _ in position["legs"]]
            self.value(position)

    def value(self, position):
        position["value"] = position["units"] * sum(
            int(np.rint(mid * 10_000)) * sign
            for mid, sign in zip(position["mids"], SIGNS, strict=True)
        )

    def trade(self, action, position):
        legs, units = position["legs"], position["units"]
        if action is Action.OPEN:
            contracts = [leg.contract for leg in legs]
            position["mids"] = self.market.prices(contracts, self.i)[:, 0].tolist()
        package = position["package"]
        priced = package_price(package, position["mids"], self.conditions, 0.5, action)
        if not hasattr(priced, "price"):
            return
        cash = -round(priced.price * 10_000) * units
        self.cash += cash - fee(self.charges, package, priced.legs, units, action)
        if action is Action.OPEN:
            self.value(position)
            self.book.append(position | {"credit": cash, "opened": self.today})
        else:
            self.book.remove(position)

    def leave(self):
        for name, (_, _, _, days) in LAYERS.items():
            for position in self.book:
                if position["layer"] == name:
                    profit = position["credit"] + position["value"]
                    left = (position["expiry"] - self.today).days
                    if profit >= 0.5 * max(position["credit"], 0) or left <= days:
                        self.orders.append((Action.CLOSE, position))

    def enter(self):
        held = {position["layer"]: position for position in self.book}
        if "base" not in held:
            self.open("base")
        age = (self.today - held["base"]["opened"]).days if "base" in held else 0
        if "second" not in held and age >= 15:
            self.open("second")

    def open(self, layer):
        share, days, wing, _ = LAYERS[layer]
        expiry = self.market.expiry("SPX", self.i, days)
        if expiry is None:
            return
        listed = self.market.strikes("SPX", self.i, expiry)
        spot, sd = self.data0.close[0], self.market.one_sd("SPX", self.i, expiry)
        short_put = nearest(listed, spot - 1.5 * sd, -1)
        short_call = nearest(listed, spot + 1.5 * sd, 1)
        strikes = (
            short_put, nearest(listed[listed < short_put], short_put - wing, -1),
            short_call, nearest(listed[listed > short_call], short_call + wing, 1),
        )  # fmt: skip
        rights = (Right.PUT, Right.PUT, Right.CALL, Right.CALL)
        legs = tuple(
            Leg("", self.market.contract("SPX", expiry, right, strike), sign)
            for right, strike, sign in zip(rights, strikes, SIGNS, strict=True)
        )
        mids = self.market.prices([leg.contract for leg in legs], self.i)[:, 0].tolist()
        package = package_of(legs)
        priced = package_price(package, mids, self.conditions, 0.5, Action.OPEN)
        if not hasattr(priced, "price"):
            return
        width = max(abs(near - far) for near, far in list(pairwise(strikes))[::2])
        risk = (width + priced.price) * 100
        units = math.floor(share * 0.25 * self.equity[-1] / 100 / risk + 1e-6)
        if units >= 1:
            position = {"layer": layer, "legs": legs, "package": package, "units": units}
            self.orders.append((Action.OPEN, position | {"expiry": expiry.date}))


def nearest(listed, target, out):
    """The strike nearest to a target; of two equally near, the one further out of the money."""
    distances = np.abs(listed - target)
    ties = listed[distances == distances.min()]
    return float(ties[-1] if out > 0 else ties[0])
