"""One rule file through both hosts, against the same book by hand and against Backtrader idle."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import backtrader as bt
from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fee_files import schedule
from hedgerow.host.backtrader import compile_strategy, run_backtrader
from hedgerow.host.direct import run_direct
from hedgerow.market.answers import Answers
from hedgerow.market.listing import Listing
from hedgerow.market.market import Market
from hedgerow.market.market_from_history import market_from_history
from hedgerow.market.sources import load
from hedgerow.plan.plan import Plan
from msgspec.structs import replace

from tests.benchmarks.stock_condors import StockCondors, stock_feeds
from tests.benchmarks.timing import Row, interleaved

RULES = Path(__file__).parent.parent.parent / "rules" / "alvh" / "unhedged.rules"
EACH = "compiled, direct, thirty variants on one market, each"
VARIANT = """variant of_{part}_{days} 1.0.0 of "unhedged.rules"
"Out at {part}% of the credit, or {days} days before expiry"

set condors.base.exit.half_the_credit_is_in = profit >= {part}% of credit
set condors.second.exit.half_the_credit_is_in = profit >= {part}% of credit
set condors.base.exit.a_week_before_expiry = days_to_expiry <= {days} days
"""


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


def family() -> list[Plan]:
    """Thirty variants of the rules that differ in their exits, so that they open on other days."""
    with TemporaryDirectory() as folder:
        for name in ("core.rules", "unhedged.rules"):
            shutil.copy(RULES.with_name(name), folder)
        plans = []
        for part in range(30, 80, 5):
            for days in (5, 7, 10):
                path = Path(folder, f"of_{part}_{days}.rules")
                path.write_text(VARIANT.format(part=part, days=days), encoding="utf-8")
                plans.append(compile_strategy(path).plan)
    return plans


def host_rows(repeats: int) -> list[Row]:
    market = market_from_history(load("sample", ["SPX", "VIX"]))
    plan, fees, taken = compile_strategy(RULES).plan, schedule("default"), Assumptions()
    equity = run_direct(plan, market, taken, fees).equity.tolist()
    assert by_hand(market) == equity, "both must keep the same book, to the cent"
    variants = family()

    def all_variants() -> None:
        shared = fresh(market)
        for each in variants:
            run_direct(each, shared, taken, fees)

    rows = interleaved(
        {
            "by hand: three pandas feeds, legs priced every bar": lambda: by_hand(fresh(market)),
            "by hand, market seen before": lambda: by_hand(market),
            "Backtrader idle: the same three feeds": lambda: idle(market),
            "compiled, in Backtrader, market new": lambda: run_backtrader(
                plan, fresh(market), taken, fees
            ),
            "compiled, in Backtrader, market seen before": lambda: run_backtrader(
                plan, market, taken, fees
            ),
            "compiled, direct, market new": lambda: run_direct(plan, fresh(market), taken, fees),
            "compiled, direct, market seen before": lambda: run_direct(plan, market, taken, fees),
            EACH: all_variants,
        },
        repeats,
    )
    return [row.shared_by(len(variants)) if row.what == EACH else row for row in rows]
