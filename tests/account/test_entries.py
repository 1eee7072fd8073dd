"""Money is neither made nor lost: every event is an entry, every entry is zero."""

from datetime import date, timedelta
from math import inf

import pytest
from hedgerow.account.entries import (
    close_entry,
    deposit_entry,
    dividend_entry,
    interest_entry,
    open_entry,
    released,
    settle_entry,
    settlement_cash,
    variation_entry,
)
from hedgerow.account.execution import Quote, cash_received, fill
from hedgerow.account.fee_files import schedule
from hedgerow.account.fees import Charges
from hedgerow.account.ledger import Ledger
from hedgerow.account.order import Action, Because, Fill, Leg, Order, Refused
from hedgerow.account.package import package_of
from hedgerow.account.products import conditions_of
from hedgerow.account.spreads import package_price
from hedgerow.market.contract import Contract, Expiry, Kind, Right, Settlement
from hypothesis import given
from hypothesis import strategies as st

POINT = 100_00  # cents a point of one contract
TODAY = date(2026, 1, 2)
NEAR = Expiry("SPX", date(2026, 2, 20), Settlement.OPEN, True)
FAR = Expiry("SPX", date(2026, 4, 17), Settlement.OPEN, True)
CALM = conditions_of(TODAY, 16.0, 0.0)
FREE = 0.0, Charges(schedule("none"))  # of the half spread; fees
USUAL = 0.5, Charges(schedule("default"))


def option(name, ratio, strike, right, expiry=NEAR):
    return Leg(name, Contract("SPX", Kind.OPTION, 100, expiry, right, strike), ratio)


CONDOR = (
    option("long_put", 1, 3395.0, Right.PUT),
    option("short_put", -1, 3705.0, Right.PUT),
    option("short_call", -1, 4210.0, Right.CALL),
    option("long_call", 1, 4330.0, Right.CALL),
)
MIDS = (9.0, 28.0, 17.0, 4.1)


def order(legs=CONDOR, action=Action.OPEN, units=3, position=7):
    because = Because("condors.base", "core.rules:12:3", "profit target")
    return Order(1, position, action, legs, units, TODAY, because)


def traded(wanted, mids, frictions=USUAL, now=CALM) -> Fill | Refused:
    fraction, charges = frictions
    package = package_of(wanted.legs)
    priced = package_price(package, mids, now, fraction, wanted.action)
    if isinstance(priced, Refused):
        return priced
    return fill(wanted, Quote(package, priced, "model:B"), now.date, charges)


def filled(mids=MIDS, frictions=USUAL, now=CALM, **terms) -> Fill:
    done = traded(order(**terms), mids, frictions, now)
    assert isinstance(done, Fill)
    return done


def opened(*fills):
    ledger = Ledger()
    ledger.post(deposit_entry(100_000_00, TODAY))
    for done in fills:
        ledger.post(open_entry(done))
    return ledger


def total(ledger):
    return sum(amount for entry in ledger.entries for _, amount in entry.postings)


def test_three_condors_bring_in_their_credit_less_the_fees():
    done = filled()
    ledger = opened(done)
    assert done.price == -31.5
    assert done.cash == 3 * 3150_00
    assert done.fee == 12 * 115
    assert done.slippage == 3 * 40_00
    assert ledger.cash == 100_000_00 + done.cash - done.fee
    assert ledger.balance("position:7") == -done.cash
    assert ledger.holdings() == {(7, leg.contract): 3 * leg.ratio for leg in CONDOR}


def test_a_closed_position_leaves_its_result_and_nothing_else():
    ledger = opened(filled())
    closing = filled((2.0, 11.0, 8.0, 1.0), action=Action.CLOSE)
    ledger.post(close_entry(closing, ledger.balance("position:7")))
    made = 3 * (3150_00 - 1625_00)
    assert closing.price == 16.25
    assert ledger.balance("result:condors.base") == -made
    assert ledger.balance("position:7") == 0
    assert ledger.holdings() == {}
    assert ledger.cash == 100_000_00 + made - ledger.balance("fees")
    assert ledger.balance("cash") == ledger.cash


@pytest.mark.parametrize("level, points", [
    (4000.0, 0.0), (3700.0, -5.0), (3000.0, -310.0), (4250.25, -40.25), (5000.0, -120.0),
])  # fmt: skip
def test_a_condor_settles_at_its_payoff_without_a_fee(level, points):
    ledger = opened(filled())
    fees = ledger.balance("fees")
    basis = ledger.balance("position:7")
    ledger.post(settle_entry(filled(), 3, CONDOR, level, NEAR.date, (), basis))
    assert ledger.balance("result:condors.base") == -round(3 * (31.5 + points) * POINT)
    assert ledger.balance("position:7") == 0
    assert ledger.balance("fees") == fees
    assert ledger.holdings() == {}


