"""Generated markets look like the real one, within the bands of its simulated facts."""

from datetime import date
from math import nan

import numpy as np
import pytest
from hedgerow.market.calendar import nyse
from hedgerow.market.generator import (
    CALM,
    CRASH,
    FITTED,
    GRIND,
    SPIKE,
    WHIPSAW,
    YEAR,
    Paths,
    Regime,
    generated_history,
    generated_paths,
)
from hedgerow.market.history import History
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.market_strategies import histories, in_percent, in_points, read_notation

Floats = NDArray[np.float64]
SEEDS = st.integers(0, 2**32)


def correlation(first: Floats, second: Floats) -> Floats:
    a, b = first - first.mean(0), second - second.mean(0)
    return (a * b).mean(0) / np.sqrt((a * a).mean(0) * (b * b).mean(0))


def moment(values: Floats, order: int) -> Floats:
    return (((values - values.mean(0)) / values.std(0)) ** order).mean(0)


def lagged(values: Floats, lag: int) -> Floats:
    return correlation(values[lag:], values[:-lag])


def stylised_facts(paths: Paths) -> dict[str, Floats]:
    """Of each path, in the units in which traders quote them."""
    moves, vix = np.diff(np.log(paths.spx), axis=0), paths.vix
    vix_moves = np.diff(np.log(vix), axis=0)
    percent, points = (np.exp(moves) - 1) * 100, np.diff(vix, axis=0)
    squares = np.vstack([np.zeros_like(moves[:1]), np.cumsum(moves**2, axis=0)])
    realised = np.sqrt((squares[21:] - squares[:-21]) * 12) * 100
    implied = vix[: len(realised)]
    return {
        "volatility": moves.std(0) * np.sqrt(252) * 100,
        "skew": moment(moves, 3),
        "excess kurtosis": moment(moves, 4) - 3,
        "clustering": lagged(np.abs(moves), 1),
        "clustering over a month": lagged(np.abs(moves), 21),
        "SPX with VIX": correlation(moves, vix_moves),
        "SPX percent per VIX point": correlation(percent, points) * percent.std(0) / points.std(0),
        "VIX mean": vix.mean(0),
        "VIX 5th percentile": np.percentile(vix, 5, axis=0),
        "VIX 95th percentile": np.percentile(vix, 95, axis=0),
        "VIX maximum": vix.max(0),
        "VIX memory over a month": lagged(np.log(vix), 21),
        "VIX memory over a year": lagged(np.log(vix), 252),
        "VIX moves": vix_moves.std(0) * 100,
        "VIX moves skew": moment(vix_moves, 3),
        "implied less realised": (implied - realised).mean(0),
        "realised beats implied": (realised > implied).mean(0),
        "drawdown": ((paths.spx / np.maximum.accumulate(paths.spx, axis=0)).min(0) - 1) * 100,
    }


FACTS = stylised_facts(generated_paths(20261121, 9200, 16))


@pytest.mark.parametrize(
    ("fact", "low", "high"),
    [
        ("volatility", 13.8, 21.0),
        ("skew", -0.71, -0.36),
        ("excess kurtosis", 2.9, 8.1),
        ("clustering", 0.16, 0.23),
        ("clustering over a month", 0.11, 0.20),
        ("SPX with VIX", -0.727, -0.700),
        ("SPX percent per VIX point", -0.57, -0.52),
        ("VIX mean", 16.4, 24.2),
        ("VIX 5th percentile", 8.9, 11.5),
        ("VIX 95th percentile", 29.5, 46.0),
        ("VIX maximum", 54.0, 94.0),
        ("VIX memory over a month", 0.71, 0.82),
        ("VIX memory over a year", 0.10, 0.44),
        ("VIX moves", 6.46, 6.72),
        ("VIX moves skew", 0.93, 1.46),
        ("implied less realised", 3.7, 5.5),
        ("realised beats implied", 0.128, 0.163),
        ("drawdown", -82.0, -37.0),
    ],
)
def test_the_median_path_lies_in_the_band_of_the_fact(fact: str, low: float, high: float) -> None:
    """Bands: 5th to 95th percentile of the fitted generator over 36 years."""
    assert low <= np.median(FACTS[fact]) <= high


def told(regime: Regime) -> tuple[float, float, float, float]:
    """Of eight paths: median VIX, its weeks of +40% a year, SPX a year and its volatility."""
    paths = generated_paths(3, 2000, 8, regime)
    vix, spx = paths.vix, np.log(paths.spx)
    risen = (vix[5:] > 1.4 * vix[:-5]).mean() * YEAR
    daily = np.diff(spx, axis=0)
    return np.median(vix), risen, daily.mean() * YEAR, daily.std() * np.sqrt(YEAR)


def test_regimes_differ_as_their_names_say() -> None:
    fitted, calm, grind, spike, crash, whipsaw = (
        told(each) for each in (FITTED, CALM, GRIND, SPIKE, CRASH, WHIPSAW)
    )
    assert calm[0] < fitted[0] - 2 < crash[0] - 8
    assert spike[1] > 3 * fitted[1] > 3 * grind[1]
    assert spike[0] < crash[0]
    assert crash[2] < grind[2] < -0.1 < whipsaw[2]
    assert whipsaw[3] > max(grind[3], fitted[3]) * 1.2


@given(SEEDS, st.integers(2, 60), st.integers(1, 60))
def test_a_longer_market_begins_like_the_shorter_one(seed: int, short: int, more: int) -> None:
    first, second = (generated_paths(seed, n, 2) for n in (short, short + more))
    np.testing.assert_array_equal(first.spx, second.spx[:short])
    np.testing.assert_array_equal(first.vix, second.vix[:short])


@given(SEEDS, st.integers(1, 120), st.sampled_from([FITTED, CALM, GRIND, SPIKE, CRASH, WHIPSAW]))
def test_a_generated_history_is_whole_and_made_of_bars(
    seed: int, sessions: int, regime: Regime
) -> None:
    history = generated_history(seed, sessions, regime, date(2019, 5, 1))
    assert len(history) == sessions
    assert np.isin(history.sessions, nyse().sessions).all()
    for series in history.series.values():
        bars = np.array([series.low, series.open, series.close, series.high])
        assert (bars > 0).all()
        assert (bars.min(0) == series.low).all()
        assert (bars.max(0) == series.high).all()
    closes = history.series["VIX"].close
    assert ((closes >= 8.5) & (closes <= 120)).all()


def test_the_same_seed_is_the_same_market_and_another_seed_another() -> None:
    first, again, other = (generated_history(seed, 100).fingerprint for seed in (1, 1, 2))
    assert first == again != other


def test_a_generated_market_says_that_it_is_not_real() -> None:
    assert generated_history(5, 10).notes[0] == "This market is generated (seed 5), not real."


def test_a_market_longer_than_the_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="the calendar has only"):
        generated_history(1, 500, FITTED, date(2045, 1, 3))


def test_a_series_is_written_as_a_test_block_writes_it() -> None:
    assert in_percent([2000.0] * 20 + [1940.0, 1901.2]) == "2000 x20, -3%, -2%"
    assert in_points([15.0] * 20 + [21.0, nan, nan, 14.0, 14.0]) == "15 x20, +6, _ x2, 14 x2"


@given(histories(max_sessions=90))
def test_a_small_market_can_be_written_down_and_read_back(market: History) -> None:
    spx, vix = (market.series[name].close.tolist() for name in ("SPX", "VIX"))
    assert read_notation(in_percent(spx)) == spx
    assert read_notation(in_points(vix)) == vix
    assert 60 <= len(market) <= 90
