"""Where the last value stands among those before it."""

from __future__ import annotations

from math import inf

from hedgerow.vocabulary.arrays import Array, np
from hedgerow.vocabulary.indicators.runs import by_runs, quotient, rolled
from hedgerow.vocabulary.units import Kind
from hedgerow.vocabulary.word import Shape, Word, constant, indicator, series, window

WORDS: dict[str, Word] = {}
_BANDS = "Bollinger on Bollinger Bands (2001): population standard deviation"


@indicator(
    WORDS,
    Shape.SAME,
    series(),
    window(at_least=2),
    source="TA-Lib MAX",
    lookback=lambda window: window - 1,
)
@by_runs
def highest(values: Array, window: int) -> Array:
    """The highest value of the last `window` sessions, today included."""
    import talib

    return talib.MAX(values, window)


@indicator(
    WORDS,
    Shape.SAME,
    series(),
    window(at_least=2),
    source="TA-Lib MIN",
    lookback=lambda window: window - 1,
)
@by_runs
def lowest(values: Array, window: int) -> Array:
    """The lowest value of the last `window` sessions, today included."""
    import talib

    return talib.MIN(values, window)


@indicator(
    WORDS,
    Kind.RATIO,
    series(),
    window(at_least=2),
    source="(mean rank - 1) / (window - 1)",
    between=(0.0, 1.0),
    lookback=lambda window: window - 1,
)
@by_runs
def percentile(values: Array, window: int) -> Array:
    """The part of the window's other sessions that lie below today, equal ones counted half."""

    def ranks(seen: Array) -> Array:
        today = seen[:, -1:]
        below = np.count_nonzero(seen < today, axis=1)
        equal = np.count_nonzero(seen == today, axis=1) - 1
        return np.asarray((below + equal / 2) / (window - 1))

    return rolled(ranks, window, values)


@indicator(
    WORDS,
    Shape.DIFFERENCE,
    series(),
    window(at_least=2),
    source="root of the mean squared distance from the mean (population)",
    between=(0.0, inf),
    lookback=lambda window: window - 1,
)
@by_runs
def stdev(values: Array, window: int) -> Array:
    """The standard deviation of the last `window` sessions."""
    return rolled(_deviation, window, values)


@indicator(
    WORDS,
    Kind.NUMBER,
    series(),
    window(at_least=2),
    source="(value - mean) / population standard deviation",
    lookback=lambda window: window - 1,
)
@by_runs
def zscore(values: Array, window: int) -> Array:
    """How many standard deviations today lies above its window's mean; unknown in a flat one."""

    def scores(seen: Array) -> Array:
        return quotient(seen[:, -1] - seen.mean(axis=1), _deviation(seen))

    return rolled(scores, window, values)


@indicator(
    WORDS,
    Shape.SAME,
    series(),
    window(default=20, at_least=2),
    constant("width", Kind.NUMBER, Kind.SD, default=2.0, at_most=100.0),
    source=_BANDS,
    lookback=lambda window, width: window - 1,
)
@by_runs
def bollinger_upper(values: Array, window: int, width: float) -> Array:
    """The mean of the window and `width` of its standard deviations above."""
    return rolled(lambda seen: seen.mean(axis=1) + width * _deviation(seen), window, values)


@indicator(
    WORDS,
    Shape.SAME,
    series(),
    window(default=20, at_least=2),
    constant("width", Kind.NUMBER, Kind.SD, default=2.0, at_most=100.0),
    source=_BANDS,
    lookback=lambda window, width: window - 1,
)
@by_runs
def bollinger_lower(values: Array, window: int, width: float) -> Array:
    """The mean of the window and `width` of its standard deviations below."""
    return rolled(lambda seen: seen.mean(axis=1) - width * _deviation(seen), window, values)


def _deviation(seen: Array) -> Array:
    """Per window; exactly zero where nothing moved, which rounding alone would not give."""
    return np.where(np.ptp(seen, axis=1) == 0, 0.0, seen.std(axis=1))
