"""Words over series: each a row beside a pure array function."""

from __future__ import annotations

from collections.abc import Sequence

from hedgerow.vocabulary.arrays import Array
from hedgerow.vocabulary.indicators import averages, momentum, pairs, place, plain, volatility
from hedgerow.vocabulary.word import Role, Word

INDICATORS: dict[str, Word] = (
    averages.WORDS | momentum.WORDS | place.WORDS | volatility.WORDS | pairs.WORDS | plain.WORDS
)


def indicator_array(name: str, inputs: Sequence[Array], constants: Sequence[float]) -> Array:
    """The word over a whole history. `constants`: windows and constants, in the word's order."""
    word = INDICATORS[name]
    assert word.compute is not None
    return word.compute(*inputs, *_typed(word, constants))  # type: ignore[no-any-return]


def _typed(word: Word, constants: Sequence[float]) -> list[float]:
    """Windows as int."""
    roles = [each.role for each in word.parameters if each.role is not Role.SERIES]
    return [
        int(value) if role is Role.WINDOW else value
        for role, value in zip(roles, constants, strict=True)
    ]
