"""Prices give way to the trader's disadvantage, by the quoted spread and the tick."""

from datetime import date
from math import nan

import pytest
from hedgerow.account.money import cents_of_points
from hedgerow.account.order import Action, Leg, Refused
from hedgerow.account.package import package_of
from hedgerow.account.products import conditions_of, product_of
from hedgerow.account.spreads import PackagePrice, package_price
from hedgerow.market.contract import Contract, Expiry, Kind, Right, Settlement
from hypothesis import given
from hypothesis import strategies as st

SPX = Expiry("SPX", date(2026, 1, 16), Settlement.OPEN, True)
VIX = Expiry("VIX", date(2026, 1, 21), Settlement.OPEN, True)
TODAY = date(2025, 12, 1)
CALM = conditions_of(TODAY, 16.0, 0.0)


def option(ratio, strike=4000.0, right=Right.PUT, underlying="SPX"):
    expiry = VIX if underlying == "VIX" else SPX
    contract = Contract(underlying, Kind.OPTION, 100, expiry, right, strike)
    return Leg(f"{right} {strike}", contract, ratio)


def shares(ratio=1):
    return Leg("shares", Contract("SPX", Kind.SHARES, 1), ratio)


def future(ratio):
    return Leg("future", Contract("VIX", Kind.FUTURE, 1000, VIX), ratio)


def quoted_spread(contract, mid, now):
    return product_of(contract.underlying, contract.kind).spread(mid, now)


def price_of(legs, *given):
    return package_price(package_of(tuple(legs)), *given)


CONDOR = (
    option(1, 3395.0), option(-1, 3705.0),
    option(-1, 4210.0, Right.CALL), option(1, 4330.0, Right.CALL),
)  # fmt: skip
MIDS = (9.0, 28.0, 17.0, 4.1)


@pytest.mark.parametrize("day, vix, table", [
    (date(2023, 9, 14), 12.8, {1: 0.13, 5: 0.26, 20: 0.49, 60: 0.79}),
    (date(2022, 6, 10), 27.8, {1: 0.21, 5: 0.39, 20: 0.66, 60: 1.01}),
    (date(2010, 9, 17), 22.0, {1: 0.36, 5: 1.06, 20: 2.67, 60: 5.55}),
])  # fmt: skip
def test_the_spread_model_lies_near_the_quotes_of_three_real_days(day, vix, table):
    """C1: medians of real chains by mid; the oldest chain is the noisiest."""
    for mid, observed in table.items():
        modelled = quoted_spread(CONDOR[0].contract, mid, conditions_of(day, vix, 0.0))
        assert modelled == pytest.approx(observed, rel=1.0 if day.year < 2014 else 0.4)


@pytest.mark.parametrize("mid, spread", [(1, 0.145), (5, 0.255), (20, 0.414), (60, 0.61)])
def test_the_spread_model_gives_its_published_values(mid, spread):
    assert quoted_spread(CONDOR[0].contract, mid, CALM) == pytest.approx(spread, abs=0.004)


def test_spreads_were_wider_in_earlier_eras():
    contract = CONDOR[0].contract
    by_era = [
        quoted_spread(contract, 10.0, conditions_of(date(year, 6, 1), 16.0, 0.0))
        for year in (2013, 2014, 2018, 2019)
    ]
    assert by_era[0] > by_era[1] == by_era[2] > by_era[3]


def test_a_spread_is_at_least_a_tick():
    assert quoted_spread(option(1).contract, 0.01, CALM) == 0.05
    assert quoted_spread(option(1, 20.0, Right.CALL, "VIX").contract, 0.05, CALM) == 0.05


def test_spreads_triple_on_the_day_of_a_spike():
    spike = conditions_of(TODAY, 16.0, 0.20)
    for leg, mid in ((option(1), 5.0), (shares(), 4000.0), (future(1), 20.0)):
        calm = quoted_spread(leg.contract, mid, CALM)
        assert quoted_spread(leg.contract, mid, spike) == pytest.approx(3 * calm)


def test_a_vix_option_worth_two_at_a_vix_of_18_is_quoted_a_dime_wide():
    conditions = conditions_of(date(2013, 6, 3), 18.0, 0.0)
    contract = option(1, 20.0, Right.CALL, "VIX").contract
    assert quoted_spread(contract, 2.0, conditions) == pytest.approx(0.10)


def test_a_condor_receives_less_than_its_mid_on_the_nickel():
    priced = price_of(CONDOR, MIDS, CALM, 0.5, Action.OPEN)
    assert priced.mid == pytest.approx(-31.9)
    # spreads .3129, .4655, .3909, .2376: a quarter of their sum is .352
    assert priced.price == -31.5


def test_closing_a_condor_costs_more_than_its_mid_on_the_nickel():
    priced = price_of(CONDOR, MIDS, CALM, 0.5, Action.CLOSE)
    assert priced.mid == pytest.approx(31.9)
    assert priced.price == 32.3


@pytest.mark.parametrize("mid, bought", [(2.90, 3.0), (2.80, 2.9), (3.31, 3.4), (2.97, 3.1)])
def test_a_single_option_trades_on_its_own_tick(mid, bought):
    assert price_of((option(1),), (mid,), CALM, 0.5, Action.OPEN).price == bought


def test_shares_pay_half_a_basis_point_at_the_full_spread_without_any_vix():
    no_vix = conditions_of(TODAY, nan, nan)
    priced = price_of((shares(),), (4000.0,), no_vix, 1.0, Action.OPEN)
    assert priced == PackagePrice(4000.20, 4000.0, (4000.0,), (4000.20,), (0.4,))


