"""SPX option prices: the golden table, bounds, and one call for many sessions."""

import numpy as np
import pytest
from hedgerow.market.pricing import Array
from hedgerow.market.snapshot import Snapshots, one_sd, shocked
from hedgerow.market.spx_options import spx_slices, spx_total_vol
from hedgerow.market.variance_curve import PILLAR_DAYS
from hypothesis import given
from hypothesis import strategies as st
from modelled import ROW, close_of

YEARS = np.array([45.0 / 365.0])
LEVELS = st.floats(9.0, 90.0)
LIVES = st.floats(0.3, 800.0)  # days

# strike, sign, price, implied volatility, delta; SPX 4000, VIX 20 from 19 and 20, 45 days
GOLDEN = np.array(
    [
        [2800, -1, 1.990701, 0.445267, -0.009036],
        [3200, -1, 5.007496, 0.339761, -0.026429],
        [3400, -1, 9.119470, 0.293193, -0.050812],
        [3600, -1, 18.564722, 0.250804, -0.105920],
        [3700, -1, 27.444096, 0.230816, -0.155939],
        [3800, -1, 41.287883, 0.211396, -0.230299],
        [3900, -1, 62.856422, 0.192455, -0.337506],
        [4000, -1, 96.124108, 0.174144, -0.482892],
        [4100, 1, 48.637206, 0.157152, 0.340737],
        [4200, 1, 18.519345, 0.143139, 0.174990],
        [4300, 1, 5.501592, 0.134555, 0.067453],
        [4400, 1, 1.530773, 0.132874, 0.022370],
        [4600, 1, 0.199227, 0.144433, 0.003274],
    ]
)

# condors of 45 days: strikes, credit, and the gain when VIX rises by 6 and SPX falls by
# 0, 2, 3 and 3.22 %
CONDORS = {
    12: ((3595, 3810, 4125, 4195), 18.3304, (-17.01, -16.48, -20.34, -21.57)),
    16: ((3490, 3760, 4165, 4260), 25.4349, (-19.43, -17.70, -20.11, -20.96)),
    20: ((3395, 3705, 4210, 4330), 31.8598, (-20.19, -17.52, -18.85, -19.41)),
    30: ((3175, 3580, 4330, 4500), 48.7373, (-18.94, -15.96, -16.24, -16.47)),
    45: ((2885, 3410, 4515, 4780), 73.4646, (-18.23, -14.50, -13.89, -13.87)),
}


def condor_credit(close: Snapshots, strikes: tuple[float, ...]) -> float:
    is_call = np.array([False, False, True, True])
    prices = spx_slices(close, ROW, YEARS).prices(np.array(strikes, dtype=float), is_call)
    return float(prices @ [-1.0, 1.0, 1.0, -1.0])


def price(close: Snapshots, strikes: Array, is_call: bool, days: float) -> Array:
    return spx_slices(close, ROW, np.array([days / 365.0])).prices(strikes, np.array(is_call))


def test_prices_vols_and_deltas_are_those_of_the_golden_table() -> None:
    close = close_of(20.0, slow=19.0, fast=20.0)
    strikes, sign, prices, vols, deltas = GOLDEN.T
    forward = float(close.forward(ROW, YEARS)[0])
    assert forward == pytest.approx(4002.46651357, abs=1e-8)
    (call,), (put,) = (price(close, np.array([3000.0]), is_call, 45.0) for is_call in (True, False))
    assert (call - put) / (forward - 3000.0) == pytest.approx(0.99753728, abs=1e-8)
    assert spx_slices(close, ROW, YEARS).prices(strikes, sign > 0) == pytest.approx(
        prices, abs=1e-6
    )
    vol = spx_total_vol(close, ROW, strikes, YEARS) / np.sqrt(YEARS)
    assert vol == pytest.approx(vols, abs=1e-6)
    assert spx_slices(close, ROW, YEARS).deltas(strikes, sign > 0) == pytest.approx(
        deltas, abs=1e-6
    )


@pytest.mark.parametrize("vix", CONDORS)
def test_a_condors_credit_and_its_losses_in_a_shock_are_the_golden_ones(vix: int) -> None:
    strikes, credit, gains = CONDORS[vix]
    close = close_of(float(vix), slow=19.0)
    assert condor_credit(close, strikes) == pytest.approx(credit, abs=1e-4)
    for fall, gain in zip((0.0, 0.02, 0.03, 0.0322), gains, strict=True):
        after = shocked(close, 0, 4000.0 * (1.0 - fall), vix + 6.0)
        assert credit - condor_credit(after, strikes) == pytest.approx(gain, abs=0.0051)


