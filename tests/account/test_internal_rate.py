"""The rate that makes what was put in and what came back worth the same."""

import math
from datetime import date

import numpy as np
import pytest
from hedgerow.account.internal_rate import internal_rate
from hypothesis import given
from hypothesis import strategies as st


def rate_of(days, amounts):
    return internal_rate(np.array(days), np.array(amounts))


def rate(*flows):
    return rate_of([at.toordinal() for at, _ in flows], [amount for _, amount in flows])


def test_the_rate_of_a_loan_with_a_coupon():
    """pyxirr 0.10.8 gives .0817883 for these flows."""
    found = rate(
        (date(2024, 1, 1), -1000), (date(2024, 7, 1), 50), (date(2025, 1, 1), 1030),
    )  # fmt: skip
    assert found == pytest.approx(0.0817883, abs=5e-8)


def test_the_example_of_a_spreadsheet_s_manual():
    """Microsoft's reference page of XIRR: 37.3362535 % for these flows."""
    found = rate(
        (date(2008, 1, 1), -10_000), (date(2008, 3, 1), 2_750), (date(2008, 10, 30), 4_250),
        (date(2009, 2, 15), 3_250), (date(2009, 4, 1), 2_750),
    )  # fmt: skip
    assert found == pytest.approx(0.373362535, abs=1e-8)


def test_order_does_not_matter():
    assert rate_of([465, 100], [110, -100]) == rate_of([100, 465], [-100, 110])
    assert rate_of([465, 100], [110, -100]) == pytest.approx(0.10)


@pytest.mark.parametrize("days, amounts, found", [
    ([0, 365], [-100, 100], 0.0),
    ([0, 365], [-100, 0], -1.0),
    ([0, 365], [-100, -20], -1.0),  # a margin that did not suffice
    ([0, 365], [20, 80], math.inf),  # a credit, and nothing put in
    ([7, 7], [-100, 120], math.nan),
    ([0, 1], [-100, 200], 2.0**365 - 1),
])  # fmt: skip
def test_ends_of_the_scale(days, amounts, found):
    assert rate_of(days, amounts) == pytest.approx(found, nan_ok=True)


flows = st.lists(
    st.tuples(st.integers(0, 9_000), st.integers(-10_000_000, 10_000_000)), min_size=1, max_size=40
)


@given(flows)
def test_any_flows_have_an_answer_with_the_sign_of_what_was_made(drawn):
    days, amounts = zip(*drawn, strict=True)
    found, made = rate_of(days, amounts), sum(amounts)
    if len(set(days)) == 1:
        assert math.isnan(found)
    else:
        assert found == pytest.approx(0) if made == 0 else found * made >= 0


@given(st.integers(1, 10_000_000), st.lists(st.tuples(st.integers(1, 9_000),
       st.integers(0, 10_000_000)), min_size=1, max_size=40))  # fmt: skip
def test_at_that_rate_the_flows_are_worth_nothing(put_in, back):
    found = rate_of([0, *(day for day, _ in back)], [-put_in, *(cents for _, cents in back)])
    if -1 + 1e-6 < found < 1e6:  # nearer to -1 a rate has no digits left to tell it by
        worth = sum(cents * (1 + found) ** (-day / 365) for day, cents in back)
        assert worth == pytest.approx(put_in, rel=1e-6)
