"""The words rules may use."""

from __future__ import annotations

from hedgerow.vocabulary.dates import DATE_NAMES, DATES, date_array
from hedgerow.vocabulary.indicators import INDICATORS, indicator_array
from hedgerow.vocabulary.market_words import MARKET_WORDS, market_array
from hedgerow.vocabulary.measures import MEASURES
from hedgerow.vocabulary.results import RESULTS
from hedgerow.vocabulary.word import Word

__all__ = [
    "DATES",
    "DATE_NAMES",
    "INDICATORS",
    "MARKET_WORDS",
    "MEASURES",
    "RESULTS",
    "WORDS",
    "date_array",
    "indicator_array",
    "market_array",
]

WORDS: dict[str, Word] = INDICATORS | MARKET_WORDS | DATES | MEASURES  # what a rule may use
