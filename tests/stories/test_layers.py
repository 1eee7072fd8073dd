"""How layers arm, disarm and cover."""

import pytest
from hedgerow.account.assumptions import Assumptions

from tests.market_strategies import market, read_notation
from tests.running import run

TWO_LAYERS = """strategy layered 1.0.0
"Two layers of calls"

needs SPX, VIX

shock spike {
  VIX + 6 points
  SPX - 3.2%
}

layers condors {
  layer base {
    sell iron_condor(SPX, expiry = 45 days, short = 1.5 sd, wing = 50 points)
    when no base open
    size risk 10% of capital
    exit when days_to_expiry <= 7 days
  }
}

layers hedge {
  layer first at VIX >= 18 until VIX < 16 {
    buy call(VIX, expiry = 30 days, strike = 30 delta)
    when condors is open
    size cover 50% of loss(condors, spike)
    exit when disarmed
  }
  layer second at VIX >= 24 until VIX < 20 {
    buy call(VIX, expiry = 30 days, strike = 20 delta)
    size spend 1% of capital
    exit when disarmed
  }
}
"""


def result_of(vix, text=TWO_LAYERS, spx="2000 x100", **assumptions):
    levels = read_notation(vix)
    past = market(read_notation(spx)[: len(levels)], levels)
    return past, run(text, past, Assumptions(**assumptions))


def sessions_of(past, result, rule, action):
    at = past.sessions.tolist()
    return [
        at.index(each.at) for each in result.decisions
        if (each.rule, each.action) == (rule, action)
    ]  # fmt: skip


def test_a_layer_arms_at_its_threshold_and_stays_armed_until_the_other():
    past, result = result_of("15 x5, 18 x3, 17 x3, 15.9 x3, 17 x3")
    assert sessions_of(past, result, "hedge.first", "arm") == [5]
    assert sessions_of(past, result, "hedge.first", "disarm") == [11]
    closing = [each for each in result.fills if each.order.because.rule == "hedge.first"][-1]
    assert closing.order.because.reason == "disarmed"
    assert past.sessions.tolist().index(closing.at) == 12


def test_a_deeper_layer_arms_only_while_the_one_before_it_is_armed():
    past, result = result_of("15 x3, 25 x4")
    assert sessions_of(past, result, "hedge.first", "arm") == [3]
    assert sessions_of(past, result, "hedge.second", "arm") == [3]
    reversed_ = TWO_LAYERS.replace("at VIX >= 18 until VIX < 16", "at SPX > 3000 until SPX < 2900")
    past, result = result_of("15 x3, 25 x4", reversed_)
    assert sessions_of(past, result, "hedge.second", "arm") == []


def test_a_cover_buys_enough_calls_to_gain_half_of_what_the_condors_lose():
    _, result = result_of("15 x5, 19 x4", interest=False)
    opened = next(
        each for each in result.decisions
        if (each.rule, each.action) == ("hedge.first", "open")
    )  # fmt: skip
    calls = next(each for each in result.fills if each.order.because.rule == "hedge.first")
    assert calls.order.units >= 1
    assert opened.reason.startswith("covers $")
    assert "beyond it" in opened.reason


def test_twice_the_cover_buys_twice_the_calls():
    half = result_of("15 x5, 19 x4")[1]
    whole = result_of("15 x5, 19 x4", TWO_LAYERS.replace("cover 50%", "cover 100%"))[1]
    one, two = (
        next(each.order.units for each in result.fills if "hedge" in each.order.because.rule)
        for result in (half, whole)
    )
    assert two == pytest.approx(2 * one, abs=1)


def test_with_nothing_to_cover_the_hedge_says_so_and_stays_out():
    text = TWO_LAYERS.replace("when condors is open", "when true").replace(
        "when no base open", "when VIX > 90"
    )
    _, result = result_of("15 x3, 19 x3", text)
    assert {each.reason for each in result.rejections} == {"nothing to cover"}


def test_a_series_not_yet_warm_makes_its_rule_unknown_and_the_days_are_counted():
    text = TWO_LAYERS.replace("when no base open", "when SPX > sma(SPX, 5 sessions) - 1 points")
    past, result = result_of("15 x12", text)
    assert result.unknown == {"condors.base": 4}
    assert sessions_of(past, result, "condors.base", "open")[0] == 4
