"""What each rule saw at a close, and what would have had to differ."""

import pytest
from hedgerow.account.assumptions import Assumptions, FillTiming
from hedgerow.account.fee_files import schedule
from hedgerow.book import book_from_text
from hedgerow.host.direct import run_direct
from hedgerow.market.market_from_history import market_from_history
from hedgerow.plan.from_book import plan_from_book
from hedgerow.proof.why import why
from hedgerow.text.source import Source
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.market_strategies import histories, market, read_notation
from tests.rule_files import rule_files

FEES = schedule("default")
RULES = """strategy looked_at 1.0.0
"Shares in calm, a hedge in a storm"

needs SPX, VIX, BREADTH

entry shares {
  buy shares(SPX)
  when CONDITION
  size spend 50% of capital
  exit when profit > 10% of cost or VIX > 40 "enough"
}

layers hedge {
  layer first at VIX >= 20 until VIX < 16 {
    buy put(SPX, expiry = 30 days, strike = 5%)
    when shares is open
    size 1 contracts
    exit when disarmed
  }
  layer second at VIX >= 30 until VIX < 24 {
    buy put(SPX, expiry = 60 days, strike = 5%)
    size 1 contracts
    exit when disarmed
  }
}

limit margin <= 60% of equity
"""


def looked(session, condition="VIX < 20", vix="15 x9", spx="2000 x9", taken=None):
    book = book_from_text(Source("t.rules", RULES.replace("CONDITION", condition)))
    past = market_from_history(market(read_notation(spx), read_notation(vix)))
    return why(book, past, taken or Assumptions(), FEES, session)


def rule(found, path):
    return next(each for each in found.rules if each.rule == path)


@pytest.mark.parametrize("condition, needed", [
    ("VIX < 20", []),
    ("VIX > 20", ["VIX above 20.00 (it was 15.00)"]),
    ("VIX >= VIX[1] + 1 points", ["VIX at least 16.00 (VIX[1] + 1 points; it was 15.00)"]),
    ("VIX between 20 and 30", ["VIX between 20.00 and 30.00 (it was 15.00)"]),
    ("not (VIX < 20)", ["VIX at least 20.00 (it was 15.00)"]),
    ("not (VIX between 10 and 20)", ["VIX not between 10.00 and 20.00 (it was 15.00)"]),
    ("SPX > sma(SPX, 2) and VIX > 20",
     ["SPX above 2,000.00 (sma(SPX, 2); it was 2,000.00)", "VIX above 20.00 (it was 15.00)"]),
    ("VIX > 20 or VIX > VIX[1]",
     ["VIX above 20.00 (it was 15.00) or VIX above 15.00 (VIX[1]; it was 15.00)"]),
    ("VIX > 20 or (VIX > 18 and VIX < 19)",
     ["VIX above 20.00 (it was 15.00) or VIX above 18.00 (it was 15.00)"]),
    ("BREADTH > 0", ["BREADTH known (it is not)"]),
    ("VIX rises for 2 sessions", ["VIX rises for 2 sessions (it was false)"]),
    ("not (hedge.first is open) and not on SPX_EXPIRY", []),
])  # fmt: skip
def test_what_would_have_had_to_differ(condition, needed):
    (asked,) = rule(looked(3, condition), "shares").asked
    assert list(asked.needs) == needed
    assert (asked.truth == "true") == (not needed)


def test_what_was_seen_comes_with_its_values():
    (asked,) = rule(looked(3, "VIX > 20 and SPX > 100"), "shares").asked
    assert {each.text: each.value for each in asked.seen} == {"VIX": "15.00", "SPX": "2,000.00"}


def test_what_is_full_or_not_armed_opens_nothing():
    found = looked(3)
    assert rule(found, "shares").barred == ("1 of shares open already",)
    second = rule(found, "hedge.second")
    assert not second.armed
    assert second.barred == ("hedge.second is not armed", "hedge.first before it is not armed")
    assert second.asked[0].needs == ("VIX at least 30.00 (it was 15.00)",)


def test_an_open_position_is_asked_for_its_own_exits():
    (held,) = rule(looked(3, spx="2000 x3, 2100 x6"), "shares").held
    (asked,) = held.asked
    assert held.profit > 0
    assert asked.truth == "false"
    assert asked.needs[0].endswith(" or VIX above 40.00 (it was 15.00)")
    assert asked.needs[0].startswith("profit above $")


def test_a_rebalance_is_asked_of_what_is_open():
    text = RULES.replace("  exit when profit", "  rebalance when VIX > 25\n  exit when profit", 1)
    book = book_from_text(Source("t.rules", text.replace("CONDITION", "VIX < 20")))
    past = market_from_history(market([2000.0] * 4, [15.0] * 4))
    (held,) = why(book, past, Assumptions(), FEES, 3).rules[0].held
    assert {each.clause: each.needs for each in held.asked}["rebalance"] == (
        "VIX above 25.00 (it was 15.00)",
    )


def test_fills_are_those_of_the_close_and_decisions_wait():
    assert [each.rule for each in looked(0).rules[0].decided] == ["shares"]
    assert looked(0).filled == ()
    (fill,) = looked(1).filled
    assert fill.order.because.rule == "shares"
    assert looked(1).rules[0].decided == ()


def test_where_orders_fill_at_once_the_close_is_seen_before_them():
    found = looked(0, taken=Assumptions(fill=FillTiming.SAME_CLOSE))
    assert rule(found, "shares").held == ()
    assert found.equity == found.cash == Assumptions().capital


def test_a_limit_says_how_far_it_is_from_binding():
    (limit,) = looked(3).limits
    assert (limit.clause, limit.truth, limit.needs) == ("limit", "true", ())


@settings(max_examples=25)
@given(rule_files(), histories(), st.data())
def test_a_close_is_that_of_the_run_and_knows_nothing_later(text, history, data):
    session = data.draw(st.integers(1, len(history) - 1), label="session")
    book, taken = book_from_text(Source("t.rules", text)), Assumptions()
    whole = market_from_history(history)
    found = why(book, whole, taken, FEES, session)
    made = run_direct(plan_from_book(book), whole, taken, FEES)
    assert {each for rule in found.rules for each in rule.decided} == {
        each for each in made.decisions if each.at == found.at
    }
    assert list(found.filled) == [each for each in made.fills if each.at == found.at]
    assert (found.equity, found.cash) == (made.equity[session], made.cash[session])
    for asked in (each for rule in found.rules for each in rule.asked):
        assert (asked.truth == "true") == (not asked.needs)
    until = market_from_history(history.until(session))
    assert why(book, until, taken, FEES, session) == found
