"""The words rules may use."""

from __future__ import annotations

from hedgerow.vocabulary.indicators import INDICATORS, indicator_array, indicator_lookback
from hedgerow.vocabulary.measures import MEASURES
from hedgerow.vocabulary.word import Word

__all__ = ["INDICATORS", "MEASURES", "WORDS", "indicator_array", "indicator_lookback"]

WORDS: dict[str, Word] = INDICATORS | MEASURES
