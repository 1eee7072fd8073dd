"""The surface gives back what it was built from, and leaves nothing to arbitrage."""

import numpy as np
import pytest
from hedgerow.market.generator import CALM, CRASH, FITTED, Regime, generated_history
from hedgerow.market.log_contract import mixture_variance, shape_of
from hedgerow.market.pricing import Array
from hedgerow.market.snapshot import Snapshots
from hedgerow.market.snapshots_from_history import snapshots_from_history
from hedgerow.market.sources.sample import sample_history
from hedgerow.market.spx_options import spx_slices
from hedgerow.market.surface import KNOT_DAYS, KNOTS, Surface, surface_from
from hedgerow.market.variance_curve import PILLAR_DAYS, curve_through, pillars_of
from hypothesis import given, settings
from hypothesis import strategies as st
from modelled import ROW, close_of
from scipy.interpolate import PchipInterpolator

LEVELS = st.floats(9.0, 90.0)
RATIOS = st.floats(0.7, 1.6)  # of the level VIX comes from to VIX


def test_missing_pillars_are_those_of_the_golden_case() -> None:
    close = close_of(20.0, slow=19.0, fast=20.0)
    assert close.pillars[0] == pytest.approx([18.9805, 20.0, 22.1598, 23.4865], abs=5e-5)


def test_the_45_day_slice_is_that_of_the_golden_case() -> None:
    surface = close_of(20.0, slow=19.0, fast=20.0).surface
    knot = KNOT_DAYS.tolist().index(45.0)
    assert surface.theta[0, knot] == pytest.approx(0.003284763, abs=1e-9)
    assert surface.psi_put[0, knot] == pytest.approx(0.063830259, abs=1e-8)
    assert surface.psi_call[0, knot] == pytest.approx(0.011334647, abs=1e-8)


def test_a_listed_pillar_wins_over_its_estimate() -> None:
    close = close_of(20.0, listed=(np.nan, 25.0, np.nan))
    assert close.pillars[0, 2] == 25.0
    assert close.pillars[0, 3] == close_of(20.0).pillars[0, 3]


def test_skew_makes_the_put_wing() -> None:
    low, high = (close_of(20.0, skew=skew).surface.psi_put[0, 7] for skew in (120.0, 150.0))
    assert low < high


def test_the_variance_curve_is_scipys_monotone_cubic() -> None:
    pillars = np.array([[24.0, 20.0, 21.0, 23.0], [12.0, 15.0, 18.0, 19.0]])
    days = np.concatenate(([0.0], PILLAR_DAYS, [PILLAR_DAYS[-1] * 2 - PILLAR_DAYS[-2]]))
    asked = np.array([0.5, 9.0, 17.0, 30.0, 61.0, 93.0, 150.0, 184.0])
    got = curve_through(pillars).at(asked / 365.0)
    for row, points in enumerate(pillars):
        total = np.concatenate(([0.0], (0.01 * points) ** 2 * PILLAR_DAYS / 365.0))
        total = np.append(total, 2.0 * total[-1] - total[-2])
        assert got[row] == pytest.approx(PchipInterpolator(days, total)(asked), rel=1e-12)


def test_the_forward_variance_beyond_the_last_pillar_is_that_before_it() -> None:
    curve = curve_through(np.array([[19.0, 20.0, 22.0, 23.0]]))
    at_93, at_184, at_275 = curve.at(np.array([93.0, 184.0, 275.0]) / 365.0)[0]
    assert at_275 - at_184 == pytest.approx(at_184 - at_93, rel=1e-12)


def test_floors_keep_forward_variance_positive_and_vix_exact() -> None:
    curve = curve_through(np.array([[60.0, 30.0, 12.0, 8.0], [19.0, 20.0, 22.0, 23.0]]))
    assert curve.floored.tolist() == [True, False]
    total = curve.at(np.linspace(0.0, 1.0, 400))
    assert (np.diff(total, axis=1) > 0.0).all()
    assert curve.at(np.array([30.0 / 365.0]))[0, 0] == pytest.approx(0.09 * 30.0 / 365.0, rel=1e-14)


def test_a_log_contract_is_the_integral_over_its_density() -> None:
    """Against E[-2 ln(S/F)] = 2 * integral of out-of-the-money prices over K^2 (Carr, Madan)."""
    close = close_of(24.0, slow=19.0, fast=22.0)
    for days in (13.0, 30.0, 120.0):
        years = np.array([days / 365.0])
        forward = close.forward(ROW, years)[0]
        log_strikes = np.linspace(-10.0, 4.0, 140_001)
        strikes = forward * np.exp(log_strikes)
        prices = spx_slices(close, ROW, years).prices(strikes, strikes > forward)
        undiscounted = prices * np.exp(0.02 * years)
        strip = 2.0 * np.trapezoid(undiscounted / strikes, log_strikes)
        assert strip == pytest.approx(close.surface.curve.at(years)[0, 0], rel=5e-6)


