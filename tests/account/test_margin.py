"""What a broker sets aside: the worst payoff where there is one, a formula where there is none."""

from datetime import date
from math import inf

import pytest
from hedgerow.account.assumptions import AccountType
from hedgerow.account.execution import cash_received
from hedgerow.account.margin import Standing, barred, requirement, uncovered_calls
from hedgerow.account.order import Leg
from hedgerow.account.package import package_of
from hedgerow.account.payoff import lowest_payoff
from hedgerow.market.contract import Contract, Expiry, Kind, Right, Settlement
from hypothesis import given
from hypothesis import strategies as st

TODAY = date(2026, 1, 2)
SPX = Expiry("SPX", date(2026, 2, 20), Settlement.OPEN, True)
LATER = Expiry("SPX", date(2026, 4, 17), Settlement.OPEN, True)


def vix_expiry(day):
    return Expiry("VIX", day, Settlement.OPEN, True)


NEAR_VIX, FAR_VIX = vix_expiry(date(2026, 1, 21)), vix_expiry(date(2026, 3, 18))


def option(ratio, strike, right, expiry=SPX):
    underlying = "VIX" if expiry.root == "VIX" else "SPX"
    return Leg(
        f"{right} {strike}", Contract(underlying, Kind.OPTION, 100, expiry, right, strike), ratio
    )


def put(ratio, strike, expiry=SPX):
    return option(ratio, strike, Right.PUT, expiry)


def call(ratio, strike, expiry=SPX):
    return option(ratio, strike, Right.CALL, expiry)


def future(ratio, day):
    return Leg("future", Contract("VIX", Kind.FUTURE, 1000, vix_expiry(day)), ratio)


def condor(long_put, short_put, short_call, long_call):
    return (put(1, long_put), put(-1, short_put), call(-1, short_call), call(1, long_call))


def dollars(legs, level=4000.0, mids=None, units=1, account=AccountType.REG_T):
    now = Standing(TODAY, level, tuple(mids or [0.0] * len(legs)), account)
    return requirement(legs, units, now) / 100


def test_the_golden_condor_needs_its_wider_wing_and_uses_that_less_its_credit():
    """G1: puts 3395/3705, calls 4210/4330, credit 31.86."""
    golden = condor(3395, 3705, 4210, 4330)
    assert dollars(golden) == 31_000
    assert dollars(golden) - cash_received(package_of(golden), -31.86, 1) / 100 == 27_814


@pytest.mark.parametrize("strikes, needed", [
    ((7090, 7185, 7510, 7605), 19_000),
    ((7135, 7185, 7500, 7660), 32_000),
    ((7090, 7235, 7510, 7605), 29_000),
])  # fmt: skip
def test_two_condors_with_unequal_wings_need_what_they_can_lose(strikes, needed):
    """QuantConnect/Lean issue 9775, gross expiration loss of two; its matcher says 10,000."""
    assert dollars(condor(*strikes), 7350.0, units=2) == needed


def test_a_short_vertical_needs_its_width():
    assert dollars((put(-1, 3705), put(1, 3655))) == 5_000
    vix = (call(-1, 20, NEAR_VIX), call(1, 25, NEAR_VIX))
    assert dollars(vix, 17.0) == 500


@pytest.mark.parametrize("legs", [
    (call(1, 4200),),
    (put(1, 3700),),
    (put(1, 3800), put(-1, 3700)),
    (put(1, 3700), call(1, 4200)),
    (call(1, 20, NEAR_VIX),),
    (Leg("shares", Contract("SPX", Kind.SHARES, 1), 10),),
])  # fmt: skip
def test_what_is_paid_for_in_full_needs_nothing_more(legs):
    assert dollars(legs) == 0


def test_a_butterfly_needs_nothing_beyond_its_debit():
    assert dollars((put(1, 3600), put(-2, 3700), put(1, 3800))) == 0


def test_an_uncovered_short_call_needs_its_premium_and_fifteen_percent_less_what_it_is_away():
    # 18.5 + max(.15 x 4000 - 200, .10 x 4000) = 418.5 points
    assert dollars((call(-1, 4200),), 4000.0, [18.5]) == 41_850
    # at the money the share is .15
    assert dollars((call(-1, 4000),), 4000.0, [80.0]) == 68_000


def test_an_uncovered_short_put_is_floored_on_its_strike():
    # 5 + max(.15 x 4000 - 800, .10 x 3200)
    assert dollars((put(-1, 3200),), 4000.0, [5.0]) == 32_500


def test_an_uncovered_option_never_needs_more_than_it_can_lose():
    assert dollars((put(-1, 5),), 4000.0, [0.05]) == 55
    assert dollars((put(-1, 40),), 20.0, [21.0]) == 2_500
    assert dollars((put(-1, 40),), 1.0, [39.5]) == 4_000


