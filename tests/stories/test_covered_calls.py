"""Calls sold against shares that another rule holds."""

from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fee_files import schedule
from hedgerow.host.backtrader import run_backtrader
from hedgerow.host.direct import run_direct
from hedgerow.market.market import market_from_history

from tests.host.runs import assert_same
from tests.market_strategies import market, read_notation
from tests.running import plan_of, run

RULES = """strategy covered 1.0.0
"Shares, and calls against them"

needs SPX, VIX

entry index {
  buy shares(SPX)
  when VIX < 20
  size spend 90% of equity
  exit when VIX > 25 "enough"
}

entry calls {
  sell call(SPX, expiry = 30 days, strike = 5%)
  when index is open and no calls open
  size 1% of units(index)
  exit when VIX > 40 "the end"
}

limit margin <= 10% of equity
"""
FREE = Assumptions(interest=False, dividends=False, costs="none", spread_fraction=0.0)


def past(vix="15 x12"):
    return market(read_notation("2000 x12"), read_notation(vix))


def test_there_is_a_call_for_every_hundred_shares_and_no_margin():
    result = run(RULES, past(), FREE)
    index, calls = result.fills[:2]
    assert (index.order.units, calls.order.units) == (450, 4)
    assert set(result.margin.tolist()) == {0}
    assert not result.rejections


def test_a_call_is_uncovered_from_the_close_at_which_the_shares_are_sold():
    result = run(RULES, past("15 x6, 30 x6"), FREE)
    sold = next(fill for fill in result.fills if fill.order.action == "close")
    at = int(result.sessions.searchsorted(sold.at))
    assert set(result.margin[:at].tolist()) == {0}
    assert result.margin[at] > 0


def test_calls_of_two_rules_share_the_shares_the_earlier_first():
    second = RULES[RULES.index("entry calls") : RULES.index("limit")].replace("calls", "more")
    result = run(RULES[: RULES.index("limit")] + second, past(), FREE)
    by_rule = {fill.order.because.rule: fill.order.units for fill in result.fills}
    assert by_rule == {"index": 450, "calls": 4, "more": 4}
    without = RULES[: RULES.index("limit")].replace("when VIX < 20", "when VIX < 1")
    bare = without.replace("index is open and ", "").replace("1% of units(index)", "4 contracts")
    assert result.margin[-1] == run(bare, past(), FREE).margin[-1] > 0


def test_both_hosts_hold_them_alike():
    known, plan, fees = market_from_history(past("15 x6, 30 x6")), plan_of(RULES), schedule("none")
    assert_same(run_backtrader(plan, known, FREE, fees), run_direct(plan, known, FREE, fees))
