"""Calls sold against shares that another rule holds."""

import pytest
from hedgerow.account.assumptions import AccountType, Assumptions
from hedgerow.account.fee_files import schedule
from hedgerow.host.backtrader import run_backtrader
from hedgerow.host.direct import run_direct
from hedgerow.market.market_from_history import market_from_history
from msgspec.structs import replace

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


CASH = replace(FREE, account=AccountType.CASH)


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


@pytest.mark.parametrize("account", [FREE, CASH], ids=["reg_t", "cash"])
def test_both_hosts_hold_them_alike(account):
    known, plan, fees = market_from_history(past("15 x6, 30 x6")), plan_of(RULES), schedule("none")
    assert_same(run_backtrader(plan, known, account, fees), run_direct(plan, known, account, fees))


def test_a_cash_account_sells_calls_against_its_shares_and_sets_nothing_aside():
    assert run(RULES, past(), CASH).fills == run(RULES, past(), FREE).fills
    assert set(run(RULES, past(), CASH).margin.tolist()) == {0}


def test_a_cash_account_sells_no_call_beyond_its_shares():
    text = RULES.replace("size 1% of units(index)", "size 5 contracts")
    made = run(text, past(), CASH)
    assert {fill.order.because.rule for fill in made.fills} == {"index"}
    refused = made.rejections[0]
    assert refused.reason == "not in this type of account"
    assert refused.detail == "50 shares too few behind the calls it has sold"


def test_a_cash_account_keeps_its_shares_until_its_calls_are_closed():
    text = RULES.replace("exit when VIX > 40", "exit when VIX > 35")
    made = run(text, past("15 x4, 30 x3, 38 x5"), CASH)
    closed = {
        fill.order.because.rule: made.sessions.searchsorted(fill.at)
        for fill in made.fills if fill.order.action == "close"
    }  # fmt: skip
    assert closed == {"calls": 8, "index": 9}, "decided at 7, with the shares first in the file"
    kept = [each for each in made.rejections if each.because.rule == "index"]
    assert {each.reason for each in kept} == {"not in this type of account"}
    assert kept[0].detail == "400 shares too few behind the calls it has sold"


def test_two_rules_of_a_cash_account_sell_no_share_twice():
    second = RULES[RULES.index("entry calls") : RULES.index("limit")].replace("calls", "more")
    text = RULES[: RULES.index("limit")] + second + RULES[RULES.index("limit") :]
    made = run(text, past(), CASH)
    by_rule = {fill.order.because.rule: fill.order.units for fill in made.fills}
    assert by_rule == {"index": 450, "calls": 4}
    assert {each.because.rule for each in made.rejections} == {"more"}
