"""What the words of the vocabulary are called in a sentence."""

from __future__ import annotations

from hedgerow.book.explain.english import spaced
from hedgerow.vocabulary import WORDS

_LABELS = {
    "sma": "simple average", "ema": "exponential average", "wma": "weighted average",
    "rsi": "RSI", "macd": "MACD", "macd_signal": "MACD signal", "macd_histogram": "MACD histogram",
    "roc": "rate of change", "highest": "highest value", "lowest": "lowest value",
    "percentile": "percentile rank", "stdev": "standard deviation", "zscore": "z-score",
    "bollinger_upper": "upper Bollinger band", "bollinger_lower": "lower Bollinger band",
    "atr": "ATR", "realized_vol": "realized volatility", "vol_cone": "volatility cone",
    "min": "least", "max": "greatest", "abs": "absolute value", "log": "natural logarithm",
    "sqrt": "square root", "cumulative": "running total", "max_profit": "largest possible profit",
    "max_loss": "largest possible loss", "lower_break_even": "lower break-even",
    "upper_break_even": "upper break-even", "vol_break_even": "break-even volatility",
    "irr": "IRR",
    "count": "number of open positions", "days_to_expiry": "time to expiry",
}  # fmt: skip
# A truth is said of something; the words stand behind its subject.
TRUTHS = {
    "itm": "is in the money", "open": "is open", "armed": "is armed", "disarmed": "is disarmed",
}  # fmt: skip


def label_of(name: str) -> str | None:
    """`RSI`, `days to expiry`; None for what is no word of the vocabulary."""
    return _LABELS.get(name, spaced(name)) if name in WORDS else None


def meaning_of(name: str) -> str:
    """`RSI (rsi): relative strength, ...`: the vocabulary's own sentence."""
    word = WORDS[name]
    called = TRUTHS.get(name) or label_of(name)
    title = called if called == name else f"{called} ({name})"
    description = word.description.replace("`", "'")
    return f"{title}: {description}"
