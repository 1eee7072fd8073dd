"""One rule file through both hosts, against the same book by hand and against Backtrader idle."""

from pathlib import Path

import backtrader as bt
from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fee_files import schedule
from hedgerow.host.backtrader import compile_strategy, run_backtrader
from hedgerow.host.direct import run_direct
from hedgerow.market.answers import Answers
from hedgerow.market.listing import Listing
from hedgerow.market.market import Market, market_from_history
from hedgerow.market.sources import load
from msgspec.structs import replace

from tests.benchmarks.stock_condors import StockCondors, stock_feeds
from tests.benchmarks.timing import Row, interleaved

RULES = Path(__file__).parent.parent.parent / "rules" / "alvh" / "unhedged.rules"


def fresh(market: Market) -> Market:
    """The same market, with nothing remembered of what was asked of it."""
    return replace(market, listing=Listing(market.listing._schedules), answers=Answers())


def by_hand(market: Market) -> list[int]:
    """Equity in cents, a session each."""
    cerebro = bt.Cerebro(stdstats=False)
    for feed in stock_feeds(market):
        cerebro.adddata(feed)
    cerebro.addstrategy(StockCondors, market=market)
    return cerebro.run()[0].equity


def idle(market: Market) -> None:
    """The three feeds and a strategy that does nothing."""
    cerebro = bt.Cerebro(stdstats=False)
    for feed in stock_feeds(market):
        cerebro.adddata(feed)
    cerebro.addstrategy(bt.Strategy)
    cerebro.run()


def host_rows(repeats: int) -> list[Row]:
    market = market_from_history(load("sample", ["SPX", "VIX"]))
    plan, fees, taken = compile_strategy(RULES).plan, schedule("default"), Assumptions()
    equity = run_direct(plan, market, taken, fees).equity.tolist()
    assert by_hand(market) == equity, "both must keep the same book, to the cent"
    return interleaved(
        {
            "by hand: three pandas feeds, legs priced every bar": lambda: by_hand(fresh(market)),
            "Backtrader idle: the same three feeds": lambda: idle(market),
            "compiled, in Backtrader, market new": lambda: run_backtrader(
                plan, fresh(market), taken, fees
            ),
            "compiled, in Backtrader, market seen before": lambda: run_backtrader(
                plan, market, taken, fees
            ),
            "compiled, direct, market new": lambda: run_direct(plan, fresh(market), taken, fees),
            "compiled, direct, market seen before": lambda: run_direct(plan, market, taken, fees),
        },
        repeats,
    )
