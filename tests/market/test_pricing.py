"""Black's formula against QuantLib, and its inverse against itself."""

import numpy as np
import QuantLib as ql
from hedgerow.market.pricing import (
    LARGEST_TOTAL_VOL,
    black,
    black_delta,
    black_vega,
    implied_total_vol,
)
from hypothesis import given
from hypothesis import strategies as st

STRIKES = st.floats(200.0, 20_000.0)
TOTAL_VOLS = st.floats(0.005, 2.5)
SIGNS = st.sampled_from([-1.0, 1.0])


def arrays(*values: float) -> tuple[np.ndarray, ...]:
    return tuple(np.array([value]) for value in values)


def option_type(sign: float) -> int:
    return int(ql.Option.Call if sign > 0 else ql.Option.Put)


@given(STRIKES, TOTAL_VOLS, SIGNS)
def test_the_price_is_quantlibs(strike: float, vol: float, sign: float) -> None:
    expected = ql.blackFormula(option_type(sign), strike, 4000.0, vol)
    got = black(*arrays(4000.0, strike, vol, sign))[0]
    assert abs(got - expected) <= 1e-10


@given(st.floats(1500.0, 9000.0), st.floats(0.05, 1.0), SIGNS)
def test_delta_its_slope_and_vega_are_quantlibs(strike: float, vol: float, sign: float) -> None:
    payoff = ql.PlainVanillaPayoff(option_type(sign), strike)
    oracle = ql.BlackCalculator(payoff, 4000.0, vol, 1.0)
    terms = arrays(4000.0, strike, vol)
    assert abs(black_delta(*terms, np.array([sign]))[0] - oracle.deltaForward()) <= 1e-12
    up, down = (black_delta(*arrays(at, strike, vol, sign))[0] for at in (4000.1, 3999.9))
    assert abs((up - down) / 0.2 - oracle.gammaForward()) <= 1e-8
    assert abs(black_vega(*terms)[0] - oracle.vega(1.0)) <= 1e-8


@given(STRIKES, TOTAL_VOLS)
def test_call_less_put_is_forward_less_strike(strike: float, vol: float) -> None:
    call = black(*arrays(4000.0, strike, vol, 1.0))[0]
    put = black(*arrays(4000.0, strike, vol, -1.0))[0]
    assert abs(call - put - (4000.0 - strike)) <= 1e-10


def test_an_option_without_volatility_is_worth_its_intrinsic_value() -> None:
    strikes = np.array([3900.0, 4000.0, 4100.0])
    forward, nothing = np.array(4000.0), np.zeros(3)
    assert black(forward, strikes, nothing, np.array(1.0)).tolist() == [100.0, 0.0, 0.0]
    assert black(forward, strikes, nothing, np.array(-1.0)).tolist() == [0.0, 0.0, 100.0]


@given(st.floats(-6.0, 6.0), TOTAL_VOLS)
def test_the_implied_vol_of_a_price_is_the_vol_it_came_from(deviations: float, vol: float) -> None:
    strike = 4000.0 * np.exp(deviations * vol)
    sign = 1.0 if deviations > 0 else -1.0
    price = black(*arrays(4000.0, strike, vol, sign))
    got = implied_total_vol(*arrays(4000.0, strike), price, np.array([sign]))[0]
    assert abs(got / vol - 1.0) <= 1e-6
    again = black(*arrays(4000.0, strike, got, sign))
    assert abs(again[0] - price[0]) <= 1e-10


@given(st.floats(2500.0, 6000.0), st.floats(0.05, 1.0), SIGNS)
def test_the_implied_vol_is_quantlibs(strike: float, vol: float, sign: float) -> None:
    price = ql.blackFormula(option_type(sign), strike, 4000.0, vol)
    if price - max(sign * (4000.0 - strike), 0.0) < 1e-3:
        return  # too little time value for the inverse of either to mean much
    oracle = ql.blackFormulaImpliedStdDev(
        option_type(sign), strike, 4000.0, price, 1.0, 0.0, vol, 1e-13, 1000
    )
    got = implied_total_vol(*arrays(4000.0, strike, price, sign))[0]
    assert abs(got - oracle) <= 1e-7


def test_prices_on_the_bounds_have_the_smallest_and_the_largest_vol() -> None:
    prices = np.array([100.0, 99.0, 4000.0])
    got = implied_total_vol(np.array(4000.0), np.full(3, 3900.0), prices, np.array(1.0))
    assert got.tolist() == [0.0, 0.0, LARGEST_TOTAL_VOL]


def test_an_implied_vol_does_not_depend_on_its_neighbours() -> None:
    strikes = np.linspace(1500.0, 7000.0, 111)
    sign = np.where(strikes < 4000.0, -1.0, 1.0)
    prices = black(np.array(4000.0), strikes, np.linspace(0.4, 0.1, 111), sign)
    together = implied_total_vol(np.array(4000.0), strikes, prices, sign)
    alone = [
        implied_total_vol(*arrays(4000.0, *terms))[0]
        for terms in zip(strikes, prices, sign, strict=True)
    ]
    assert together.tolist() == alone
