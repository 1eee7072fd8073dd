"""One invariant over the sessions of one run, looked at after the decisions of each close.

A session breaks it only where that is certain: what depends on an unknown value is counted as
unknown. What `whenever` still waits for when the data end is neither held nor broken.
"""

from __future__ import annotations

from collections import deque
from datetime import date

from msgspec import Struct

from hedgerow.account.run import Kept, Seen
from hedgerow.book.book import Pattern
from hedgerow.plan.plan import InvariantStep, Observed
from hedgerow.plan.view import View
from hedgerow.vocabulary.spelled import spelled


class _Owed(Struct):
    """What one session set off, and what stood there then."""

    deadline: int  # session
    at: date
    seen: tuple[Seen, ...]
    doubtful: bool = False  # it may have come: that was unknown


class Watch:
    """`look` once a session, in order; `kept` at any time."""

    def __init__(self, step: InvariantStep) -> None:
        self._step = step
        self._owed: deque[_Owed] = deque()  # of WHENEVER, the eldest first
        self._counts: deque[float] = deque(maxlen=step.invariant.window or 1)  # of AT_MOST
        self._barred = self._maybe_barred = -1  # of AFTER: the last session that may not see it
        self._sessions = self._occasions = self._broken = self._unknown = 0
        self._first: date | None = None
        self._seen: tuple[Seen, ...] = ()

    def look(self, view: View) -> None:
        self._sessions += 1
        match self._step.invariant.pattern:
            case Pattern.ALWAYS:
                self._occasions += 1
                self._count(1.0 - self._step.condition(view), view)
            case Pattern.AT_MOST:
                self._add_up(view)
            case Pattern.WHENEVER:
                self._follow(view)
            case Pattern.AFTER:
                self._bar(view)

    def kept(self) -> Kept:
        invariant = self._step.invariant
        return Kept(
            text=invariant.text,
            label=invariant.label,
            place=invariant.span.place,
            sessions=self._sessions,
            occasions=self._occasions,
            broken=self._broken,
            unknown=self._unknown,
            waiting=len(self._owed),
            first=self._first,
            seen=self._seen,
        )

    def _add_up(self, view: View) -> None:
        count = self._step.condition(view)
        self._counts.append(count)
        self._occasions += count > 0
        self._count(float(sum(self._counts) > self._step.invariant.most), view)

    def _follow(self, view: View) -> None:
        assert self._step.then is not None
        asked, came = self._step.condition(view), self._step.then(view)
        if asked == 1.0:
            self._occasions += 1
            seen = () if self._broken else observed(self._step.observed, view)
            deadline = view.session + self._step.invariant.window
            self._owed.append(_Owed(deadline, view.at, seen))
        elif asked != asked and came != 1.0:
            self._unknown += 1
        if came == 1.0:
            self._owed.clear()
        for owed in self._owed:
            owed.doubtful |= came != came
        while self._owed and self._owed[0].deadline <= view.session:
            owed = self._owed.popleft()
            if owed.doubtful:
                self._unknown += 1
            else:
                self._breaks(owed.at, owed.seen)

    def _bar(self, view: View) -> None:
        assert self._step.then is not None
        if view.session <= max(self._barred, self._maybe_barred):
            certain = view.session <= self._barred
            self._occasions += certain
            came = self._step.then(view)
            self._count(came if certain or came == 0.0 else float("nan"), view)
        asked, until = self._step.condition(view), view.session + self._step.invariant.window
        if asked == 1.0:
            self._barred = until
        elif asked != asked:
            self._maybe_barred = until

    def _count(self, broken: float, view: View) -> None:
        """One session's verdict: 1 broken, 0 not, nan unknown."""
        if broken != broken:
            self._unknown += 1
        elif broken:
            seen = () if self._broken else observed(self._step.observed, view)
            self._breaks(view.at, seen)

    def _breaks(self, at: date, seen: tuple[Seen, ...]) -> None:
        if not self._broken:
            self._first, self._seen = at, seen
        self._broken += 1


def observed(steps: tuple[Observed, ...], view: View) -> tuple[Seen, ...]:
    """What stands at a close, each value with its unit."""
    return tuple(Seen(each.text, spelled(each.evaluate(view), each.kind)) for each in steps)
