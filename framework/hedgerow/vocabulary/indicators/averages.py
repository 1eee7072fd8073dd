"""Moving averages."""

from __future__ import annotations

from hedgerow.vocabulary.arrays import Array
from hedgerow.vocabulary.indicators.runs import by_runs
from hedgerow.vocabulary.word import Shape, Word, indicator, series, window

WORDS: dict[str, Word] = {}


@indicator(
    WORDS,
    Shape.SAME,
    series(),
    window(at_least=2),
    source="TA-Lib SMA",
    lookback=lambda window: window - 1,
)
@by_runs
def sma(values: Array, window: int) -> Array:
    """The plain mean of the last `window` sessions."""
    import talib

    return talib.SMA(values, window)


@indicator(
    WORDS,
    Shape.SAME,
    series(),
    window(at_least=2),
    source="TA-Lib EMA: the plain mean of the first window, then weight 2/(window + 1)",
    lookback=lambda window: window - 1,
)
@by_runs
def ema(values: Array, window: int) -> Array:
    """The exponential mean: each session weighs more than the one before it."""
    import talib

    return talib.EMA(values, window)


@indicator(
    WORDS,
    Shape.SAME,
    series(),
    window(at_least=2),
    source="TA-Lib WMA: weights 1 to window, the last session the heaviest",
    lookback=lambda window: window - 1,
)
@by_runs
def wma(values: Array, window: int) -> Array:
    """The mean of the last `window` sessions with weights that grow by one a session."""
    import talib

    return talib.WMA(values, window)
