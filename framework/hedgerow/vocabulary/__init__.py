"""The words rules may use."""

from __future__ import annotations

from hedgerow.vocabulary.dates import DATE_NAMES, DATES, date_array
from hedgerow.vocabulary.indicators import INDICATORS, indicator_array, indicator_lookback
from hedgerow.vocabulary.measures import MEASURES
from hedgerow.vocabulary.results import RESULTS
from hedgerow.vocabulary.word import Word

__all__ = [
    "DATES",
    "DATE_NAMES",
    "INDICATORS",
    "MEASURES",
    "RESULTS",
    "WORDS",
    "date_array",
    "indicator_array",
    "indicator_lookback",
]

WORDS: dict[str, Word] = INDICATORS | DATES | MEASURES  # what a rule may use
