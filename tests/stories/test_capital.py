"""What positions tie up, what that made a year, and how far they are from losing."""

from datetime import date
from math import inf, isnan, log, sqrt

import pytest
from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fee_files import schedule
from hedgerow.book import book_from_text, check_text
from hedgerow.host.desk import Desk
from hedgerow.market.market_from_history import market_from_history
from hedgerow.plan.from_book import probed_plan
from hedgerow.text.source import Source
from hypothesis import given, settings
from msgspec.structs import replace

from tests.market_strategies import histories, market, read_notation
from tests.rule_files import rule_files
from tests.running import run

QUIET = Assumptions(interest=False, dividends=False, costs="none", spread_fraction=0.0)

SHARES = """strategy shares 1.0.0
"Shares held for a while"

needs SPX, VIX

entry index {
  buy shares(SPX)
  when VIX < 18
  size 100 contracts
  exit when VIX > 20
}
"""

CONDORS = """strategy condors 1.0.0
"Two condors in a stack"

needs SPX, VIX

layers condors {
  layer base {
    sell iron_condor(SPX, expiry = monthly 30 days, short = 5%, wing = 50 points)
    size 2 contracts
  }
  layer second {
    sell iron_condor(SPX, expiry = monthly 30 days, short = 5%, wing = 25 points)
    size 1 contracts
  }
}
"""


def daily(text, measure, past, taken=QUIET):
    """A measure at every close, as a rule reads it there, and the desk of the last one."""
    book = book_from_text(Source("t.rules", f"{text}\nalways {measure} > 0\n"))
    plan, (probe,) = probed_plan(book, [book.invariants[-1].condition.operands[0]])
    desk = Desk(plan, market_from_history(past), taken, schedule(taken.costs))
    values = []
    for session in range(len(past)):
        desk.begin(session)
        desk.look(session)
        values.append(probe.evaluate(desk.view))
    return values, desk


def days_between(past, first, last):
    return (past.sessions[last].item() - past.sessions[first].item()).days


def test_the_rate_of_shares_is_their_growth_made_one_of_a_year():
    past = market(read_notation("2000 x2, 2000, 2010, 2020"), [15.0] * 5)
    rates, _ = daily(SHARES, "irr(index)", past)
    assert isnan(rates[0])  # nothing was ever open
    assert isnan(rates[1])  # filled today
    assert rates[2] == 0
    assert rates[4] == pytest.approx((2020 / 2000) ** (365 / days_between(past, 1, 4)) - 1)


def test_positions_that_ended_go_on_counting():
    past = market(read_notation("2000 x3, 2020, 2020 x20"), read_notation("15 x2, 25 x30")[:24])
    rates, desk = daily(SHARES, "irr(book)", past)
    assert desk.view.holdings == []
    assert rates[-1] == rates[3] > 0


def test_a_run_knows_the_rate_of_all_its_positions():
    past = market(read_notation("2000 x2, 2000, 2010, 2020"), [15.0] * 5)
    rates, desk = daily(SHARES, "irr(book)", past)
    assert desk.run().irr == rates[-1] > 0
    quiet = market(read_notation("2000 x3"), [19.0] * 3)
    assert daily(SHARES, "irr(book)", quiet)[1].run().irr is None


def test_what_came_late_weighs_no_more_than_what_came_early():
    vix = read_notation("15, 19 x4, 25, 15, 19 x4, 25, 19 x2")
    found = []
    for first, second in ((2100, 1950), (1950, 2100)):
        spx = read_notation(f"2000 x6, {first}, 2000 x5, {second} x2")
        rates, desk = daily(SHARES, "irr(book)", market(spx, vix, start=date(2018, 2, 20)))
        assert [each.days for each in desk.record.trades] == [7, 7]
        found.append(rates[-1])
    assert found[0] == found[1] > 0


def test_with_a_window_only_those_opened_lately_count():
    past = market(read_notation("2000 x3, 2020, 2020 x20"), read_notation("15 x2, 25 x30")[:24])
    rates, _ = daily(SHARES, "irr(index, 10 sessions)", past)
    assert rates[10] == rates[3] > 0  # filled on session 1
    assert isnan(rates[11])


def test_in_its_own_exit_a_position_sees_itself_alone():
    text = SHARES.replace("exit when VIX > 20", "exit when irr < 0")
    past = market(read_notation("2000 x3, 1900 x2, 1910 x20"), [15.0] * 25)
    ends = [trade.reason for trade in run(text, past, QUIET).trades]
    assert len(ends) == 2  # the first loses, the second doesn't, though both together do
    assert ends[1] == "still open"


