"""VIX futures and options: golden values, parity on the future, no butterfly for nothing."""

import numpy as np
import pytest
from hedgerow.market.pricing import black
from hedgerow.market.snapshot import shocked
from hedgerow.market.vix_futures import beta_to_vix, futures_from_forward_vol, vix_future_prices
from hedgerow.market.vix_options import estimated_vvix, vix_slices, vix_total_vol
from hypothesis import given
from hypothesis import strategies as st
from modelled import ROW, close_of

LEVELS = st.floats(9.0, 90.0)
LIVES = st.floats(0.7, 270.0)  # days


def test_futures_are_those_of_the_golden_case() -> None:
    years = np.array([14.0, 30.0, 60.0, 90.0]) / 365.0
    got = futures_from_forward_vol(np.array(20.0), years)
    assert got == pytest.approx([19.4308, 19.0862, 18.8279, 18.7532], abs=5e-5)


def test_a_future_at_its_settlement_is_vix() -> None:
    assert vix_future_prices(close_of(23.0, slow=18.0), ROW, np.zeros(1))[0] == pytest.approx(23.0)


def test_a_shock_moves_futures_by_the_betas_of_their_lives() -> None:
    """Betas of daily changes, 2004-2026: 0.57 at 14-21 days, 0.44 at 30-45, 0.31 at 60-90."""
    before = close_of(20.0, slow=19.0)
    after = shocked(before, 0, vix=26.0)
    years = np.array([17.0, 37.0, 75.0]) / 365.0
    rows = np.zeros(3, dtype=np.intp)
    moves = vix_future_prices(after, rows, years) - vix_future_prices(before, rows, years)
    assert moves == pytest.approx(6.0 * beta_to_vix(years), abs=1e-12)
    assert moves / 6.0 == pytest.approx([0.57, 0.44, 0.31], abs=0.06)


def test_options_are_those_of_the_golden_case() -> None:
    golden = {
        30.0: ((20.0, 0.8762, 1.9991), (25.0, 1.0911, 0.9702), (40.0, 1.4798, 0.2531)),
        60.0: ((25.0, 0.9700, 1.5478), (35.0, 1.1533, 0.6859)),
    }
    future, vvix = np.array([20.0]), np.array([95.0])
    for days, rows in golden.items():
        strikes, vols, prices = np.array(rows).T
        years = np.array([days / 365.0])
        total = vix_total_vol(future, strikes, vvix, years)
        assert total / np.sqrt(years) == pytest.approx(vols, abs=5e-5)
        assert black(future, strikes, total, np.array(1.0)) == pytest.approx(prices, abs=5e-5)


def test_vvix_is_estimated_from_vix_and_its_recent_mean() -> None:
    calm = estimated_vvix(np.array([20.0]), np.log([20.0]))[0]
    assert calm == pytest.approx(np.exp(3.745 + 0.288 * np.log(20.0)))
    assert estimated_vvix(np.array([20.0]), np.log([15.0]))[0] > calm


@given(LEVELS, LIVES)
def test_call_less_put_is_the_discounted_future_less_strike(vix: float, days: float) -> None:
    close = close_of(vix)
    years = np.array([days / 365.0])
    strikes = np.linspace(8.0, 150.0, 72)
    calls, puts = (
        vix_slices(close, ROW, years).prices(strikes, np.array(is_call))
        for is_call in (True, False)
    )
    parity = np.exp(-0.02 * years) * (vix_future_prices(close, ROW, years) - strikes)
    assert np.abs(calls - puts - parity).max() <= 1e-12 * 150.0


@given(LEVELS, st.floats(0.6, 1.6), LIVES)
def test_no_butterfly_on_vix_costs_less_than_nothing(vix: float, fast: float, days: float) -> None:
    close = close_of(vix, fast=fast * vix)
    years = np.array([days / 365.0])
    strikes = vix_future_prices(close, ROW, years) * np.linspace(0.05, 8.0, 319)
    calls = vix_slices(close, ROW, years).prices(strikes, np.array(True))
    assert (np.diff(calls, 2) >= -1e-12 * vix).all()
    assert (np.diff(calls) <= 0.0).all()


def test_a_calls_delta_is_the_slope_of_its_price_at_a_fixed_volatility() -> None:
    close = close_of(20.0)
    years = np.array([45.0 / 365.0])
    strikes = np.array([18.0, 22.0, 30.0])
    future = vix_future_prices(close, ROW, years)
    vol = vix_total_vol(future, strikes, close.vvix, years)
    up, down = (black(future + step, strikes, vol, np.array(1.0)) for step in (1e-4, -1e-4))
    slope = np.exp(-0.02 * years) * (up - down) / 2e-4
    assert vix_slices(close, ROW, years).deltas(strikes, np.array(True)) == pytest.approx(
        slope, abs=1e-7
    )


def test_many_lives_together_are_what_each_is_alone() -> None:
    close = close_of(28.0, fast=20.0)
    days = np.array([0.73, 7.0, 20.0, 61.0, 200.0])
    rows = np.zeros(5, dtype=np.intp)
    strikes = np.array([[20.0], [35.0]])
    block = vix_slices(close, rows, days / 365.0).prices(strikes, np.array(True))
    for day, life in enumerate(days / 365.0):
        alone = vix_slices(close, ROW, np.array([life])).prices(strikes, np.array(True))
        assert block[:, day].tolist() == alone[:, 0].tolist()