def test_a_short_strangle_needs_the_greater_side_and_the_premium_of_the_other():
    legs = (put(-1, 3700), call(-1, 4200))
    # put 27.4 + max(300, 370); call 18.5 + max(400, 400)
    assert dollars(legs, 4000.0, [27.4, 18.5]) == pytest.approx((418.5 + 27.4) * 100)


def test_a_ratio_spread_needs_its_uncovered_call_alone():
    legs = (call(1, 4200), call(-2, 4300))
    # one 4300 call: 6 + max(600 - 300, 400); the 4200/4300 spread is a debit
    assert dollars(legs, 4000.0, [18.5, 6.0]) == 40_600


def test_the_short_option_furthest_from_the_money_is_the_uncovered_one():
    calls = (call(1, 4100), call(-1, 4150), call(-1, 4400))
    # the 4400 call: 2 + max(600 - 400, 400); the 4100/4150 spread is a debit
    assert dollars(calls, 4000.0, [45.0, 30.0, 2.0]) == 40_200
    puts = (put(1, 3900), put(-1, 3850), put(-1, 3500))
    # the 3500 put: 12 + max(600 - 500, 350)
    assert dollars(puts, 4000.0, [60.0, 47.0, 12.0]) == 36_200


def test_an_uncovered_vix_call_needs_twenty_percent():
    assert dollars((call(-1, 20, NEAR_VIX),), 20.0, [1.5]) == 550


def test_a_package_that_names_a_contract_twice_needs_as_much_as_one_that_names_it_once():
    twice = (call(-1, 4200), call(-1, 4200))
    assert dollars(twice, 4000.0, [18.5, 18.5]) == dollars((call(-2, 4200),), 4000.0, [18.5])


def test_a_diagonal_on_spx_needs_the_strikes_between_and_on_the_vix_the_naked_formula():
    assert dollars((call(1, 4250, LATER), call(-1, 4200)), 4000.0, [30.0, 18.0]) == 5_000
    legs = (call(1, 20, FAR_VIX), call(-1, 25, NEAR_VIX))
    # .6 + max(.2 x 20 - 5, 2)
    assert dollars(legs, 20.0, [1.9, 0.6]) == pytest.approx(260)


def test_shares_sold_short_need_half_their_value_beyond_the_proceeds():
    legs = (Leg("shares", Contract("SPX", Kind.SHARES, 1), -10),)
    assert dollars(legs, 4000.0, [4000.0]) == 60_000


@pytest.mark.parametrize("day, level, needed", [
    (date(2026, 1, 21), 20.0, 9_900),  # 110 % of 45 %
    (date(2026, 4, 15), 20.0, 6_600),  # 103 days: 30 %
    (date(2026, 7, 22), 20.0, 4_840),  # 201 days: 22 %
    (date(2026, 7, 22), 12.0, 4_400),  # the least
])  # fmt: skip
@pytest.mark.parametrize("ratio", [1, -1])
def test_a_vx_future_needs_a_share_of_its_value_by_days(day, level, needed, ratio):
    assert dollars((future(ratio, day),), level, [level]) == pytest.approx(needed)


def test_a_vx_calendar_spread_needs_a_fifth_of_its_larger_leg():
    legs = (future(1, date(2026, 1, 21)), future(-1, date(2026, 4, 15)))
    assert dollars(legs, 18.0, [20.0, 22.0]) == pytest.approx(0.2 * 9_900)


@pytest.mark.parametrize("legs, needed", [
    (condor(3395, 3705, 4210, 4330), 31_000),  # as under Regulation T
    ((put(-1, 3700),), 370_000),  # secured by its whole strike, not by a formula
    ((put(-2, 3700), put(1, 3750)), 365_000),
    ((call(1, 4200),), 0),
])  # fmt: skip
def test_a_cash_account_locks_all_that_can_be_lost(legs, needed):
    assert dollars(legs, 4000.0, [20.0] * len(legs), account=AccountType.CASH) == needed
    assert barred(legs, AccountType.CASH) is None


@pytest.mark.parametrize("legs, why", [
    ((call(-1, 20, NEAR_VIX),), "without a worst loss"),
    ((Leg("shares", Contract("SPX", Kind.SHARES, 1), -10),), "without a worst loss"),
    ((future(1, date(2026, 1, 21)),), "no futures"),
])  # fmt: skip
def test_a_cash_account_holds_nothing_unbounded_and_no_futures(legs, why):
    assert why in barred(legs, AccountType.CASH)
    assert barred(legs, AccountType.REG_T) is None


@pytest.mark.parametrize("legs", [
    (call(-1, 4200),), (call(1, 4200), call(-2, 4300)), (put(1, 3700), call(-1, 4200)),
])  # fmt: skip
def test_a_cash_account_sells_calls_against_as_many_shares(legs):
    assert barred(legs, AccountType.CASH) is None
    held = Standing(TODAY, 4000.0, (20.0,) * len(legs), AccountType.CASH, shares=300)
    assert requirement(legs, 3, held) == 0


