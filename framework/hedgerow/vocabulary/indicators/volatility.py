"""How much prices move."""

from __future__ import annotations

from bisect import insort
from math import inf

from hedgerow.vocabulary.arrays import Array, np
from hedgerow.vocabulary.indicators.runs import by_runs, rolled
from hedgerow.vocabulary.units import Kind
from hedgerow.vocabulary.word import Word, columns, constant, indicator, series, window

WORDS: dict[str, Word] = {}
SESSIONS_A_YEAR = 252
_LEVEL = (Kind.LEVEL,)


@indicator(
    WORDS,
    Kind.POINTS,
    columns("underlying", "high", "low", "close"),
    window(default=14),
    source="TA-Lib ATR; Wilder, New Concepts in Technical Trading Systems (1978), section III",
    between=(0.0, inf),
    lookback=lambda window: window,
)
@by_runs
def atr(high: Array, low: Array, close: Array, window: int) -> Array:
    """Wilder's mean of the true range, the gap from the close before included."""
    import talib

    # TA-Lib wants two sessions at least to say that there is no value yet.
    return talib.ATR(high, low, close, window) if len(close) > window else np.empty(0)


@indicator(
    WORDS,
    Kind.RATIO,
    series(kinds=_LEVEL),
    window(),
    source="root of 252 times the mean squared log return, no mean taken off, as variance swaps "
    "are settled; `window` returns",
    between=(0.0, inf),
    lookback=lambda window: window,
)
@by_runs
def realized_vol(closes: Array, window: int) -> Array:
    """The annual volatility that the last `window` returns came to: 20% is 0.2."""
    return _realized(closes, window)


@indicator(
    WORDS,
    Kind.RATIO,
    series(kinds=_LEVEL),
    window(),
    constant("part", Kind.RATIO, at_most=1.0),
    source="quantile, linear between neighbours, of every `realized_vol` so far, today's included",
    lookback=lambda window, part: window + SESSIONS_A_YEAR - 1,
)
@by_runs
def vol_cone(closes: Array, window: int, part: float) -> Array:
    """The realized volatility that the given part of the past stayed below; it takes a year."""
    past: list[float] = []
    out = np.full(max(len(closes) - window, 0), np.nan)
    for at, vol in enumerate(_realized(closes, window).tolist()):
        insort(past, vol)
        if len(past) >= SESSIONS_A_YEAR:
            place = part * (len(past) - 1)
            low, high = past[int(place)], past[min(int(place) + 1, len(past) - 1)]
            out[at] = low + (high - low) * (place - int(place))
    return out


@indicator(
    WORDS,
    Kind.RATIO_DIFFERENCE,
    series("gauge", _LEVEL),
    series("traded", _LEVEL),
    window(default=21),
    source="gauge / 100 less `realized_vol`: volatilities, not their squares; both annual",
    lookback=lambda window: window,
)
@by_runs
def variance_premium(gauge: Array, closes: Array, window: int) -> Array:
    """The volatility implied by a gauge such as VIX less that of the last `window` returns."""
    return gauge[window:] / 100 - _realized(closes, window)


def _realized(closes: Array, window: int) -> Array:
    returns = np.diff(np.log(np.where(closes > 0, closes, np.nan)))
    return rolled(
        lambda seen: np.sqrt(SESSIONS_A_YEAR * np.mean(seen * seen, axis=1)), window, returns
    )
