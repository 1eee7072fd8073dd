"""Two series beside each other."""

from __future__ import annotations

from hedgerow.vocabulary.arrays import Array, np
from hedgerow.vocabulary.indicators.runs import by_runs, quotient, rolled
from hedgerow.vocabulary.units import Kind
from hedgerow.vocabulary.word import Word, indicator, series, window

WORDS: dict[str, Word] = {}
_LEVEL = (Kind.LEVEL,)


@indicator(
    WORDS,
    Kind.NUMBER,
    series("first"),
    series("second"),
    window(at_least=3),
    source="Pearson's, of the values as given; `roc(X, 1)` makes it one of returns",
    between=(-1.0, 1.0),
    lookback=lambda window: window - 1,
)
@by_runs
def correlation(first: Array, second: Array, window: int) -> Array:
    """How far two series move together, -1 to 1; unknown while one of them does not move."""
    return rolled(_correlations, window, first, second)


@indicator(
    WORDS,
    Kind.NUMBER,
    series("of", _LEVEL),
    series("against", _LEVEL),
    window(at_least=2),
    source="covariance over variance of one-session returns; `window` returns",
    lookback=lambda window: window,
)
@by_runs
def beta(of: Array, against: Array, window: int) -> Array:
    """How many percent one series moved for one percent of the other."""

    def betas(ours: Array, theirs: Array) -> Array:
        shift = _centred(theirs)
        return quotient((_centred(ours) * shift).sum(axis=1), (shift * shift).sum(axis=1))

    return rolled(betas, window, _returns(of), _returns(against))


@indicator(
    WORDS,
    Kind.TRUTH,
    series("rising"),
    series("falling"),
    window(),
    source="both against their value `window` sessions ago",
    lookback=lambda window: window,
)
@by_runs
def divergence(rising: Array, falling: Array, window: int) -> Array:
    """True where the first series stands above its value `window` sessions ago, and the second
    below its own.
    """
    up = rising[window:] > rising[:-window]
    down = falling[window:] < falling[:-window]
    return np.where(up & down, 1.0, 0.0)


def _returns(closes: Array) -> Array:
    return quotient(closes[1:], closes[:-1]) - 1


def _centred(seen: Array) -> Array:
    """Distances from the window's mean; exactly zero where nothing moved."""
    away = seen - seen.mean(axis=1, keepdims=True)
    return np.where(np.ptp(seen, axis=1, keepdims=True) == 0, 0.0, away)


def _correlations(first: Array, second: Array) -> Array:
    left, right = _centred(first), _centred(second)
    size = np.sqrt((left * left).sum(axis=1)) * np.sqrt((right * right).sum(axis=1))
    return np.clip(quotient((left * right).sum(axis=1), size), -1.0, 1.0)
