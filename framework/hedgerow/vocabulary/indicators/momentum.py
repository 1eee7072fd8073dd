"""How far and how steadily a series has moved."""

from __future__ import annotations

from hedgerow.vocabulary.arrays import Array, np
from hedgerow.vocabulary.indicators.runs import by_runs, quotient
from hedgerow.vocabulary.units import Kind
from hedgerow.vocabulary.word import Shape, Word, indicator, series, window

WORDS: dict[str, Word] = {}
_MACD = "TA-Lib MACD (Appel): both means begin on the same session"


@indicator(
    WORDS,
    Kind.NUMBER,
    series(),
    window(default=14, at_least=2),
    source="TA-Lib RSI; Wilder, New Concepts in Technical Trading Systems (1978), section VI",
    between=(0.0, 100.0),
    lookback=lambda window: window,
)
@by_runs
def rsi(values: Array, window: int) -> Array:
    """Relative strength, 0 to 100: the mean gain as a part of mean gain and mean loss, by Wilder's
    means; unknown while the series has not moved.
    """
    import talib

    moved = np.logical_or.accumulate(values != values[0])
    return np.where(moved, talib.RSI(values, window), np.nan)


@indicator(
    WORDS,
    Shape.DIFFERENCE,
    series(),
    window("fast", 12, at_least=2),
    window("slow", 26, at_least=2),
    source=_MACD,
    lookback=lambda fast, slow: max(fast, slow) - 1,
)
@by_runs
def macd(values: Array, fast: int, slow: int) -> Array:
    """The fast exponential mean less the slow one."""
    import talib

    # A signal of one session is the line itself, and lets the line begin as early as it can.
    return talib.MACD(values, fast, slow, 1)[0]


@indicator(
    WORDS,
    Shape.DIFFERENCE,
    series(),
    window("fast", 12, at_least=2),
    window("slow", 26, at_least=2),
    window("signal", 9),
    source=_MACD,
    lookback=lambda fast, slow, signal: max(fast, slow) + signal - 2,
)
@by_runs
def macd_signal(values: Array, fast: int, slow: int, signal: int) -> Array:
    """The exponential mean of `macd` over `signal` sessions."""
    import talib

    return talib.MACD(values, fast, slow, signal)[1]


@indicator(
    WORDS,
    Shape.DIFFERENCE,
    series(),
    window("fast", 12, at_least=2),
    window("slow", 26, at_least=2),
    window("signal", 9),
    source=_MACD,
    lookback=lambda fast, slow, signal: max(fast, slow) + signal - 2,
)
@by_runs
def macd_histogram(values: Array, fast: int, slow: int, signal: int) -> Array:
    """`macd` less `macd_signal`."""
    import talib

    return talib.MACD(values, fast, slow, signal)[2]


@indicator(
    WORDS,
    Shape.DIFFERENCE,
    series(),
    window(default=1),
    source="value less the value `window` sessions ago",
    lookback=lambda window: window,
)
@by_runs
def change(values: Array, window: int) -> Array:
    """How much the series has gained over `window` sessions."""
    return values[window:] - values[:-window]


@indicator(
    WORDS,
    Kind.RATIO,
    series(kinds=(Kind.LEVEL, Kind.NUMBER, Kind.MULTIPLE)),
    window(default=1),
    source="value over the value `window` sessions ago, less one; -3% is 0.97 of it",
    lookback=lambda window: window,
)
@by_runs
def roc(values: Array, window: int) -> Array:
    """The rate of change over `window` sessions; unknown where it began at or below zero."""
    before = values[:-window]
    return quotient(values[window:], np.where(before > 0, before, np.nan)) - 1


@indicator(
    WORDS,
    Shape.DIFFERENCE,
    series(),
    window(at_least=2),
    source="TA-Lib LINEARREG_SLOPE",
    lookback=lambda window: window - 1,
)
@by_runs
def slope(values: Array, window: int) -> Array:
    """The slope, per session, of the least-squares line through the last `window` sessions."""
    import talib

    return talib.LINEARREG_SLOPE(values, window)
