"""VIX futures: nothing is paid for them, and their gains are paid every day."""

import pytest
from hedgerow.account.assumptions import Assumptions, FillTiming

from tests.market_strategies import market, read_notation
from tests.running import run

FREE = Assumptions(interest=False, dividends=False, costs="none", spread_fraction=0.0)
COSTLY = Assumptions(interest=False, dividends=False, costs="none", spread_fraction=1.0)

FUTURES = """strategy futures 1.0.0
"A future, or the spread of two"

needs SPX, VIX

entry vol {
  buy OPENING
  when VIX < 17 and no vol open
  size 2 contracts
  exit when VIX > 30 "spike"
}
"""
OUTRIGHT = "future(VIX, expiry = monthly 60 days)"
SPREAD = "future_spread(VIX, near = monthly 30 days, far = monthly 90 days)"


def futures(opening, vix, taken=FREE):
    levels = read_notation(vix)
    past = market(read_notation("2000 x200")[: len(levels)], levels)
    return run(FUTURES.replace("OPENING", opening), past, taken)


def test_a_future_pays_its_gain_day_by_day_and_the_sum_is_its_result():
    result = futures(OUTRIGHT, "16 x3, 20 x3, 31 x3")
    (trade,) = result.trades
    bought, sold = result.fills
    assert (bought.cash, sold.cash, trade.opening) == (0, 0, 0)
    assert trade.reason == "spike"
    assert trade.result == pytest.approx((-sold.price - bought.price) * 1000 * 100 * 2, abs=500)
    paid = [dict(each.postings)["cash"] for each in result.entries if each.kind == "variation"]
    assert sum(paid) == trade.result == result.equity[-1] - FREE.capital
    assert result.cash[-1] == result.equity[-1]


def test_the_margin_of_a_future_moves_with_its_level():
    result = futures(OUTRIGHT, "16 x4, 25 x2")
    assert 0 < result.margin[2] < result.margin[5]


def test_what_a_trade_gives_up_against_the_mid_is_paid_at_once():
    free, costly = (futures(OUTRIGHT, "16 x3, 31 x3", taken) for taken in (FREE, COSTLY))
    slippage = costly.trades[0].slippage
    assert slippage > 0
    assert costly.trades[0].result == free.trades[0].result - slippage


def test_of_a_spread_the_near_leg_settles_and_the_far_one_goes_on():
    result = futures(SPREAD, "16 x40, 18 x10")
    settled = [each for each in result.entries if each.kind == "settle"]
    assert len(settled) == 1
    assert dict(settled[0].postings)["cash"] == 0
    assert result.trades[0].reason == "still open"
    assert result.margin[-1] > result.margin[5]  # a spread needs less than one leg alone


def test_a_future_can_not_be_sized_by_what_is_spent():
    text = FUTURES.replace("OPENING", OUTRIGHT).replace("2 contracts", "spend 10% of capital")
    past = market(read_notation("2000 x5"), read_notation("16 x5"))
    result = run(text, past, FREE)
    assert {each.reason for each in result.rejections} == {"too small for one contract"}


def test_a_realised_sd_follows_what_the_index_did_not_what_is_implied():
    text = """strategy realised 1.0.0
"Strikes by the realised move"

needs SPX, VIX

sd = BASIS

entry condor {
  sell put(SPX, expiry = monthly 45 days, strike = 2 sd)
  when SPX > sma(SPX, 25 sessions) - 500 points and no condor open
  size 1 contracts
  exit when VIX > 90
}
"""
    spx = ", ".join(["2000", *["+4, -4"] * 20]).replace("+4", "2004").replace("-4", "2000")
    past = market(read_notation(spx), read_notation("30 x41"))
    implied, realised = (
        run(text.replace("BASIS", basis), past, FREE).fills[0].order.legs[0].contract.strike
        for basis in ("implied", "realized(20 sessions)")
    )
    assert implied < 1800 < 1950 < realised


def test_filling_at_the_same_close_pays_every_day_once():
    taken = Assumptions(
        interest=False, dividends=False, costs="none", spread_fraction=0.0,
        fill=FillTiming.SAME_CLOSE,
    )  # fmt: skip
    result = futures(OUTRIGHT, "16 x3, 20 x3, 31 x3", taken)
    bought, sold = result.fills
    assert result.trades[0].result == pytest.approx(
        (-sold.price - bought.price) * 1000 * 100 * 2, abs=500
    )