def test_a_leg_without_a_mid_leaves_its_package_without_a_price():
    assert price_of(CONDOR, (9.0, nan, 17.0, 4.1), CALM, 0.5, Action.CLOSE) is Refused.NO_PRICE


def test_a_futures_spread_gives_up_one_spread_in_cents():
    legs = (future(1), future(-1))
    assert price_of(legs, (18.0, 19.0), CALM, 1.0, Action.OPEN).price == -0.97
    assert price_of((future(1),), (18.0,), CALM, 1.0, Action.OPEN).price == 18.05


def test_an_option_worth_less_than_a_nickel_can_not_be_sold():
    legs = (option(-1), option(1, 3900.0))
    assert price_of(legs, (0.04, 0.01), CALM, 0.5, Action.OPEN) is Refused.UNSELLABLE
    assert price_of(legs, (0.04, 0.01), CALM, 0.0, Action.OPEN) is Refused.UNSELLABLE


def test_an_option_whose_spread_swallows_it_can_not_be_sold():
    wild = conditions_of(date(2008, 10, 24), 79.0, 0.25)
    assert price_of((option(-1),), (0.5,), wild, 1.0, Action.OPEN) is Refused.UNSELLABLE


def test_an_option_worth_nothing_still_costs_a_nickel_to_buy():
    assert price_of((option(1),), (0.0,), CALM, 0.5, Action.OPEN).price == 0.05
    assert price_of((option(-1),), (0.0,), CALM, 0.5, Action.CLOSE).price == 0.05


def test_every_worthless_short_leg_costs_a_nickel_of_its_own_to_buy_back():
    strangle = (option(-1, 3000.0), option(-1, 5000.0, Right.CALL))
    assert price_of(strangle, (0.01, 0.01), CALM, 0.5, Action.CLOSE).price == 0.10


def test_selling_an_option_never_costs_money_however_wide_its_spread():
    wild = conditions_of(date(2008, 10, 24), 79.0, 0.25)
    assert price_of((option(1),), (0.5,), wild, 1.0, Action.CLOSE).price == 0.0
    spread = (option(1, 900.0), option(-1, 800.0))
    dear = price_of(spread, (0.5, 0.4), wild, 1.0, Action.CLOSE)
    assert dear.legs[0] == 0.0


def test_a_worthless_long_leg_lapses_when_its_position_is_closed():
    legs = (option(1, 3395.0), option(-1, 3705.0))
    priced = price_of(legs, (0.03, 0.60), CALM, 0.5, Action.CLOSE)
    assert priced.legs[0] == 0.0
    assert priced.price == 0.65


def test_the_mid_is_traded_at_a_spread_fraction_of_zero():
    priced = price_of(CONDOR, MIDS, CALM, 0.0, Action.OPEN)
    assert priced.price == priced.mid == pytest.approx(-31.9)


values = st.integers(1, 40_000).map(lambda at: at / 200)
conditions = st.builds(
    conditions_of,
    st.dates(date(1990, 1, 2), date(2026, 11, 20)),
    st.floats(8, 90),
    st.floats(-0.3, 1.2),
)
legs = st.builds(
    option,
    st.integers(-2, 2).filter(bool),
    st.sampled_from([10.0, 20.0, 40.0]),
    st.sampled_from(Right),
    st.shared(st.sampled_from(["SPX", "VIX"]), key="underlying"),
)
packages = st.lists(st.tuples(legs, values), min_size=1, max_size=5)
fractions = st.floats(0.01, 1)


@given(packages, conditions, fractions, st.sampled_from(Action))
def test_a_price_is_never_better_than_the_mid_unless_a_leg_lapses(package, now, phi, action):
    held, mids = [leg for leg, _ in package], [mid for _, mid in package]
    priced = price_of(held, mids, now, phi, action)
    if priced is not Refused.UNSELLABLE:
        assert priced.price >= priced.mid - 1e-9


@given(packages, conditions, fractions)
def test_a_net_price_is_on_the_tick_and_within_one_of_its_legs(package, now, phi):
    held, mids = [leg for leg, _ in package], [mid for _, mid in package]
    priced = price_of(held, mids, now, phi, Action.OPEN)
    if priced is Refused.UNSELLABLE:
        return
    net = sum(leg.ratio * price for leg, price in zip(held, priced.legs, strict=True))
    assert -1e-6 <= priced.price - net < 0.05 + 1e-6
    assert round(priced.price * 20) == pytest.approx(priced.price * 20, abs=1e-6)


@given(packages, conditions, fractions, fractions)
def test_a_larger_spread_fraction_never_helps(package, now, one, other):
    held, mids = [leg for leg, _ in package], [mid for _, mid in package]
    less, more = sorted((one, other))
    patient = price_of(held, mids, now, less, Action.OPEN)
    eager = price_of(held, mids, now, more, Action.OPEN)
    if eager is not Refused.UNSELLABLE:
        assert patient.price <= eager.price


@given(packages, conditions)
def test_a_round_trip_at_the_mid_costs_nothing(package, now):
    held, mids = [leg for leg, _ in package], [mid for _, mid in package]
    opened = price_of(held, mids, now, 0.0, Action.OPEN)
    closed = price_of(held, mids, now, 0.0, Action.CLOSE)
    if opened is not Refused.UNSELLABLE:
        assert cents_of_points(opened.price, 100) + cents_of_points(closed.price, 100) == 0
