"""Many runs shared out among processes come to the same, whatever becomes of the processes."""

from __future__ import annotations

import os
import signal
from multiprocessing import active_children

import numpy as np
import pytest
from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fee_files import schedule
from hedgerow.book import book_from_text
from hedgerow.market.market_from_history import market_from_history
from hedgerow.market.sources.sample import sample_history
from hedgerow.study.fault import StudyFault
from hedgerow.study.workers import Bench, made_of
from hedgerow.text.source import Source

RULES = """strategy shared 1.0.0
"Condors of a width of their own"

needs SPX, VIX

entry condor {{
  sell iron_condor(SPX, expiry = 14 days, short = 1.5 sd, wing = {wing} points)
  size risk 10% of capital
  exit when profit >= 50% of credit
}}
"""
BOOKS = [
    book_from_text(Source("shared.rules", RULES.format(wing=wing))) for wing in range(25, 80, 5)
]


@pytest.fixture(scope="module")
def bench() -> Bench:
    market = market_from_history(sample_history().until(120))
    return Bench(market, Assumptions(), schedule("default"))


@pytest.fixture(scope="module")
def alone(bench):
    return dict(made_of(BOOKS, bench, 1))


def same(found, alone) -> bool:
    return found.keys() == alone.keys() and all(
        np.array_equal(found[at].equity, alone[at].equity)
        and found[at].summary == alone[at].summary
        for at in alone
    )


def test_two_processes_make_what_one_makes(bench, alone):
    assert same(dict(made_of(BOOKS, bench, 2)), alone)
    assert len({each.summary.final_equity for each in alone.values()}) > 1


def test_what_a_killed_process_was_at_is_done_again(bench, alone):
    coming = made_of(BOOKS, bench, 2)
    found = dict([next(coming)])
    os.kill(active_children()[0].pid, signal.SIGKILL)
    for place, made in coming:
        assert place not in found, "what has come in is not done twice"
        found[place] = made
    assert same(found, alone)


def test_where_processes_are_killed_again_and_again_it_is_said(bench, monkeypatch):
    from concurrent.futures.process import BrokenProcessPool

    from hedgerow.study import workers

    def broken(*_):
        raise BrokenProcessPool

    monkeypatch.setattr(workers, "_shared_out", broken)
    with pytest.raises(StudyFault, match="try it with fewer"):
        list(made_of(BOOKS, bench, 2))
