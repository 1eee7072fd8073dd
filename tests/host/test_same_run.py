"""Both hosts give the same run: every entry, order, mark, decision and count."""

from datetime import date

import pytest
from hedgerow.account.assumptions import Assumptions, FillTiming
from hedgerow.account.fee_files import schedule
from hedgerow.host.backtrader import compile_strategy, run_backtrader
from hedgerow.host.direct import run_direct
from hedgerow.market.market_from_history import market_from_history
from hypothesis import given, settings

from tests.host.runs import CORE, UNHEDGED, assert_same, sample
from tests.market_strategies import histories
from tests.rule_files import rule_files
from tests.running import plan_of

FEES = schedule("default")
CRISIS = Assumptions(start=date(2008, 3, 3), end=date(2009, 4, 30))


@pytest.mark.parametrize("rules", [CORE, UNHEDGED], ids=["core", "unhedged"])
@pytest.mark.parametrize("fill", list(FillTiming))
def test_a_preset_runs_the_same_in_both_hosts(rules, fill):
    plan = compile_strategy(rules).plan
    taken = Assumptions(start=CRISIS.start, end=CRISIS.end, fill=fill)
    direct = run_direct(plan, sample(), taken, FEES)
    assert len(direct.trades) > 20
    assert_same(run_backtrader(plan, sample(), taken, FEES), direct)


@settings(max_examples=12)
@given(histories())
def test_hosts_agree_on_markets_that_never_were(history):
    plan, market = compile_strategy(CORE).plan, market_from_history(history)
    direct = run_direct(plan, market, Assumptions(), FEES)
    assert_same(run_backtrader(plan, market, Assumptions(), FEES), direct)


@settings(max_examples=12)
@given(rule_files("QQQ"), histories(other="QQQ"))
def test_hosts_agree_on_rules_that_trade_several_underlyings(text, history):
    plan, market = plan_of(text), market_from_history(history)
    direct = run_direct(plan, market, Assumptions(), FEES)
    assert_same(run_backtrader(plan, market, Assumptions(), FEES), direct)
