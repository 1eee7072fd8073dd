"""Positions whose size is brought back to what their rule wants, and offsets of either side."""

import pytest
from hedgerow.account.assumptions import Assumptions

from tests.market_strategies import market, read_notation
from tests.running import run

FREE = Assumptions(interest=False, dividends=False, costs="none", spread_fraction=0.0)
COSTLY = Assumptions(interest=False, dividends=False, spread_fraction=1.0)

HALF = """strategy half 1.0.0
"Half the account in the index, looked at every other session"

needs SPX, VIX

entry index {
  buy shares(SPX)
  when no index open
  size spend 50% of equity
  rebalance when every 2 sessions
  exit when SPX < 1000
}
"""

FLAT = """strategy flat 1.0.0
"A future that takes away what index shares move by"

needs SPX, VIX

entry base {
  SIDE shares(SPX)
  when no base open and VIX < 20
  size (if VIX < 16 then 250 contracts else 100 contracts)
  exit when VIX > 30
}

entry flat {
  offset future(SPX, expiry = monthly 90 days)
  when base is open
  size cover COVER
  rebalance when delta(book) != 0
  exit when no base open "nothing to flatten"
}
"""


def told(result):
    return [
        (each.order.action.value, each.order.units, each.order.legs[0].ratio)
        for each in result.fills
    ]


def history(spx, vix="15 x200"):
    closes = read_notation(spx)
    return market(closes, read_notation(vix)[: len(closes)])


def half(spx, taken=FREE):
    return run(HALF, history(spx), taken)


def position_of(result, session):
    """Cents in the account of position 1 after the entries of a session."""
    at = result.sessions[session].item()
    return sum(
        amount
        for entry in result.entries
        if entry.at <= at
        for account, amount in entry.postings
        if account == "position:1"
    )


def test_shares_are_sold_after_a_rise_until_they_are_the_part_wanted_again():
    result = half("2000 x3, 4000 x4")
    assert told(result) == [("open", 250, 1), ("reduce", 63, 1)]
    sold = result.fills[1]
    # the account is worth 1,500,000 then, and half of it 187 whole shares
    assert sold.cash == 63 * 4000 * 100
    assert result.equity[-1] == FREE.capital + 250 * 2000 * 100
    assert position_of(result, 6) == (250 - 63) * 2000 * 100


def test_shares_are_bought_after_a_fall_and_what_was_sold_was_realised():
    result = half("2000 x3, 4000 x3, 2000 x5")
    assert told(result) == [("open", 250, 1), ("reduce", 63, 1), ("add", 94, 1)]
    cash = dict(result.entries[-1].postings)["cash"]
    assert cash == -94 * 2000 * 100
    # bought at 2000, 63 of them sold at 4000, the rest is worth what it cost
    assert result.equity[-1] == FREE.capital + 63 * 2000 * 100
    (trade,) = result.trades
    assert (trade.units, trade.changes, trade.result) == (281, 2, 63 * 2000 * 100)


def test_a_rebalance_that_would_change_nothing_trades_nothing_and_says_nothing():
    result = half("2000 x12")
    assert told(result) == [("open", 250, 1)]
    assert [each.action for each in result.decisions] == ["open"]


def test_every_step_is_written_down_with_the_numbers_it_came_from():
    result = half("2000 x3, 4000 x4")
    change = result.decisions[-1]
    assert change.action == "rebalance"
    assert change.reason == "250 contracts become 187: $750,000.00 at $4,000.00 a contract"
    assert change.place.startswith("test.rules:10:")


def test_what_a_rebalance_trades_pays_spread_and_fees_like_any_order():
    free, costly = half("2000 x3, 4000 x4"), half("2000 x3, 4000 x4", COSTLY)
    reduced = costly.fills[1]
    assert reduced.slippage > 0
    (trade,) = costly.trades
    assert trade.slippage == sum(fill.slippage for fill in costly.fills)
    assert trade.fees == sum(fill.fee for fill in costly.fills)
    assert costly.equity[-1] < free.equity[-1]
    assert trade.result == costly.equity[-1] - COSTLY.capital - _came_in(costly)


def _came_in(result):
    return -sum(
        amount
        for entry in result.entries
        for account, amount in entry.postings
        if account in ("interest", "dividends")
    )


def flat(side, cover="100% of delta(base)", spx="2000 x5", vix="15 x3, 18 x2", text=FLAT):
    return run(text.replace("SIDE", side).replace("COVER", cover), history(spx, vix), FREE)


@pytest.mark.parametrize(("side", "ratio"), [("buy", -1), ("sell", 1)])
def test_an_offset_takes_the_side_that_its_cover_needs(side, ratio):
    result = flat(side)
    opened = result.fills[1].order
    # 250 shares move by 250 dollars a point, one future by 50
    assert (opened.units, opened.legs[0].ratio) == (5, ratio)
    assert (opened.legs[0].name, opened.legs[0].contract.multiplier) == ("future", 50)


