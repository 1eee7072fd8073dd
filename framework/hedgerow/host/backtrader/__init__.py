"""Backtrader as host: a compiled strategy for a Cerebro of one's own, or a run like any other."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

import backtrader as bt

from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fees import FeeSchedule
from hedgerow.account.run import Run
from hedgerow.book import Book, book_from_text
from hedgerow.host.backtrader.broker import LedgerBroker
from hedgerow.host.backtrader.fault import BacktraderFault
from hedgerow.host.backtrader.feed import MarketFeed, market_feed
from hedgerow.host.backtrader.strategy import CompiledStrategy, strategy_from_plan
from hedgerow.host.sessions import sessions_of
from hedgerow.market.market import Market
from hedgerow.plan.from_book import plan_from_book
from hedgerow.plan.plan import Plan
from hedgerow.plan.signals import Signals
from hedgerow.text.parents import parents_of
from hedgerow.text.source import Source

__all__ = [
    "BacktraderFault",
    "CompiledStrategy",
    "LedgerBroker",
    "MarketFeed",
    "compile_strategy",
    "market_feed",
    "prepare",
    "run_backtrader",
    "strategy_from_plan",
]


def compile_strategy(rules: Book | Source | str | PathLike[str]) -> type[CompiledStrategy]:
    """A `bt.Strategy` class from a rule file's path, a source or a book.

    The parents of a variant are looked for in the folder of its file. Refusal, with every
    diagnostic, where the text has a mistake. The Cerebro it is added to must be prepared.
    """
    if isinstance(rules, str | PathLike):
        path = Path(rules)
        source = Source(str(rules), path.read_text(encoding="utf-8"))
        rules = book_from_text(source, parents_of(path, source.name, path.parent))
    book = book_from_text(rules) if isinstance(rules, Source) else rules
    return strategy_from_plan(plan_from_book(book))


def prepare(
    cerebro: bt.Cerebro,
    market: Market,
    assumptions: Assumptions | None = None,
    fees: FeeSchedule | None = None,
    signals: Signals | None = None,
) -> LedgerBroker:
    """Give a Cerebro the account and the market feed that a compiled strategy trades with.

    The feed runs from the first to the last session of the assumptions. DataFault where there is
    none.
    """
    broker = LedgerBroker(market, assumptions, fees, signals)
    sessions = sessions_of(market, broker.assumptions)
    cerebro.setbroker(broker)
    first, last = sessions.dates[sessions.first], sessions.dates[sessions.last]
    cerebro.adddata(market_feed(market, fromdate=first, todate=last))
    return broker


def run_backtrader(
    plan: Plan,
    market: Market,
    assumptions: Assumptions,
    fees: FeeSchedule,
    signals: Signals | None = None,
) -> Run:
    """The run that `run_direct` gives, by way of Cerebro."""
    cerebro = bt.Cerebro(stdstats=False)
    broker = prepare(cerebro, market, assumptions, fees, signals)
    cerebro.addstrategy(strategy_from_plan(plan), signals=False)
    cerebro.run()
    return broker.run()
