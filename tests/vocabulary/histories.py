"""Generated histories, and calls of every word on them."""

from __future__ import annotations

import numpy as np
from hedgerow.vocabulary import INDICATORS
from hedgerow.vocabulary.units import Kind
from hedgerow.vocabulary.word import Role, Word
from hypothesis import strategies as st


def closes(seed: int, length: int, volatility: float = 0.02) -> np.ndarray:
    """A price that moves every session."""
    draws = np.random.default_rng(seed).normal(0.0, volatility, length)
    return 100.0 * np.exp(np.cumsum(draws))


def bars(seed: int, length: int) -> dict[str, np.ndarray]:
    close = closes(seed, length)
    noise = np.abs(np.random.default_rng(seed + 1).normal(0, 0.01, (2, length)))
    return {"high": close * (1 + noise[0]), "low": close * (1 - noise[1]), "close": close}


def inputs_for(word: Word, seed: int, length: int) -> list[np.ndarray]:
    """One history for each series, or each column, that the word takes."""
    found: list[np.ndarray] = []
    for at, parameter in enumerate(word.parameters):
        if parameter.role is not Role.SERIES:
            continue
        if parameter.columns:
            found.extend(bars(seed, length)[column] for column in parameter.columns)
        else:
            found.append(closes(seed + at, length))
            if parameter.repeats:
                found.append(closes(seed + at + 1, length))
    return found


@st.composite
def constants_for(draw: st.DrawFn, word: Word, longest: int = 12) -> list[float]:
    values: list[float] = []
    for parameter in word.parameters:
        if parameter.role is Role.WINDOW:
            values.append(draw(st.integers(int(parameter.at_least), longest)))
        elif parameter.role is Role.CONSTANT:
            most = 1.0 if Kind.RATIO in parameter.kinds else 3.0
            values.append(draw(st.floats(0.0, most)))
    if word.name.startswith("macd"):
        values[:2] = sorted(values[:2])
        values[1] += values[0] == values[1]  # two equal means leave nothing to look at
    return values


WORDS = sorted(INDICATORS.values(), key=lambda word: word.name)
names = {"argvalues": WORDS, "ids": [word.name for word in WORDS]}