TURNING = """strategy turning 1.0.0
"A future against shares that come and go"

needs SPX, VIX

entry bought {
  buy shares(SPX)
  when VIX < 16 and no bought open
  size 100 contracts
  exit when VIX > 16
}

entry sold {
  sell shares(SPX)
  when VIX > 18 and no sold open
  size 200 contracts
  exit when VIX < 18
}

entry flat {
  offset future(SPX, expiry = monthly 90 days)
  when bought is open or sold is open
  size cover 100% of delta(book)
  rebalance when delta(book) != 0
}
"""


def test_an_offset_turns_round_by_one_decision_when_its_other_side_is_needed():
    result = run(TURNING, history("2000 x10", "15 x3, 20 x7"), FREE)
    fills = [each for each in result.fills if each.order.because.rule == "flat"]
    assert [(each.order.action.value, each.order.units, each.order.legs[0].ratio)
            for each in fills] == [("open", 2, -1), ("close", 2, -1), ("open", 4, 1)]  # fmt: skip
    (_, gone, back) = fills
    assert gone.at == back.at
    assert back.order.replaces == gone.order.position
    assert [each.action for each in result.decisions if each.rule == "flat"] == [
        "open", "rebalance", "open",
    ]  # fmt: skip


def test_an_offset_of_nothing_is_closed():
    text = TURNING.replace("VIX > 18 and", "VIX > 90 and")
    result = run(text, history("2000 x10", "15 x3, 20 x7"), FREE)
    (trade,) = [each for each in result.trades if each.rule == "flat"]
    assert trade.reason == "delta(book) != 0"
    assert result.cash[-1] == result.equity[-1]


CALLS = """strategy calls 1.0.0
"Calls against what a spike would cost"

needs SPX, VIX

shock spike {
  VIX + 6 points
  SPX - 3.2%
}

entry condor {
  sell iron_condor(SPX, expiry = monthly 60 days, short = 5%, wing = 50 points)
  when no condor open
  size 20 contracts
}

entry calls {
  buy call(VIX, expiry = monthly 60 days, strike = 30 delta)
  when condor is open
  size cover 50% of loss(condor, spike)
  rebalance when every 3 sessions
}
"""


def test_a_cover_is_worked_out_for_the_contracts_that_are_held():
    result = run(CALLS, history("2000 x6, 1960, 1930, 1930 x6", "15 x6, 18, 22, 22 x6"), FREE)
    calls = [each.order for each in result.fills if each.order.because.rule == "calls"]
    assert len(calls) > 1
    assert {each.legs for each in calls} == {calls[0].legs}
    assert {each.position for each in calls} == {calls[0].position}
    assert all(" contracts become " in each.reason for each in result.decisions
               if each.action == "rebalance")  # fmt: skip
    held = sum(each.units * (1 if each.action.takes_on else -1) for each in calls)
    assert [each.units for each in result.trades if each.rule == "calls"] == [held]


def test_a_position_that_is_closing_is_not_rebalanced():
    text = HALF.replace("SPX < 1000", "SPX > 3000")
    result = run(text, history("2000 x3, 4000 x4"), FREE)
    assert told(result)[:2] == [("open", 250, 1), ("close", 250, 1)]


def test_a_limit_cuts_what_a_rebalance_adds():
    text = HALF + "\nlimit cash >= 60% of equity\n"
    assert told(run(text, history("2000 x4"), FREE)) == [("open", 200, 1)]
    result = run(text, history("2000 x3, 1000 x4"), FREE)
    added = [each for each in result.fills if each.order.action == "add"]
    # 800,000 are left: the half is 400 shares, of which the limit lets 320 through
    assert [each.order.units for each in added] == [120]
    assert any("200 contracts became 120: cash >= 60% of equity" in each.reason
               for each in result.decisions)  # fmt: skip


def test_what_a_rebalance_can_not_pay_for_is_refused_and_the_position_stays():
    text = HALF.replace("every 2 sessions", "SPX < 2000")
    result = run(text, history("2000 x3, 1000, 5000 x2"), FREE)
    (refused,) = result.rejections
    assert refused.reason == "not enough cash"
    assert refused.detail == "needs $625,000.00, free are $500,000.00"
    (trade,) = result.trades
    assert (trade.units, trade.changes) == (250, 0)


def test_credits_and_profits_follow_what_is_still_held():
    text = """strategy watched 1.0.0
"Gives half back, then ends on what it cost"

needs SPX, VIX

entry index {
  buy shares(SPX)
  when no index open
  size (if SPX > 2100 then 50 contracts else 100 contracts)
  rebalance when SPX > 2100
  exit when cost <= $100000 and profit >= $14000 "half is left, and all it made counts"
}
"""
    result = run(text, history("2000 x3, 2150 x4"), FREE)
    sizes = [("open", 100, 1), ("reduce", 50, 1), ("close", 50, 1)]
    assert told(result)[:3] == sizes
    assert result.trades[0].result == 100 * 150 * 100
    path = result.layers["index"]
    assert path[3] == path[4] == result.trades[0].result
