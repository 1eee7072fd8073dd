"""The arithmetic of kinds, row by row."""

from decimal import Decimal
from itertools import product

import pytest
from hedgerow.vocabulary.units import (
    ARITHMETIC,
    COMPARISONS,
    UNITS,
    Kind,
    Mismatch,
    base_value,
    common,
    difference_of,
    fits,
    kind_of,
    result_of,
    units_that_fit,
)

K = Kind
WRITTEN = (K.LITERAL, K.ZERO)
CALENDAR = (K.WEEKDAY, K.MONTH)
PLAIN = [kind for kind in Kind if kind not in (*WRITTEN, *CALENDAR, K.TRUTH)]
ADD_UP = [kind for kind in PLAIN if kind not in (K.LEVEL, K.RATIO)]

SUMS = {
    ("+", K.LEVEL, K.POINTS): K.LEVEL,
    ("+", K.POINTS, K.LEVEL): K.LEVEL,
    ("-", K.LEVEL, K.POINTS): K.LEVEL,
    ("-", K.LEVEL, K.LEVEL): K.POINTS,
    ("+", K.RATIO, K.RATIO): K.RATIO,
    ("-", K.RATIO, K.RATIO): K.RATIO_DIFFERENCE,
    ("+", K.RATIO, K.RATIO_DIFFERENCE): K.RATIO,
    ("+", K.RATIO_DIFFERENCE, K.RATIO): K.RATIO,
    ("-", K.RATIO, K.RATIO_DIFFERENCE): K.RATIO,
} | {(sign, kind, kind): kind for sign in "+-" for kind in ADD_UP}

QUOTIENTS_OF_LIKE = {
    K.LEVEL: K.MULTIPLE,
    K.POINTS: K.MULTIPLE,
    K.MULTIPLE: K.MULTIPLE,
    K.NUMBER: K.NUMBER,
}


def test_sums_and_differences_are_those_of_the_table_and_no_others():
    for row in product("+-", PLAIN, PLAIN):
        assert ARITHMETIC.get(row) is SUMS.get(row), row


@pytest.mark.parametrize("kind", PLAIN)
def test_a_like_quotient_has_no_unit(kind):
    assert result_of("/", kind, kind) is QUOTIENTS_OF_LIKE.get(kind, K.RATIO)


@pytest.mark.parametrize("kind", PLAIN)
def test_a_part_of_a_kind_is_of_that_kind(kind):
    assert result_of("of", K.RATIO, kind) is kind
    assert result_of("of", K.MULTIPLE, kind) is kind
    assert isinstance(result_of("of", K.NUMBER, kind), Mismatch)
    assert isinstance(result_of("of", K.LITERAL, kind), Mismatch)


@pytest.mark.parametrize("kind", PLAIN)
def test_a_bare_factor_keeps_the_kind(kind):
    assert result_of("*", kind, K.LITERAL) is kind
    assert result_of("*", K.LITERAL, kind) is kind
    assert result_of("/", kind, K.LITERAL) is kind


def test_products_of_two_units_mean_nothing():
    scales = {K.NUMBER, K.MULTIPLE, K.RATIO}
    for left, right in product(PLAIN, PLAIN):
        meaningful = {left, right} & scales
        assert (("*", left, right) in ARITHMETIC) == bool(meaningful), (left, right)


def test_a_quotient_of_two_units_is_known_for_levels_and_points_only():
    scales = {K.NUMBER, K.MULTIPLE, K.RATIO}
    unlike = {
        (left, right)
        for (sign, left, right) in ARITHMETIC
        if sign == "/" and left is not right and right not in scales
    }
    assert unlike == {(K.POINTS, K.LEVEL), (K.LEVEL, K.POINTS)}


@pytest.mark.parametrize("operator", COMPARISONS)
def test_only_like_kinds_compare(operator):
    for left, right in product(PLAIN, PLAIN):
        alike = left is right or {left, right} in ({K.MULTIPLE, K.RATIO}, {K.GREEK, K.MONEY})
        assert (result_of(operator, left, right) is K.TRUTH) == alike, (left, right)


@pytest.mark.parametrize("kind", PLAIN)
def test_zero_stands_beside_every_kind(kind):
    for operator in COMPARISONS:
        assert result_of(operator, kind, K.ZERO) is K.TRUTH
        assert result_of(operator, K.ZERO, kind) is K.TRUTH
    for sign in "+-":
        assert result_of(sign, kind, K.ZERO) is kind
        assert result_of(sign, K.ZERO, kind) is kind
    assert fits(K.ZERO, kind)