def test_am_options_settle_on_the_level_they_are_given_not_on_the_close():
    """QuantConnect/Lean issues 7728 and 8043: SPX, of the third Friday, settles on the open."""
    put = (option("put", -1, 4000.0, Right.PUT),)
    at_the_open, at_the_close = 3990.0, 4010.0
    assert settlement_cash(put, at_the_open, 1) == -1_000_00
    assert settlement_cash(put, at_the_close, 1) == 0


def test_an_option_out_of_the_money_still_leaves_the_book_at_its_expiry():
    """QuantConnect/Lean issue 8413: an expired contract stayed in the book."""
    call = (option("call", 1, 9000.0, Right.CALL),)
    bought = filled((0.5,), legs=call, units=1)
    ledger = opened(bought)
    ledger.post(
        settle_entry(
            bought, bought.order.units, call, 4000.0, NEAR.date, (), ledger.balance("position:7")
        )
    )
    assert ledger.holdings() == {}
    assert ledger.balance("result:condors.base") == -bought.cash


def test_the_near_leg_of_a_calendar_settles_and_the_far_one_stays():
    near = option("near", -1, 4200.0, Right.CALL)
    far = option("far", 1, 4200.0, Right.CALL, FAR)
    bought = filled((18.0, 48.0), FREE, legs=(near, far), units=1)
    ledger = opened(bought)
    ledger.post(
        settle_entry(bought, bought.order.units, (near,), 4260.0, NEAR.date, (far,), 3_000_00)
    )
    assert ledger.balance("position:7") == 9_000_00
    assert ledger.balance("result:condors.base") == 0
    assert ledger.holdings() == {(7, far.contract): 1}
    ledger.post(settle_entry(bought, bought.order.units, (far,), 4400.0, FAR.date, (), 9_000_00))
    assert ledger.balance("result:condors.base") == -11_000_00
    assert ledger.holdings() == {}


def test_a_future_pays_its_gain_every_day_and_nothing_at_its_end():
    leg = Leg("future", Contract("VIX", Kind.FUTURE, 1000, NEAR), -1)
    sold = filled((18.0,), FREE, legs=(leg,), units=2)
    ledger = opened(sold)
    assert ledger.cash == 100_000_00
    ledger.post(variation_entry(sold, sold.order.units, leg, 18.0, 19.5, TODAY))
    assert ledger.cash == 100_000_00 - 3_000_00
    ledger.post(variation_entry(sold, sold.order.units, leg, 19.5, 15.25, TODAY))
    ledger.post(
        settle_entry(
            sold, sold.order.units, (leg,), 15.25, NEAR.date, (), ledger.balance("position:7")
        )
    )
    assert ledger.cash == 100_000_00 + 5_500_00
    assert ledger.balance("result:condors.base") == -5_500_00
    assert ledger.balance("position:7") == 0


def test_cash_earns_simple_interest_over_calendar_days():
    """1,000,000 dollars over a weekend at 5 %: 1,000,000 x .05 x 3 / 365."""
    entry = interest_entry(100_000_000, 0.05, 3, TODAY)
    assert entry.postings == (("cash", 41_096), ("interest", -41_096))
    assert interest_entry(-100_000_000, 0.05, 3, TODAY).postings[0] == ("cash", -41_096)


def test_index_shares_earn_the_dividend_yield_on_their_last_close():
    leg = Leg("shares", Contract("SPX", Kind.SHARES, 1), 1)
    bought = filled((4000.0,), FREE, legs=(leg,), units=100)
    entry = dividend_entry(bought, bought.order.units, 4000.0, 0.015, 365, TODAY)
    assert entry.postings == (("cash", 6_000_00), ("dividends", -6_000_00))
    assert entry.position == 7


def test_an_order_fills_whole_or_not_at_all():
    worthless = order((option("short_put", -1, 3000.0, Right.PUT), CONDOR[0]))
    assert traded(worthless, (0.02, 9.0)) is Refused.UNSELLABLE


values = st.integers(10, 40_000).map(lambda at: at / 200)
strikes = st.integers(30, 50).map(lambda at: at * 100.0)
ratios = st.integers(-3, 3).filter(bool)
legs_of_spx = st.builds(option, st.just("leg"), ratios, strikes, st.sampled_from(Right))
packages = st.lists(st.tuples(legs_of_spx, values), min_size=1, max_size=4)
units = st.integers(1, 40)


