"""Cents are those of the digits a number is written with."""

from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hedgerow.account.money import cents
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize("dollars, rounded", [
    (1.005, 100), (1.015, 102), (1.025, 102), (-1.015, -102), (0.0, 0), (4510.004999, 451_000),
])  # fmt: skip
def test_halves_of_a_cent_go_to_the_even_one(dollars, rounded):
    assert cents(dollars) == rounded


amounts = st.floats(-1e15, 1e15)
near_a_half = st.builds(
    lambda whole, digits: float(f"{whole}.{digits:02d}5"),
    st.integers(-(10**13), 10**13), st.integers(0, 99),
)  # fmt: skip


@given(amounts | near_a_half)
def test_a_cent_is_rounded_by_its_decimal_digits_however_large_the_amount(dollars):
    written = Decimal(repr(dollars)).scaleb(2)
    assert cents(dollars) == int(written.to_integral_value(ROUND_HALF_EVEN))
