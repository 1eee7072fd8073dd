"""Whatever passes its checks can be run and shocked: a file is refused before a run, or never."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fee_files import schedule
from hedgerow.book import book_from_text
from hedgerow.book.shocks import shipped_shocks
from hedgerow.host.direct import run_direct
from hedgerow.market.generator import CRASH, generated_history
from hedgerow.market.history import Series
from hedgerow.market.market_from_history import market_from_history
from hedgerow.plan.from_book import plan_from_book
from hedgerow.study.book_on import book_on
from hedgerow.study.stress import stress
from hedgerow.text.diagnostic import Refusal
from hedgerow.text.source import Source
from msgspec.structs import replace

CASES = Path(__file__).parents[1] / "cases" / "good"
SESSIONS = 100
HISTORY = generated_history(5, SESSIONS, CRASH, date(2017, 1, 3))


def books():
    """Of the good cases that are whole strategies and read no calendar of their own."""
    for path in sorted(CASES.glob("*.rules")):
        try:
            book = book_from_text(Source(path.name, path.read_text(encoding="utf-8")))
        except Refusal:
            continue
        if set(book.events) <= set(HISTORY.events):
            yield book


BOOKS = list(books())


def test_most_good_cases_are_among_them():
    assert len(BOOKS) > 30


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_a_good_case_can_be_run_and_shocked(book):
    """Series it wants beside SPX and VIX are half of VIX, with holes."""
    half = HISTORY.series["VIX"].close / 2
    half[::7] = np.nan
    others = {name: Series(half) for name in book.reads if name not in HISTORY.events}
    known = market_from_history(replace(HISTORY, series={**others, **HISTORY.series}))
    result = run_direct(plan_from_book(book), known, Assumptions(), schedule("default"))
    assert len(result.equity) == SESSIONS
    library = [*shipped_shocks().values()]
    assert np.isfinite([change.mean for change in stress(result, known, library).changes]).all()
    grid = book_on(result, known, result.sessions[-1].item(), library).grid
    assert np.isfinite(grid).all()
