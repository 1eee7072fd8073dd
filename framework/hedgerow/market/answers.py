"""What a market has answered already: the same question has the same answer, whoever asks.

A package is priced for its whole life when it is first looked at, and a day later, at its fill,
the rest of that life is what is left of the answer. Runs on one market share all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from hedgerow.market.contract import Contract
from hedgerow.market.pricing import Array

Answer = TypeVar("Answer")
MOST_KEPT = 20_000  # of each kind: some tens of megabytes; then all are forgotten


class Answers:
    def __init__(self) -> None:
        self._kept: dict[Hashable, object] = {}
        self._marks: dict[tuple[Contract, ...], tuple[int, Array]] = {}

    def once(self, question: Hashable, find: Callable[[], Answer]) -> Answer:
        """The answer found the first time."""
        if question not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[question] = find()
        return self._kept[question]  # type: ignore[return-value]

    def marks(self, contracts: tuple[Contract, ...], i: int, price: Callable[[], Array]) -> Array:
        """(legs, sessions) from session `i` on: the rest of what was priced from an earlier one."""
        known = self._marks.get(contracts)
        if known is None or known[0] > i:
            if len(self._marks) >= MOST_KEPT:
                self._marks.clear()
            known = self._marks[contracts] = (i, price())
        first, marks = known
        return marks[:, i - first :]
