"""The same trades at other fills, against runs that really paid them."""

from __future__ import annotations

import numpy as np
import pytest
from hedgerow.account.assumptions import Assumptions, FillTiming
from hedgerow.report.fills import break_even
from hedgerow.study.other_fills import bracket, refilled_equity
from msgspec.structs import replace

from tests.market_strategies import market, read_notation
from tests.running import run

HISTORY = market(
    read_notation("2000 x20, 1950 x20, 2080 x20, 2000 x20, 2100 x20"),
    read_notation("15 x20, 22 x20, 16 x20, 28 x20, 14 x20"),
)
# Sizes and exits that no fill can move.
STEADY = """strategy steady 1.0.0
"Condors, VIX futures and shares, always as many"

needs SPX, VIX

entry condor {
  sell iron_condor(SPX, expiry = 45 days, short = 5%, wing = 50 points)
  when no condor open
  size 3 contracts
  exit when age >= 12 days
}

entry future {
  buy future(VIX, expiry = 30 days)
  when no future open and VIX > 20
  size 2 contracts
  exit when age >= 9 days
}

entry index {
  buy shares(SPX)
  when no index open
  size 40 contracts
  exit when age >= 15 days
}
"""


def steady(fraction, timing=FillTiming.NEXT_CLOSE):
    terms = Assumptions(spread_fraction=fraction, costs="none", fill=timing)
    return run(STEADY, HISTORY, terms)


@pytest.mark.parametrize("timing", FillTiming)
@pytest.mark.parametrize("fraction", [0.0, 0.25, 1.0])
def test_other_fills_give_the_equity_of_a_run_that_paid_them(fraction, timing):
    default, paid = steady(0.5, timing), steady(fraction, timing)
    assert {fill.order.action for fill in default.fills} == {"open", "close"}
    assert len(default.fills) == len(paid.fills) > 20
    gaps = refilled_equity(default, fraction) - paid.equity
    assert abs(gaps).max() <= len(HISTORY.sessions)  # interest is rounded to a cent every session
    assert abs(default.equity - paid.equity).max() > 10_000


def test_a_runs_own_fills_are_its_equity():
    for fraction in (0.0, 0.3, 1.0):
        made = steady(fraction)
        assert (refilled_equity(made, fraction) == made.equity).all()


def test_a_dearer_fill_never_leaves_more():
    made = steady(0.5)
    ends = [refilled_equity(made, fraction)[-1] for fraction in np.linspace(0, 1, 21)]
    assert ends == sorted(ends, reverse=True)


def raised(cents):
    """The steady run with a profit that leaves it between the mid and the full spread."""
    made = steady(0.5)
    return replace(made, equity=made.equity + np.linspace(0, cents, len(made.equity)).astype(int))


def test_the_break_even_fill_leaves_what_cash_alone_would():
    poor = bracket(steady(0.5))
    middle = (poor.at_mid.final_equity + poor.at_full_spread.final_equity) // 2
    made = raised(poor.cash_alone - middle)
    found = bracket(made)
    assert 0 < found.break_even < 1
    end = refilled_equity(made, found.break_even)[-1]
    assert end == pytest.approx(found.cash_alone, abs=0.001 * made.equity[0])
    assert break_even(found) == f"{found.break_even:.0%} of half"


def test_profits_that_no_fill_takes_or_gives_have_no_break_even():
    rich, poor = bracket(raised(10_000_000_00)), bracket(raised(-500_000_00))
    assert rich.break_even is None and break_even(rich) == "over 100%"
    assert poor.break_even is None and break_even(poor) == "under 0%"


def test_the_bracket_holds_the_run_between_its_ends():
    made = steady(0.5)
    found = bracket(made)
    assert found.as_run.final_equity == made.equity[-1]
    assert found.at_mid.annual_return > found.as_run.annual_return
    assert found.as_run.annual_return > found.at_full_spread.annual_return