def test_the_square_root_rule_takes_less_of_a_shock_to_45_days() -> None:
    close = close_of(20.0, slow=19.0)
    strikes = CONDORS[20][0]
    measured = condor_credit(shocked(close, 0, vix=26.0), strikes)
    square_root = np.sqrt(30.0 / PILLAR_DAYS)
    folk = condor_credit(shocked(close, 0, vix=26.0, shares=square_root), strikes)
    assert folk < measured


def test_a_shock_of_nothing_changes_no_price() -> None:
    close = close_of(17.0, slow=19.0, fast=15.0)
    strikes = np.linspace(3000.0, 5000.0, 41)
    same = shocked(close, 0, 4000.0, 17.0)
    assert price(same, strikes, False, 45.0).tolist() == price(close, strikes, False, 45.0).tolist()


@given(LEVELS, st.floats(2.0, 150.0))
def test_a_shock_to_any_vix_can_be_priced(vix: float, after: float) -> None:
    close = shocked(close_of(vix), 0, 3500.0, after)
    prices = price(close, np.array([2500.0, 3500.0, 4500.0]), False, 45.0)
    assert np.isfinite(prices).all()
    assert (np.diff(prices) > 0.0).all()


@given(LEVELS, LIVES)
def test_call_less_put_is_the_discounted_forward_less_strike(vix: float, days: float) -> None:
    close = close_of(vix)
    strikes = np.linspace(1500.0, 7000.0, 56)
    years = np.array([days / 365.0])
    parity = np.exp(-0.02 * years) * (close.forward(ROW, years) - strikes)
    difference = price(close, strikes, True, days) - price(close, strikes, False, days)
    assert np.abs(difference - parity).max() <= 1e-10


@given(LEVELS, LIVES)
def test_prices_lie_in_their_bounds_and_fall_or_rise_with_the_strike(
    vix: float, days: float
) -> None:
    close = close_of(vix)
    strikes = np.linspace(200.0, 12_000.0, 119)
    years = np.array([days / 365.0])
    discount = np.exp(-0.02 * years)
    forward = close.forward(ROW, years)
    calls, puts = price(close, strikes, True, days), price(close, strikes, False, days)
    assert (calls >= discount * np.maximum(forward - strikes, 0.0) - 1e-10).all()
    assert (puts >= discount * np.maximum(strikes - forward, 0.0) - 1e-10).all()
    assert (calls <= discount * forward).all()
    assert (puts <= discount * strikes).all()
    assert (np.diff(calls) <= 1e-10).all()
    assert (np.diff(puts) >= -1e-10).all()


@given(LEVELS, st.floats(3.0, 120.0))
def test_deltas_fall_with_the_strike_and_a_call_and_a_put_differ_by_the_carry(
    vix: float, days: float
) -> None:
    close = close_of(vix)
    years = np.array([days / 365.0])
    sd = one_sd(close, ROW, years)[0]
    strikes = 4000.0 + sd * np.linspace(-1.5, 1.2, 17)
    puts = spx_slices(close, ROW, years).deltas(strikes, np.array(False))
    calls = spx_slices(close, ROW, years).deltas(strikes, np.array(True))
    assert (np.diff(puts) < 0.0).all()
    assert calls - puts == pytest.approx(np.exp(-0.015 * years).repeat(17), abs=1e-12)


def test_an_option_at_its_expiry_close_is_worth_its_intrinsic_value() -> None:
    close = close_of(20.0)
    strikes = np.array([3900.0, 4000.0, 4100.0])
    assert price(close, strikes, False, 0.0).tolist() == [0.0, 0.0, 100.0]
    assert price(close, strikes, True, 0.0).tolist() == [100.0, 0.0, 0.0]


def test_one_standard_deviation_at_30_days_is_that_of_vix() -> None:
    years = np.array([30.0 / 365.0])
    got = one_sd(close_of(20.0), ROW, years)[0]
    assert got == pytest.approx(4000.0 * 0.20 * np.sqrt(30.0 / 365.0), rel=1e-12)


def test_a_grid_of_strikes_and_lives_is_what_each_option_alone_is() -> None:
    close = close_of(23.0, slow=18.0)
    days = np.array([0.0, 0.73, 2.0, 12.9, 30.0, 44.73, 100.0, 700.0, 900.0])
    strikes = np.array([3000.0, 3800.0, 4000.0, 4200.0])[:, None]
    is_call = np.array([False, False, True, True])[:, None]
    rows = np.zeros(len(days), dtype=np.intp)
    block = spx_slices(close, rows, days / 365.0).prices(strikes, is_call)
    for leg in range(4):
        for day in range(len(days)):
            alone = price(close, strikes[leg], bool(is_call[leg, 0]), days[day])
            assert block[leg, day] == alone[0]
