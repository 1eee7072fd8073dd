"""Words over series: each a row beside a pure array function."""

from __future__ import annotations

from hedgerow.vocabulary.indicators import averages, momentum, pairs, place, plain, volatility
from hedgerow.vocabulary.word import Word

INDICATORS: dict[str, Word] = (
    averages.WORDS | momentum.WORDS | place.WORDS | volatility.WORDS | pairs.WORDS | plain.WORDS
)