@given(packages, units, st.integers(0, 2000))
def test_a_round_trip_at_the_mid_without_fees_costs_nothing(package, count, days):
    legs, mids = tuple(leg for leg, _ in package), tuple(mid for _, mid in package)
    now = conditions_of(TODAY - timedelta(days), 40.0, 0.5)
    opening = filled(mids, FREE, now, legs=legs, units=count)
    closing = filled(mids, FREE, now, legs=legs, units=count, action=Action.CLOSE)
    ledger = opened(opening)
    ledger.post(close_entry(closing, ledger.balance("position:7")))
    assert ledger.cash == 100_000_00
    assert ledger.balance("result:condors.base") == 0


@given(packages, units)
def test_a_round_trip_through_the_spread_always_costs_something(package, count):
    legs, mids = tuple(leg for leg, _ in package), tuple(mid for _, mid in package)
    opening = traded(order(legs, units=count), mids)
    if opening is Refused.UNSELLABLE:
        return
    closing = filled(mids, legs=legs, units=count, action=Action.CLOSE)
    ledger = opened(opening)
    ledger.post(close_entry(closing, ledger.balance("position:7")))
    assert ledger.cash < 100_000_00
    assert opening.slippage >= 0
    assert closing.slippage >= 0


@given(packages, units, st.floats(0, 8000))
def test_a_settled_position_never_loses_more_than_its_worst_loss(package, count, level):
    legs, mids = tuple(leg for leg, _ in package), tuple(mid for _, mid in package)
    opening = filled(mids, FREE, legs=legs, units=count)
    worst = package_of(legs).worst_loss(opening.price)
    ledger = opened(opening)
    basis = ledger.balance("position:7")
    ledger.post(settle_entry(opening, count, legs, level, NEAR.date, (), basis))
    lost = ledger.balance("result:condors.base")
    assert worst == inf or lost <= (worst * POINT + 1) * count


@st.composite
def histories(draw):
    """Events of an account: positions open, grow, shrink and end, interest and dividends come."""
    return draw(
        st.lists(
            st.tuples(
                st.sampled_from(
                    ["open", "add", "reduce", "close", "settle", "interest", "dividend"]
                ),
                packages, units, st.floats(2500, 5500), st.integers(0, 5),
            ),
            max_size=12,
        )
    )  # fmt: skip


@given(histories())
def test_all_accounts_are_zero_together_and_equity_moves_with_what_was_made(history):
    """Equity is cash and what open positions cost, plus what they have gained since."""
    ledger = opened()
    open_fills: dict[int, Fill] = {}
    held: dict[int, int] = {}  # units by position
    for at, (event, package, count, level, pick) in enumerate(history):
        legs, mids = tuple(leg for leg, _ in package), tuple(mid for _, mid in package)
        if event == "open":
            done = traded(order(legs, units=count, position=at), mids)
            if isinstance(done, Fill):
                ledger.post(open_entry(done))
                open_fills[at], held[at] = done, count
        elif event == "interest":
            ledger.earn(interest_entry(ledger.cash, 0.05, pick, TODAY))
        elif open_fills:
            number = sorted(open_fills)[pick % len(open_fills)]
            opening, basis = open_fills[number], ledger.balance(f"position:{number}")
            legs, now = opening.order.legs, held[number]
            if event == "dividend":
                ledger.post(dividend_entry(opening, now, level, 0.02, pick, TODAY))
                continue
            if event == "settle":
                ledger.post(settle_entry(opening, now, legs, level, TODAY, (), basis))
                held[number] = 0
            else:
                action = Action(event)
                some = now if event == "close" else min(count, now) if event == "reduce" else count
                done = traded(order(legs, action, some, number), [5.0] * len(legs))
                if action is Action.ADD:
                    ledger.post(open_entry(done))
                else:
                    ledger.post(close_entry(done, released(basis, some, now)))
                held[number] += some if action is Action.ADD else -some
            if not held[number]:
                del open_fills[number], held[number]
    made = -sum(
        ledger.balance(account) for account in ("result:condors.base", "interest", "dividends")
    )
    at_cost = sum(ledger.balance(f"position:{number}") for number in open_fills)
    assert total(ledger) == 0
    assert ledger.cash + at_cost == 100_000_00 + made - ledger.balance("fees")
    expected: dict[tuple[int, Contract], int] = {}
    for number, done in open_fills.items():
        for leg in done.order.legs:
            key = (number, leg.contract)
            expected[key] = expected.get(key, 0) + leg.ratio * held[number]
    assert ledger.holdings() == {key: count for key, count in expected.items() if count}


@given(st.floats(-5, 5000), units)
def test_cash_is_rounded_once_a_unit(price, count):
    assert cash_received(package_of(CONDOR), price, count) == -round(price * POINT) * count
