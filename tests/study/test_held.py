"""What was held on a day, told from the fills, is what the account was worth on it."""

from datetime import date

import pytest
from hedgerow.account.assumptions import Assumptions
from hedgerow.market.contract import Kind
from hedgerow.market.market_from_history import market_from_history
from hedgerow.study.held import Holdings
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.market_strategies import histories, market, read_notation
from tests.rule_files import rule_files
from tests.running import run

ROLLED = """strategy rolled 1.0.0
"A calendar whose near leg settles first, beside shares that are added to"

needs SPX, VIX

entry calendar {
  buy calendar(SPX, near = monthly 10 days, far = monthly 45 days, strike = atm)
  when no calendar open
  size 2 contracts
  exit when age >= 40 days
}

entry index {
  buy shares(SPX)
  size spend 40% of capital
  rebalance when every 10 sessions
}
"""


def worth(held, known, session):
    """Cents at the mid; futures have paid their gains already."""
    return sum(
        each.count * round(known.mark(each.contract, session) * each.contract.multiplier * 100)
        for each in held
        if each.contract.kind is not Kind.FUTURE
    )


def assert_worth_the_equity(result, known):
    holdings = Holdings(result)
    for at, day in enumerate(result.sessions.tolist()):
        assert result.cash[at] + worth(holdings.at(day), known, at) == result.equity[at]


@settings(max_examples=15)
@given(rule_files(), histories())
def test_cash_and_what_is_held_are_the_equity_of_every_close(text, history):
    known = market_from_history(history)
    assert_worth_the_equity(run(text, known), known)


def test_legs_leave_when_they_settle_and_sizes_follow_every_order():
    spx = read_notation("2000 x15, 2100 x15, 1950 x15, 2050 x15")
    known = market_from_history(market(spx, read_notation("16 x60")))
    result = run(ROLLED, known)
    assert_worth_the_equity(result, known)
    legs = [
        sum(each.rule == "calendar" for each in Holdings(result).at(day))
        for day in result.sessions.tolist()
    ]
    assert {1, 2} <= set(legs)
    shares = {
        each.count
        for day in result.sessions.tolist()
        for each in Holdings(result).at(day)
        if each.rule == "index"
    }
    assert len(shares) > 2


@pytest.mark.parametrize("day", [date(1990, 1, 2), date(2030, 1, 2)])
def test_outside_of_the_run_the_options_are_gone(day):
    known = market_from_history(market(read_notation("2000 x40"), read_notation("16 x40")))
    held = Holdings(run(ROLLED, known, Assumptions())).at(day)
    assert {each.rule for each in held} <= {"index"}


@given(st.dates(date(2018, 1, 1), date(2018, 6, 1)))
def test_before_anything_was_bought_nothing_is_held(day):
    idle = ROLLED.replace("when no calendar open", "when VIX > 90").replace(
        "size spend 40% of capital", "when VIX > 90\n  size spend 40% of capital"
    )
    history = market(read_notation("2000 x40"), read_notation("16 x40"))
    assert Holdings(run(idle, history)).at(day) == ()