@pytest.mark.parametrize("kind", PLAIN)
def test_another_bare_number_stands_beside_levels_and_pure_numbers(kind):
    bare = kind in (K.LEVEL, K.NUMBER, K.MULTIPLE)
    assert (result_of(">", kind, K.LITERAL) is K.TRUTH) == bare
    assert fits(K.LITERAL, kind) == bare


@pytest.mark.parametrize("kind", CALENDAR)
def test_a_weekday_and_a_month_are_compared_and_nothing_else(kind):
    for other in Kind:
        for sign in ("+", "-", "*", "/", "of"):
            assert isinstance(result_of(sign, kind, other), Mismatch)
            assert isinstance(result_of(sign, other, kind), Mismatch)
        alike = other is kind or (kind is K.MONTH and other is K.LITERAL)
        for operator in COMPARISONS:
            assert (result_of(operator, kind, other) is K.TRUTH) == alike, other
            assert (result_of(operator, other, kind) is K.TRUTH) == alike, other


def test_a_bare_number_is_never_added_to_a_level():
    found = result_of("+", K.LEVEL, K.LITERAL)
    assert found == Mismatch("+", K.LEVEL, K.LITERAL, ("points",))


def test_a_mismatch_names_the_units_that_would_do():
    assert result_of(">", K.DAYS, K.LITERAL) == Mismatch(
        ">", K.DAYS, K.LITERAL, ("days", "weeks", "months")
    )
    found = result_of("-", K.RATIO, K.MONEY)
    assert isinstance(found, Mismatch)
    assert found.fitting == ("%", "pp")


def test_truths_join_with_words_and_compare_for_equality_only():
    assert result_of("and", K.TRUTH, K.TRUTH) is K.TRUTH
    assert result_of("==", K.TRUTH, K.TRUTH) is K.TRUTH
    for operator in ("<", "+", "*", "of"):
        assert isinstance(result_of(operator, K.TRUTH, K.TRUTH), Mismatch)
    for other in (*PLAIN, *WRITTEN):
        for operator in ("and", "or", "==", "+", "*"):
            assert isinstance(result_of(operator, K.TRUTH, other), Mismatch)
            assert isinstance(result_of(operator, other, K.TRUTH), Mismatch)


def test_bare_numbers_calculate_among_themselves():
    for operator, left, right in product("+-*/", WRITTEN, WRITTEN):
        assert result_of(operator, left, right) is K.LITERAL


def test_a_choice_has_the_kind_both_sides_can_have():
    assert common(K.SD, K.SD) is K.SD
    assert common(K.LITERAL, K.LEVEL) is K.LEVEL
    assert common(K.MONEY, K.ZERO) is K.MONEY
    assert common(K.ZERO, K.LITERAL) is K.LITERAL
    assert common(K.LITERAL, K.ZERO) is K.LITERAL
    assert isinstance(common(K.SD, K.DELTA), Mismatch)
    assert isinstance(common(K.TRUTH, K.ZERO), Mismatch)


@pytest.mark.parametrize(
    ("written", "unit", "kind", "value"),
    [
        ("40", "%", K.RATIO, 0.4),
        ("2", "pp", K.RATIO_DIFFERENCE, 0.02),
        ("6", "weeks", K.DAYS, 42.0),
        ("4", "months", K.DAYS, 121.75),
        ("30", "delta", K.DELTA, 0.3),
        ("0.1", "sd", K.SD, 0.1),
        ("2500", "$", K.MONEY, 2500.0),
        ("18", None, K.LITERAL, 18.0),
        ("0.00", None, K.ZERO, 0.0),
        ("0", "days", K.DAYS, 0.0),
    ],
)
def test_a_number_is_read_in_base_units(written, unit, kind, value):
    assert kind_of(Decimal(written), unit) is kind
    assert base_value(Decimal(written), unit) == value


def test_every_unit_fits_its_own_kind():
    for word, unit in UNITS.items():
        assert word in units_that_fit(unit.kind)
    assert units_that_fit(K.LEVEL) == ()


def test_a_change_of_a_level_is_in_points():
    assert difference_of(K.LEVEL) is K.POINTS
    assert difference_of(K.RATIO) is K.RATIO_DIFFERENCE
    assert difference_of(K.NUMBER) is K.NUMBER
