"""What a market has answered already: the same question has the same answer, whoever asks.

An expiry, or a package, is looked at for its whole life when it is first asked about; a day later
the rest of that life is what is left of the answer. Runs on one market share all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Answer = TypeVar("Answer")
MOST_KEPT = 50_000  # of each kind: some tens of megabytes; then all are forgotten
_NOTHING = object()  # None is an answer


class Answers:
    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}  # a question says of what type its answer is
        self._lives: dict[Hashable, tuple[int, Any]] = {}

    def __reduce__(self) -> tuple[type[Answers], tuple[()]]:
        """Another process is asked other questions: it begins with none."""
        return Answers, ()

    def once(self, question: Hashable, find: Callable[[], Answer]) -> Answer:
        """The answer found the first time."""
        known = self._kept.get(question, _NOTHING)
        if known is _NOTHING:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            known = self._kept[question] = find()
        found: Answer = known
        return found

    def again(self, question: Hashable) -> bool:
        """Whether a question was asked before; from now on it was."""
        before = question in self._kept
        self.once(question, lambda: None)
        return before

    def life(self, question: Hashable, i: int, find: Callable[[], Answer]) -> tuple[Answer, int]:
        """What was found for the sessions from `i`, or from an earlier one, on; where `i` is."""
        known = self._lives.get(question)
        if known is None or known[0] > i:
            if len(self._lives) >= MOST_KEPT:
                self._lives.clear()
            known = self._lives[question] = (i, find())
        first, found = known
        return found, i - first