def test_the_rate_of_a_condor_is_its_credit_on_margin_less_credit():
    past = market([2000.0] * 60, [15.0] * 60, start=date(2018, 1, 2))
    text = CONDORS.split("  layer second")[0] + "}\n"
    rates, desk = daily(text, "irr(condors, 30 sessions)", past)
    first = desk.view.ended[0]
    credit = -desk.view.flows[0].paid
    assert desk.record.trades[0].reason == "settled"
    put_in = 2 * 50 * 100 * 100 - credit
    years = days_between(past, first.opened, first.ended) / 365
    until = first.opened + 30  # sessions for which this one is among those opened lately
    alone = next(rate for at, rate in enumerate(rates[:until]) if first.ended <= at)
    assert alone == pytest.approx((1 + credit / put_in) ** (1 / years) - 1)


def test_margin_is_that_of_a_position_a_stack_or_the_account():
    past = market([2000.0] * 5, [15.0] * 5)
    for measure, dollars in (
        ("condors.base.margin", 10_000), ("condors.second.margin", 2_500),
        ("margin(condors)", 12_500), ("margin(book)", 12_500), ("margin", 12_500),
    ):  # fmt: skip
        assert daily(CONDORS, measure, past)[0] == [0, *[dollars] * 4]


def test_a_limit_on_the_margin_of_a_stack_binds_that_stack_alone():
    past = market([2000.0] * 5, [15.0] * 5)
    made = run(f"{CONDORS}\nlimit margin(condors) <= $6000\n", past, QUIET)
    assert made.margin[-1] == 500_000
    assert [fill.order.units for fill in made.fills] == [1]


def test_capital_costs_what_it_had_to_earn():
    past = market([2000.0] * 5, [15.0] * 5)
    costs, _ = daily(SHARES, "capital_cost(index, 10%)", past)
    assert costs[1] == 0
    years = days_between(past, 1, 4) / 365
    assert costs[4] == pytest.approx(200_000 * (1.1**years - 1))


def test_what_made_just_its_cost_of_capital_has_that_rate():
    past = market(read_notation("2000 x2, 2001 x5, 2004 x30"), [15.0] * 37)
    rate = daily(SHARES, "irr(index)", past, Assumptions())[0][-1]
    assert 0 < rate < 1
    cost, desk = daily(SHARES, f"capital_cost(index, {rate * 100:.12f}%)", past, Assumptions())
    (held,) = desk.view.holdings
    made = held.profit(desk.view.session) - held.opening.fee
    assert cost[-1] == pytest.approx(made / 100)


def test_the_quick_ratio_is_cash_and_longs_over_shorts():
    past = market([2000.0] * 4, [15.0] * 4)
    ratios, desk = daily(CONDORS, "quick_ratio", past)
    assert ratios[0] == inf
    (base, second), view = desk.view.holdings, desk.view
    marks = [each.mark(at, view.session) * each.legs[at].ratio * each.units * 100
             for each in (base, second) for at in range(4)]  # fmt: skip
    liquid = view.cash + sum(worth for worth in marks if worth > 0)
    assert ratios[-1] == pytest.approx(liquid / -sum(worth for worth in marks if worth < 0))


def test_futures_owe_nothing_and_are_worth_nothing():
    text = SHARES.replace("shares(SPX)", "future(SPX, expiry = monthly 60 days)")
    past = market(read_notation("2000 x2, 2010 x3"), [15.0] * 5)
    assert set(daily(text, "quick_ratio", past)[0]) == {inf}
    assert daily(text, "irr(index)", past)[0][-1] > 0


def test_the_break_even_volatility_is_that_of_one_deviation_to_the_nearer_level():
    past = market(read_notation("2000 x4, 1960, 1800"), [15.0] * 6)
    room, desk = daily(CONDORS, "condors.base.vol_break_even", past)
    held = next(each for each in desk.view.holdings if each.rule == "condors.base")
    low, high = held.terms.break_evens
    for session, level in ((3, 2000), (4, 1960), (5, 1800)):
        years = (held.expiry - past.sessions[session].item()).days / 365
        distance = min(abs(log(low / level)), abs(log(high / level))) / sqrt(years)
        assert room[session] == pytest.approx(distance if level > low else -distance)
    assert isnan(room[0])


def test_a_measure_that_needs_a_rate_says_so():
    found = check_text(Source("t.rules", SHARES.replace("VIX < 18", "index.capital_cost < $5")))
    assert [(each.code, each.message) for each in found] == [
        ("N107", "`capital_cost` needs a rate")
    ]


@settings(max_examples=25)
@given(rule_files(), histories())
def test_what_was_put_in_and_came_back_adds_up_to_what_was_made(text, history):
    """Of every position that ended, whatever was added, reduced, settled or paid on the way."""
    book = book_from_text(Source("t.rules", text))
    taken = replace(QUIET, costs="default", spread_fraction=0.5)
    desk = Desk(probed_plan(book, ())[0], market_from_history(history), taken,
                schedule(taken.costs))  # fmt: skip
    for session in range(len(history)):
        desk.begin(session)
        desk.look(session)
    made = [sum(cents for _, cents in each.flows) for each in desk.view.ended]
    assert made == [trade.result for trade in desk.record.trades]