@pytest.mark.parametrize("ratio", [1, -1])
def test_an_index_future_needs_a_share_of_its_value(ratio):
    legs = (Leg("future", Contract("SPX", Kind.FUTURE, 50, SPX), ratio),)
    assert dollars(legs, 4000.0, [4000.0]) == pytest.approx(1.1 * 0.06 * 4000 * 50)


def test_futures_without_a_margin_rule_are_an_error_of_the_caller():
    legs = (Leg("future", Contract("NDX", Kind.FUTURE, 20, SPX), 1),)
    with pytest.raises(ValueError, match="no margin rule"):
        dollars(legs)


strikes = st.integers(30, 50).map(lambda at: at * 100.0)
legs_of_spx = st.builds(option, st.integers(-3, 3).filter(bool), strikes, st.sampled_from(Right))
packages = st.lists(
    st.tuples(legs_of_spx, st.integers(1, 4000).map(lambda at: at / 20)), min_size=1, max_size=5
)


@given(packages, st.floats(2500, 6000), st.integers(1, 50))
def test_a_requirement_lies_between_nothing_and_the_worst_payoff(package, level, units):
    legs, mids = tuple(leg for leg, _ in package), tuple(mid for _, mid in package)
    needed = requirement(legs, units, Standing(TODAY, level, mids, AccountType.REG_T))
    assert needed >= 0
    if lowest_payoff(legs) > -inf:
        assert needed <= round(max(0.0, -lowest_payoff(legs)) * 10_000) * units
    else:
        assert needed > 0


@given(packages, st.floats(2500, 6000))
def test_a_package_with_every_short_covered_needs_exactly_its_worst_payoff(package, level):
    shorts = [leg for leg, _ in package if leg.ratio < 0]
    away = {Right.CALL: 500, Right.PUT: -500}
    covers = [
        option(-leg.ratio, leg.contract.strike + away[leg.contract.right], leg.contract.right)
        for leg in shorts
    ]
    legs = (*(leg for leg, _ in package), *covers)
    mids = (*(mid for _, mid in package), *(0.05 for _ in covers))
    needed = requirement(legs, 1, Standing(TODAY, level, mids, AccountType.REG_T))
    assert needed == round(max(0.0, -lowest_payoff(legs)) * 10_000)


@given(packages, st.floats(2500, 6000), st.sampled_from(AccountType))
def test_what_a_package_locks_is_what_it_needs_wherever_the_market_stands(package, level, account):
    legs, mids = tuple(leg for leg, _ in package), tuple(mid for _, mid in package)
    fixed = package_of(legs).locked
    if fixed is not None:
        assert fixed == requirement(legs, 1, Standing(TODAY, level, mids, account))


@given(packages, st.floats(2500, 6000), st.integers(1, 50))
def test_a_cash_account_never_asks_less_and_always_the_worst_payoff(package, level, units):
    legs, mids = tuple(leg for leg, _ in package), tuple(mid for _, mid in package)
    if lowest_payoff(legs) == -inf:
        assert uncovered_calls(legs) or barred(legs, AccountType.CASH)
        return
    cash, reg_t = (
        requirement(legs, units, Standing(TODAY, level, mids, account)) for account in
        (AccountType.CASH, AccountType.REG_T)
    )  # fmt: skip
    assert cash == round(max(0.0, -lowest_payoff(legs)) * 10_000) * units >= reg_t


@given(packages, st.floats(2500, 6000), st.integers(2, 20))
def test_requirements_grow_in_proportion_to_units(package, level, units):
    legs, mids = tuple(leg for leg, _ in package), tuple(mid for _, mid in package)
    now = Standing(TODAY, level, mids, AccountType.REG_T)
    assert requirement(legs, units, now) == units * requirement(legs, 1, now)


def covered(legs, shares, units=1, level=4000.0, mids=None):
    free = Standing(TODAY, level, tuple(mids or [0.0] * len(legs)), AccountType.REG_T, shares)
    return requirement(legs, units, free) / 100


def test_a_call_sold_against_shares_needs_nothing():
    assert covered((call(-1, 4100),), shares=100) == 0
    assert covered((call(-1, 4100),), shares=250, units=2) == 0


def test_calls_beyond_the_shares_are_uncovered():
    (bare,) = {dollars((call(-1, 4100),))}
    assert covered((call(-1, 4100),), shares=99) == bare > 0
    assert covered((call(-1, 4100),), shares=299, units=3) == bare


def test_shares_cover_the_call_of_a_strangle_and_not_its_put():
    strangle = (put(-1, 3800), call(-1, 4200))
    assert covered(strangle, shares=100, mids=[20.0, 15.0]) == dollars(
        (put(-1, 3800),), mids=[20.0]
    )


def test_a_call_spread_needs_no_shares_and_takes_none():
    spread = (call(-1, 4100), call(1, 4150))
    assert covered(spread, shares=100) == dollars(spread) == 5000


def test_nothing_covers_a_call_on_the_vix():
    sold = (call(-1, 20, NEAR_VIX),)
    assert covered(sold, shares=1000, level=18.0) == dollars(sold, level=18.0) > 0
