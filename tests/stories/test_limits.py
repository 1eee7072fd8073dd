"""Orders that would break a limit."""

from hedgerow.account.assumptions import Assumptions

from tests.market_strategies import market, read_notation
from tests.running import run

QUIET = Assumptions(interest=False, dividends=False, costs="none", spread_fraction=0.0)

TWO = """strategy limited 1.0.0
"Condors and calls under limits"

needs SPX, VIX

entry condor {
  sell iron_condor(SPX, expiry = monthly 45 days, short = 5%, wing = 50 points)
  when no condor open
  size 100 contracts
  exit when VIX > 40
}

entry calls {
  buy call(VIX, expiry = monthly 45 days, strike = 30 delta)
  when no calls open
  size 100 contracts
  exit when VIX > 40
}

LIMIT
"""


def limited(limit, spx="2000 x6", vix="15 x6", text=TWO):
    past = market(read_notation(spx), read_notation(vix))
    return run(text.replace("LIMIT", limit), past, QUIET)


def units(result):
    return {fill.order.because.rule: fill.order.units for fill in result.fills}


def test_an_order_that_would_break_a_limit_is_scaled_down_and_it_is_written_down():
    result = limited("limit margin <= 25% of equity")
    assert units(result) == {"condor": 50, "calls": 100}  # 50 points x $100 x 50 = $250,000
    scaled = next(each for each in result.decisions if each.action == "scale")
    assert scaled.reason == "100 contracts became 50: margin <= 25% of equity"
    assert max(result.margin) == 25_000_000


def test_an_order_of_which_not_one_contract_fits_is_refused():
    result = limited("limit margin <= 0.1% of equity")
    assert units(result) == {"calls": 100}
    assert {each.reason for each in result.rejections} == {"a limit of the rules"}
    assert {each.detail for each in result.rejections} == {"margin <= 0.1% of equity"}


def test_a_limit_that_is_unknown_lets_nothing_pass():
    result = limited("limit sma(VIX, 100 sessions) < 30")
    assert result.fills == ()


def test_a_limit_the_market_broke_does_not_stop_an_order_that_leaves_it_as_it_is():
    assert units(limited("limit VIX < 10")) == {"condor": 100, "calls": 100}
    assert units(limited("limit count(condor) < 1")) == {"calls": 100}


def test_today_s_other_orders_count_before_they_are_filled():
    text = TWO.replace("entry calls", "entry other").replace(
        "buy call(VIX, expiry = monthly 45 days, strike = 30 delta)",
        "sell iron_condor(SPX, expiry = monthly 45 days, short = 6%, wing = 50 points)",
    ).replace("no calls open", "no other open")  # fmt: skip
    result = limited("limit margin <= 75% of equity", text=text)
    assert units(result) == {"condor": 100, "other": 50}


def test_hedges_may_cost_no_more_than_a_part_of_the_credit_of_the_last_sessions():
    limit = "limit hedge_cost(calls, 90 sessions) <= 5% of credit_collected(condor, 90 sessions)"
    result = limited(limit)
    collected = next(each for each in result.fills if each.order.because.rule == "condor").cash
    paid = -next(each for each in result.fills if each.order.because.rule == "calls").cash
    assert 0 < paid <= 0.05 * collected
    assert paid + paid / units(result)["calls"] > 0.05 * collected  # one more would not fit
