"""Plain functions of values, and the running sum."""

from __future__ import annotations

from functools import reduce
from math import inf

from hedgerow.vocabulary.arrays import Array, np
from hedgerow.vocabulary.indicators.runs import quotient
from hedgerow.vocabulary.units import Kind
from hedgerow.vocabulary.word import Shape, Word, indicator, series

WORDS: dict[str, Word] = {}
_SIZES = (Kind.LEVEL, Kind.NUMBER, Kind.MULTIPLE, Kind.RATIO)


@indicator(
    WORDS,
    Shape.SAME,
    series("values", repeats=True),
    source="element by element",
    pointwise=True,
)
def min_(*values: Array) -> Array:
    """The least of several values; unknown where one of them is."""
    return np.asarray(reduce(np.minimum, values))


@indicator(
    WORDS,
    Shape.SAME,
    series("values", repeats=True),
    source="element by element",
    pointwise=True,
)
def max_(*values: Array) -> Array:
    """The greatest of several values; unknown where one of them is."""
    return np.asarray(reduce(np.maximum, values))


@indicator(
    WORDS,
    Shape.SAME,
    series("value"),
    source="element by element",
    pointwise=True,
    between=(0.0, inf),
)
def abs_(value: Array) -> Array:
    """The value without its sign."""
    return np.asarray(np.abs(value))


@indicator(WORDS, Kind.NUMBER, series("value", _SIZES), source="element by element", pointwise=True)
def log(value: Array) -> Array:
    """The natural logarithm; unknown for what is not positive."""
    return np.log(np.where(np.greater(value, 0), value, np.nan))


@indicator(
    WORDS,
    Kind.NUMBER,
    series("value", _SIZES),
    source="element by element",
    pointwise=True,
    between=(0.0, inf),
)
def sqrt(value: Array) -> Array:
    """The square root; unknown for what is negative."""
    return np.sqrt(np.where(np.greater_equal(value, 0), value, np.nan))


@indicator(
    WORDS,
    Kind.MULTIPLE,
    series("near", (Kind.LEVEL,)),
    series("far", (Kind.LEVEL,)),
    source="near / far",
    pointwise=True,
)
def term_ratio(near: Array, far: Array) -> Array:
    """The near tenor over the far one: above 1 x the curve is inverted."""
    return quotient(near, far)


@indicator(WORDS, Shape.SAME, series(), source="numpy cumsum")
def cumulative(values: Array) -> Array:
    """The sum of all values so far, as for an advance-decline line; a missing value is unknown
    on its session and adds nothing.
    """
    known = np.isfinite(values)
    return np.where(known, np.cumsum(np.where(known, values, 0.0)), np.nan)