@given(LEVELS, RATIOS, RATIOS)
def test_every_knot_is_worth_its_total_variance(vix: float, slow: float, fast: float) -> None:
    surface = close_of(vix, slow * vix, fast * vix).surface
    root = np.sqrt(surface.theta)
    shape = shape_of(surface.psi_put / root, surface.psi_call / root)
    worth = mixture_variance(surface.theta, shape, surface.crash_ratio[:, None])
    assert worth == pytest.approx(surface.curve.at(KNOTS), rel=1e-7)
    month = KNOT_DAYS.tolist().index(30.0)
    assert 100.0 * np.sqrt(worth[0, month] / KNOTS[month]) == pytest.approx(vix, abs=4e-8)


@given(LEVELS, RATIOS, RATIOS, st.sampled_from([np.nan, 115.0, 135.0, 165.0]))
def test_no_knot_breaks_a_condition_of_arbitrage(
    vix: float, slow: float, fast: float, skew: float
) -> None:
    assert_free(close_of(vix, slow * vix, fast * vix, skew=skew).surface)


@given(st.floats(5.0, 150.0), st.tuples(*[st.floats(5.0, 150.0)] * 3))
def test_not_even_absurd_pillars_make_arbitrage(
    vix: float, listed: tuple[float, float, float]
) -> None:
    assert_free(close_of(vix, listed=listed).surface)


@pytest.mark.parametrize("regime", [FITTED, CALM, CRASH])
def test_years_of_generated_closes_hold_no_arbitrage(regime: Regime) -> None:
    assert_free(snapshots_from_history(generated_history(3, 750, regime)).surface)


def test_every_session_of_the_sample_holds_no_arbitrage() -> None:
    closes = snapshots_from_history(sample_history())
    assert len(closes) == 8313
    assert_free(closes.surface)


def assert_free(surface: Surface) -> None:
    """Hendriks and Martini between knots, Gatheral and Jacquier at each."""
    for rising in (surface.theta, surface.psi_put, surface.psi_call):
        assert (np.diff(rising) >= -1e-12 * rising[:, 1:]).all()
    mean = 0.5 * (surface.psi_put + surface.psi_call)
    steepness = mean / surface.theta
    assert (np.diff(steepness) <= 1e-12 * steepness[:, 1:]).all()
    lean = np.abs(surface.psi_call - surface.psi_put) / (surface.psi_call + surface.psi_put)
    assert (mean * (1.0 + lean) <= 4.0).all()
    assert (mean**2 * (1.0 + lean) / surface.theta <= 4.0).all()
    assert (surface.psi_call > 0.0).all()


def calls_at(close: Snapshots, relative_strikes: Array, years: float) -> Array:
    """Undiscounted calls over the forward."""
    life = np.array([years])
    forward = close.forward(ROW, life)
    strikes = forward * relative_strikes
    prices = spx_slices(close, ROW, life).prices(strikes, np.array(True))
    return prices / forward * np.exp(close.rate * life)


@settings(max_examples=40)
@given(LEVELS, RATIOS, RATIOS)
def test_no_butterfly_and_no_calendar_costs_less_than_nothing(
    vix: float, slow: float, fast: float
) -> None:
    close = close_of(vix, slow * vix, fast * vix)
    strikes = np.linspace(0.04, 3.0, 297)
    shorter = np.maximum(1.0 - strikes, 0.0)
    for days in (0.73, 1.0, 2.0, 7.5, 17.0, 26.0, 33.0, 50.0, 81.0, 200.0, 600.0, 1000.0):
        calls = calls_at(close, strikes, days / 365.0)
        assert (np.diff(calls, 2) >= -1e-12).all()
        assert (calls - shorter >= -1e-12).all()
        shorter = calls


def test_a_session_does_not_depend_on_its_neighbours() -> None:
    """Bit for bit: inverted and calm sessions, sessions with floors, chunks cut anywhere."""
    rng = np.random.default_rng(7)
    vix = np.exp(rng.uniform(np.log(9.0), np.log(90.0), 150))
    slow, fast = np.log(vix) + rng.normal(0.0, 0.3, (2, 150))
    pillars = pillars_of(vix, slow, fast, np.full((150, 3), np.nan))
    skew = np.where(rng.random(150) < 0.5, np.nan, 135.0)
    together = surface_from(vix, pillars, skew)
    for start, stop in ((0, 1), (17, 18), (40, 90), (149, 150)):
        part = slice(start, stop)
        alone = surface_from(vix[part], pillars[part], skew[part])
        for name in ("theta", "psi_put", "psi_call", "crash_ratio"):
            assert np.array_equal(getattr(alone, name), getattr(together, name)[part])
