"""The wide feed holds what stock pandas feeds would hold, loaded at once or in steps."""

from datetime import date, datetime

import backtrader as bt
import numpy as np
import pandas as pd
import pytest
from hedgerow.host.backtrader import market_feed

from tests.host.runs import sample

DATES = {"fromdate": date(2001, 9, 1), "todate": datetime(2002, 3, 15)}


class Witness(bt.Strategy):
    """Writes down every bar of every feed."""

    def __init__(self):
        self.seen = []

    def next(self):
        self.seen.append([(d.datetime.date(0), *self.bar(d)) for d in self.datas])

    def bar(self, data):
        return data.open[0], data.high[0], data.low[0], data.close[0]


def stock_feed(name, **dates):
    history = sample().history
    series = history.series[name]
    index = pd.DatetimeIndex(history.sessions)
    columns = {key: getattr(series, key) for key in ("open", "high", "low", "close")}
    return bt.feeds.PandasData(dataname=pd.DataFrame(columns, index=index), **dates)


def seen(*feeds, **options):
    cerebro = bt.Cerebro(stdstats=False, **options)
    for feed in feeds:
        cerebro.adddata(feed)
    cerebro.addstrategy(Witness)
    return cerebro.run()[0].seen


def same(one, other):
    return len(one) == len(other) and all(
        left == right or (left != left and right != right)
        for these, those in zip(one, other, strict=True)
        for this, that in zip(these, those, strict=True)
        for left, right in zip(this, that, strict=True)
    )


@pytest.mark.parametrize("options", [{}, {"runonce": False}, {"preload": False}, {"exactbars": 1}])
@pytest.mark.parametrize("dates", [DATES, {"todate": date(1990, 2, 1)}])
def test_bars_are_those_of_a_pandas_feed(options, dates):
    assert same(seen(market_feed(sample(), **dates), **options), seen(stock_feed("SPX", **dates)))


def test_two_feeds_of_other_dates_are_joined_as_backtrader_joins_its_own():
    late = {"fromdate": date(2002, 1, 1), "todate": date(2002, 5, 1)}
    ours = seen(market_feed(sample(), **DATES), stock_feed("VIX", **late))
    assert same(ours, seen(stock_feed("SPX", **DATES), stock_feed("VIX", **late)))


def test_the_other_series_are_lines_beside_the_bar():
    feed = market_feed(sample(), **DATES)
    seen(feed)
    history = sample().history
    first = int(np.searchsorted(history.sessions, np.datetime64("2001-09-01")))
    assert feed.vix.array[0] == history.series["VIX"].close[first]
    assert feed.rate.array[0] == history.rate[first]


def test_a_feed_can_be_resampled():
    cerebro = bt.Cerebro(stdstats=False)
    cerebro.resampledata(market_feed(sample(), **DATES), timeframe=bt.TimeFrame.Weeks)
    cerebro.addstrategy(Witness)
    weeks = cerebro.run()[0].seen
    stock = bt.Cerebro(stdstats=False)
    stock.resampledata(stock_feed("SPX", **DATES), timeframe=bt.TimeFrame.Weeks)
    stock.addstrategy(Witness)
    assert same(weeks, stock.run()[0].seen)
