"""Operators mean the same on a history and on a session, and truth has three values."""

import math

import numpy as np
import pytest
from hedgerow.plan.operations import OPERATIONS, TEMPORAL, Constantly, on_past
from hypothesis import given
from hypothesis import strategies as st

NAN = math.nan
ARITY = {"negative": 1, "not": 1, "between": 3, "if": 3}
LOGICAL = {"not", "and", "or", "if"}
TRUTHS = (1.0, 0.0, NAN)

numbers = st.one_of(st.just(NAN), st.integers(-3, 3).map(float), st.floats(-1e6, 1e6))
truths = st.sampled_from(TRUTHS)


def asked_for(value):
    """An operand of which nothing is known before it is asked."""
    return lambda _: value


def on_values(operator, *operands):
    return OPERATIONS[operator].on_parts(*map(asked_for, operands))(None)


def operands_of(operator):
    """Values an operator is given: truths where it asks for them."""
    count = ARITY.get(operator, 2)
    if operator == "if":
        return st.tuples(truths, numbers, numbers)
    return st.tuples(*[truths if operator in LOGICAL else numbers] * count)


@pytest.mark.parametrize("operator", OPERATIONS)
@given(data=st.data())
def test_a_history_and_a_session_agree(operator, data):
    rows = data.draw(st.lists(operands_of(operator), min_size=1, max_size=8))
    row = OPERATIONS[operator]
    at_once = row.on_arrays(*(np.array(column) for column in zip(*rows, strict=True)))
    one_by_one = [on_values(operator, *values) for values in rows]
    np.testing.assert_array_equal(at_once, one_by_one)


@pytest.mark.parametrize("operator", OPERATIONS)
@given(data=st.data())
def test_what_is_known_beforehand_changes_no_answer(operator, data):
    values = data.draw(operands_of(operator))
    parts = [data.draw(st.sampled_from([asked_for, Constantly]))(value) for value in values]
    answer = OPERATIONS[operator].on_parts(*parts)(None)
    np.testing.assert_equal(answer, on_values(operator, *values))


@pytest.mark.parametrize("left, right, both, either", [
    (1.0, 1.0, 1.0, 1.0), (1.0, 0.0, 0.0, 1.0), (0.0, 1.0, 0.0, 1.0), (0.0, 0.0, 0.0, 0.0),
    (1.0, NAN, NAN, 1.0), (NAN, 1.0, NAN, 1.0), (0.0, NAN, 0.0, NAN), (NAN, 0.0, 0.0, NAN),
    (NAN, NAN, NAN, NAN),
])  # fmt: skip
def test_and_and_or_are_those_of_kleene(left, right, both, either):
    np.testing.assert_equal(on_values("and", left, right), both)
    np.testing.assert_equal(on_values("or", left, right), either)


@pytest.mark.parametrize("operator, settled", [("and", 0.0), ("or", 1.0)])
def test_what_is_settled_asks_no_further(operator, settled):
    asked = []
    joined = OPERATIONS[operator].on_parts(lambda _: NAN, lambda _: settled, asked.append)
    assert joined("today") == settled
    assert asked == []


def test_not_unknown_is_unknown():
    assert math.isnan(on_values("not", NAN))


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">=", "==", "!="])
def test_a_comparison_with_an_unknown_is_unknown(operator):
    assert math.isnan(on_values(operator, NAN, 1.0))
    assert math.isnan(on_values(operator, 1.0, NAN))


def test_otherwise_stands_in_for_an_unknown_only():
    assert on_values("otherwise", NAN, 7.0) == 7.0
    assert on_values("otherwise", 0.0, 7.0) == 0.0


def test_dividing_by_zero_is_unknown():
    assert math.isnan(on_values("/", 1.0, 0.0))


def temporal_operands(operator, count):
    values = numbers if operator in ("lag", "rises", "falls") or "crosses" in operator else truths
    width = 2 if "crosses" in operator else 1
    return st.tuples(*[st.lists(values, min_size=count, max_size=count)] * width)


@pytest.mark.parametrize("operator", TEMPORAL)
@given(data=st.data(), window=st.integers(1, 6), count=st.integers(1, 15))
def test_remembered_values_give_what_the_history_gives(operator, data, window, count):
    columns = data.draw(temporal_operands(operator, count))
    arrays = [np.array(column) for column in columns]
    whole = TEMPORAL[operator].on_arrays(arrays, window)
    for today in range(count):
        pasts = [column[: today + 1] for column in columns]
        np.testing.assert_equal(on_past(operator, pasts, window), whole[today])


@pytest.mark.parametrize("operator", TEMPORAL)
@given(data=st.data(), window=st.integers(1, 6), cut=st.integers(1, 10))
def test_no_operator_sees_a_later_session(operator, data, window, cut):
    columns = data.draw(temporal_operands(operator, 12))
    whole = TEMPORAL[operator].on_arrays([np.array(column) for column in columns], window)
    part = TEMPORAL[operator].on_arrays([np.array(column[:cut]) for column in columns], window)
    np.testing.assert_array_equal(part, whole[:cut])


def loops(operator, window, column):
    """The definitions of the language page, one session after the other."""
    out = []
    for today in range(len(column)):
        last = [column[at] if at >= 0 else NAN for at in range(today - window + 1, today + 1)]
        if operator == "for":
            out.append(0.0 if 0.0 in last else NAN if any(map(math.isnan, last)) else 1.0)
        else:
            out.append(1.0 if 1.0 in last else NAN if any(map(math.isnan, last)) else 0.0)
    return out


@pytest.mark.parametrize("operator", ["for", "within last"])
@given(st.lists(truths, min_size=1, max_size=12), st.integers(1, 15))
def test_windows_are_what_the_language_page_says(operator, column, window):
    found = TEMPORAL[operator].on_arrays([np.array(column)], window)
    np.testing.assert_array_equal(found, loops(operator, window, column))


@pytest.mark.parametrize("before, now, crossed", [
    ((1.0, 2.0), (3.0, 2.0), 1.0),  # from below
    ((2.0, 2.0), (3.0, 2.0), 1.0),  # from the line itself: inclusive
    ((3.0, 2.0), (3.0, 2.0), 0.0),
    ((1.0, 2.0), (2.0, 2.0), 0.0),  # reaching it is not crossing it
    ((NAN, 2.0), (3.0, 2.0), NAN),
])  # fmt: skip
def test_crossing_above_is_at_or_below_before_and_above_now(before, now, crossed):
    columns = [np.array([before[0], now[0]]), np.array([before[1], now[1]])]
    np.testing.assert_equal(TEMPORAL["crosses above"].on_arrays(columns, 0)[1], crossed)
