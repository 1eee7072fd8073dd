"""Running a rule text on a history, as tests need it."""

from __future__ import annotations

from functools import lru_cache

from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fee_files import schedule
from hedgerow.account.run import Run
from hedgerow.book import book_from_text
from hedgerow.host.direct import run_direct
from hedgerow.market.history import History
from hedgerow.market.market import Market
from hedgerow.market.market_from_history import market_from_history
from hedgerow.plan.from_book import plan_from_book
from hedgerow.plan.plan import Plan
from hedgerow.text.source import Source


@lru_cache(maxsize=1)
def sample_market() -> Market:
    from hedgerow.market.sources import load

    return market_from_history(load("sample", ["SPX", "VIX"]))


def plan_of(text: str) -> Plan:
    return plan_from_book(book_from_text(Source("test.rules", text)))


def run(text: str, market: Market | History, assumptions: Assumptions | None = None) -> Run:
    """The direct host's run of a rule text, with the default fees."""
    known = market_from_history(market) if isinstance(market, History) else market
    taken = assumptions or Assumptions()
    return run_direct(plan_of(text), known, taken, schedule(taken.costs))
