"""What every word over series promises; a new one is visited without being asked for."""

from __future__ import annotations

import numpy as np
import pytest
from hedgerow.vocabulary import INDICATORS, indicator_array
from hedgerow.vocabulary.units import NUMERIC, Kind, difference_of
from hedgerow.vocabulary.word import Role, Shape
from histories import constants_for, inputs_for, names
from hypothesis import given, settings
from hypothesis import strategies as st

LENGTH = 300
FEW = settings(max_examples=12)
seeds = st.integers(0, 2**16)


def call(word, series, constants):
    return word.compute(*series, *constants)


@pytest.mark.parametrize("word", **names)
@FEW
@given(data=st.data(), seed=seeds, cut=st.integers(0, LENGTH))
def test_no_word_sees_the_future(word, data, seed, cut):
    constants = data.draw(constants_for(word))
    series = inputs_for(word, seed, LENGTH)
    changed = [np.concatenate([one[:cut], other[cut:]]) for one, other in zip(
        series, inputs_for(word, seed + 7, LENGTH), strict=True)]  # fmt: skip
    before = call(word, series, constants)[:cut]
    np.testing.assert_array_equal(call(word, changed, constants)[:cut], before)
    np.testing.assert_array_equal(call(word, [one[:cut] for one in series], constants), before)


@pytest.mark.parametrize("word", **names)
@FEW
@given(data=st.data(), seed=seeds, missing=st.integers(0, 20))
def test_every_word_is_warm_exactly_when_it_says(word, data, seed, missing):
    constants = data.draw(constants_for(word))
    series = inputs_for(word, seed, LENGTH)
    series[0][:missing] = np.nan
    known = ~np.isnan(call(word, series, constants))
    first = missing + word.lookback(*constants)
    assert not known[:first].any()
    assert known[first:].all()


@pytest.mark.parametrize("word", **names)
@FEW
@given(data=st.data(), seed=seeds, hole=st.integers(0, LENGTH - 1))
def test_a_missing_value_starts_the_count_anew(word, data, seed, hole):
    constants = data.draw(constants_for(word))
    series = inputs_for(word, seed, LENGTH)
    whole = call(word, series, constants)
    series[-1][hole] = np.nan
    found = call(word, series, constants)
    np.testing.assert_array_equal(found[:hole], whole[:hole])
    assert np.isnan(found[hole])
    if word.name != "cumulative":
        after = call(word, [one[hole + 1 :] for one in series], constants)
        np.testing.assert_array_equal(found[hole + 1 :], after)


@pytest.mark.parametrize("word", **names)
@pytest.mark.parametrize("length", [0, 1, 2, 3])
def test_short_and_unknown_histories_are_unknown(word, length):
    constants = [20 if each.default is None else each.default
                 for each in word.parameters if each.role is not Role.SERIES]  # fmt: skip
    if word.name == "vol_cone":
        constants[1] = 0.5
    series = inputs_for(word, 1, length)
    found = call(word, series, constants)
    assert found.shape == (length,)
    lookback = word.lookback(*constants)
    assert np.isnan(found[:lookback]).all()
    assert np.isnan(call(word, [np.full(9, np.nan) for _ in series], constants)).all()


@pytest.mark.parametrize("word", **names)
@FEW
@given(data=st.data(), seed=seeds)
def test_every_value_lies_where_its_row_says(word, data, seed):
    low, high = word.between
    values = call(word, inputs_for(word, seed, LENGTH), data.draw(constants_for(word)))
    known = values[~np.isnan(values)]
    assert ((low - 1e-9 <= known) & (known <= high + 1e-9)).all()


@pytest.mark.parametrize("word", **names)
def test_inputs_are_left_as_they_were(word):
    constants = [5 if each.role is Role.WINDOW else 0.5
                 for each in word.parameters if each.role is not Role.SERIES]  # fmt: skip
    series = inputs_for(word, 3, LENGTH)
    kept = [one.copy() for one in series]
    call(word, series, constants)
    for one, copy in zip(series, kept, strict=True):
        np.testing.assert_array_equal(one, copy)


def test_a_level_ten_times_as_high_gives_what_the_kind_of_the_result_says():
    """Same kind and difference grow with the level; ratios and pure numbers do not."""
    for word in INDICATORS.values():
        if word.name in ("log", "sqrt", "variance_premium"):  # of no linear scale
            continue
        constants = [14 if each.role is Role.WINDOW else 0.5
                     for each in word.parameters if each.role is not Role.SERIES]  # fmt: skip
        series = inputs_for(word, 5, LENGTH)
        once = call(word, series, constants)
        tenfold = call(word, [10 * one for one in series], constants)
        grows = isinstance(word.result, Shape) or word.result is Kind.POINTS
        if word.name in ("bollinger_upper", "bollinger_lower", "atr") or grows:
            once = once * 10
        np.testing.assert_allclose(tenfold, once, rtol=1e-8, atol=1e-9, err_msg=word.name)


@pytest.mark.parametrize("word", **names)
def test_a_row_says_what_it_is(word):
    assert word.name == word.name.lower()
    assert word.description.endswith(".") and word.source
    series = [each for each in word.parameters if each.role is Role.SERIES]
    for kind in NUMERIC:
        if not series[0].accepts(kind):
            continue
        result = word.result_for([kind] * len(series))
        expected = {Shape.SAME: kind, Shape.DIFFERENCE: difference_of(kind)}
        assert result is expected.get(word.result, word.result)


def test_pointwise_words_take_a_single_session_too():
    for word in INDICATORS.values():
        if word.pointwise:
            series = inputs_for(word, 9, 5)
            whole = call(word, series, [])
            alone = [float(call(word, [float(one[at]) for one in series], [])) for at in range(5)]
            np.testing.assert_array_equal(whole, alone)


def test_windows_given_as_floats_are_whole_sessions():
    series = inputs_for(INDICATORS["sma"], 2, 30)
    np.testing.assert_array_equal(
        indicator_array("sma", series, [5.0]), call(INDICATORS["sma"], series, [5])
    )
