"""Indicators against pandas, plain loops and published numbers."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hedgerow.vocabulary import INDICATORS
from histories import bars, closes
from hypothesis import given, settings
from hypothesis import strategies as st

LENGTH = 400
FEW = settings(max_examples=15)
windows = st.integers(2, 40)
seeds = st.integers(0, 2**16)


def found(name, *arguments):
    return INDICATORS[name].compute(*arguments)


def close_to(values, expected):
    np.testing.assert_allclose(values, np.asarray(expected, float), rtol=1e-7, atol=1e-8)


def seeded_mean(values, window, weight):
    """An exponential mean that begins with the plain mean of its first window."""
    out = [math.nan] * (window - 1) + [sum(values[:window]) / window]
    for value in values[window:]:
        out.append(out[-1] + weight * (value - out[-1]))
    return np.array(out[: len(values)])


ROLLED = {
    "sma": lambda rolling: rolling.mean(),
    "highest": lambda rolling: rolling.max(),
    "lowest": lambda rolling: rolling.min(),
    "stdev": lambda rolling: rolling.std(ddof=0),
}


@pytest.mark.parametrize("name", ROLLED)
@FEW
@given(seed=seeds, window=windows)
def test_a_rolling_word_is_what_pandas_makes_of_it(name, seed, window):
    values = closes(seed, LENGTH)
    close_to(found(name, values, window), ROLLED[name](pd.Series(values).rolling(window)))


@FEW
@given(seed=seeds, window=windows)
def test_weighted_words_are_what_loops_make_of_them(seed, window):
    values = closes(seed, LENGTH)
    weights = np.arange(1, window + 1) / (window * (window + 1) / 2)
    rolling = pd.Series(values).rolling(window)
    close_to(found("wma", values, window), rolling.apply(lambda seen: seen @ weights, raw=True))
    line = rolling.apply(lambda seen: np.polyfit(np.arange(window), seen, 1)[0], raw=True)
    close_to(found("slope", values, window), line)
    close_to(found("ema", values, window), seeded_mean(values, window, 2 / (window + 1)))


@FEW
@given(seed=seeds, window=windows)
def test_bands_and_scores_come_from_one_mean_and_deviation(seed, window):
    values = closes(seed, LENGTH)
    rolling = pd.Series(values).rolling(window)
    mean, deviation = rolling.mean(), rolling.std(ddof=0)
    close_to(found("bollinger_upper", values, window, 2.0), mean + 2 * deviation)
    close_to(found("bollinger_lower", values, window, 2.0), mean - 2 * deviation)
    close_to(found("zscore", values, window), (values - mean) / deviation)


@FEW
@given(seed=seeds, window=windows)
def test_a_percentile_is_a_mean_rank(seed, window):
    values = np.round(closes(seed, LENGTH))  # rounded, so that some are equal
    rank = pd.Series(values).rolling(window).rank(method="average")
    close_to(found("percentile", values, window), (rank - 1) / (window - 1))


@FEW
@given(seed=seeds, window=windows)
def test_rsi_smooths_as_wilder_did(seed, window):
    values = closes(seed, LENGTH)
    moves = np.diff(values)
    gain = seeded_mean(np.maximum(moves, 0), window, 1 / window)
    loss = seeded_mean(np.maximum(-moves, 0), window, 1 / window)
    close_to(found("rsi", values, window), [math.nan, *(100 * gain / (gain + loss))])


def test_rsi_gives_the_numbers_of_a_published_worksheet():
    """StockCharts ChartSchool, cs-rsi.xls: 14 sessions of QQQQ from 14 December 2009."""
    prices = np.array([
        44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826,
        45.8931, 46.0328, 45.6140, 46.2820, 46.2820, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439,
    ])  # fmt: skip
    np.testing.assert_allclose(
        found("rsi", prices, 14)[14:], [70.53, 66.32, 66.55, 69.41, 66.36, 57.97], atol=0.006
    )


def test_rsi_is_unknown_until_something_has_moved():
    values = np.array([15.0] * 20 + [16.0, 15.5])
    known = found("rsi", values, 5)
    assert np.isnan(known[:20]).all()
    assert known[20] == 100.0
    assert 0 < known[21] < 100


@FEW
@given(seed=seeds, fast=st.integers(2, 12), more=st.integers(1, 20), signal=st.integers(1, 9))
def test_macd_is_the_fast_mean_less_the_slow_one(seed, fast, more, signal):
    """Both means are seeded to end on the session the slow one begins, as TA-Lib does."""
    values, slow = closes(seed, LENGTH), fast + more
    late = np.concatenate([[math.nan] * more, seeded_mean(values[more:], fast, 2 / (fast + 1))])
    line = late - seeded_mean(values, slow, 2 / (slow + 1))
    smooth = seeded_mean(line[slow - 1 :], signal, 2 / (signal + 1))
    expected = np.concatenate([[math.nan] * (slow - 1), smooth])
    close_to(found("macd", values, fast, slow), line)
    close_to(found("macd_signal", values, fast, slow, signal), expected)
    close_to(found("macd_histogram", values, fast, slow, signal), line - expected)


@FEW
@given(seed=seeds, window=windows)
def test_true_ranges_are_smoothed_as_wilder_did(seed, window):
    day = bars(seed, LENGTH)
    high, low, before = day["high"][1:], day["low"][1:], day["close"][:-1]
    ranges = np.maximum(high, before) - np.minimum(low, before)
    expected = [math.nan, *seeded_mean(ranges, window, 1 / window)]
    close_to(found("atr", day["high"], day["low"], day["close"], window), expected)


@FEW
@given(seed=seeds, window=windows)
def test_changes_are_what_pandas_makes_of_them(seed, window):
    values = pd.Series(closes(seed, LENGTH))
    close_to(found("change", values.to_numpy(), window), values.diff(window))
    close_to(found("roc", values.to_numpy(), window), values.pct_change(window))


def test_a_rate_of_change_from_zero_or_less_is_unknown():
    known = found("roc", np.array([-1.0, 0.0, 2.0, 3.0]), 1)
    np.testing.assert_array_equal(known, [math.nan, math.nan, math.nan, 0.5])


@FEW
@given(seed=seeds, window=windows)
def test_realized_volatility_takes_no_mean_off(seed, window):
    values = closes(seed, LENGTH)
    squares = pd.Series(np.log(values)).diff() ** 2
    expected = np.sqrt(252 * squares.rolling(window).mean())
    close_to(found("realized_vol", values, window), expected)
    gauge = closes(seed + 1, LENGTH)
    premium = found("variance_premium", gauge, values, window)
    close_to(premium, gauge / 100 - expected)


@FEW
@given(seed=seeds, window=windows, part=st.floats(0, 1))
def test_a_cone_is_a_quantile_of_all_that_was_so_far(seed, window, part):
    values = closes(seed, LENGTH)
    realized = pd.Series(found("realized_vol", values, window))
    close_to(found("vol_cone", values, window, part), realized.expanding(252).quantile(part))


@FEW
@given(seed=seeds, window=st.integers(3, 40))
def test_two_series_move_together_as_pandas_says(seed, window):
    one, other = pd.Series(closes(seed, LENGTH)), pd.Series(closes(seed + 1, LENGTH))
    known = found("correlation", one.to_numpy(), other.to_numpy(), window)
    close_to(known, one.rolling(window).corr(other))
    ours, theirs = one.pct_change(), other.pct_change()
    slope = ours.rolling(window).cov(theirs) / theirs.rolling(window).var()
    close_to(found("beta", one.to_numpy(), other.to_numpy(), window), slope)


@pytest.mark.parametrize("window", [5, 6, 7])
def test_what_does_not_move_has_neither_score_nor_correlation_nor_beta(window):
    """0.1 is one that the mean of 6 or 7 does not give back exactly."""
    flat, moving = np.full(30, 0.1), closes(1, 30)
    assert np.isnan(found("zscore", flat, window)).all()
    assert np.isnan(found("correlation", flat, moving, window)).all()
    assert np.isnan(found("beta", moving, flat, window)).all()
    assert (found("stdev", flat, window)[window - 1 :] == 0).all()
    assert (found("percentile", flat, window)[window - 1 :] == 0.5).all()


def test_divergence_needs_one_up_and_the_other_down():
    up, down = np.arange(1.0, 7.0), np.arange(7.0, 1.0, -1.0)
    np.testing.assert_array_equal(found("divergence", up, down, 3)[3:], [1, 1, 1])
    np.testing.assert_array_equal(found("divergence", down, up, 3)[3:], [0, 0, 0])
    np.testing.assert_array_equal(found("divergence", up, up, 3)[3:], [0, 0, 0])


def test_plain_functions_are_plain():
    one, other = np.array([1.0, 4.0, -9.0, math.nan]), np.array([2.0, 3.0, 0.0, 1.0])
    np.testing.assert_array_equal(found("min", one, other), [1, 3, -9, math.nan])
    np.testing.assert_array_equal(found("max", one, other), [2, 4, 0, math.nan])
    np.testing.assert_array_equal(found("abs", one), [1, 4, 9, math.nan])
    np.testing.assert_array_equal(found("sqrt", one), [1, 2, math.nan, math.nan])
    np.testing.assert_array_equal(found("log", one)[2:], [math.nan, math.nan])
    np.testing.assert_array_equal(found("term_ratio", one, other)[:3], [0.5, 4 / 3, math.nan])
    np.testing.assert_array_equal(found("cumulative", one), [1, 5, -4, math.nan])
