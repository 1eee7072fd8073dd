"""A run under shocks: what its book would have gained or lost at once, on sessions spread over it.

Not on every session, because a shock costs as much as a session does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from msgspec import Struct

from hedgerow.account.run import Run
from hedgerow.book.book import Shock
from hedgerow.market.market import Market
from hedgerow.market.pricing import Array
from hedgerow.study.held import Holdings
from hedgerow.study.shocked import changes_under, unmoved
from hedgerow.study.statistics import day

MOST_SESSIONS = 100  # looked at


class ShockChange(Struct, frozen=True):
    """Changes as parts of the equity of their session, < 0 where it would be lost."""

    shock: str
    mean: float
    worst: float
    worst_at: date
    last: float  # at the last session looked at
    by_rule: tuple[float, ...]  # the mean of each of `Stress.rules`; together `mean`


class Stress(Struct, frozen=True):
    sessions: int  # looked at
    held: int  # of these, with a position
    unmoved: tuple[str, ...]  # series held that a shock says nothing of
    rules: tuple[str, ...]  # that traded, in file order
    changes: tuple[ShockChange, ...]  # none where nothing was held


def stress(run: Run, market: Market, shocks: Sequence[Shock]) -> Stress:
    """Under each shock on at most `MOST_SESSIONS` sessions spread over the run, the last included.

    Sessions on which nothing is held count, with a change of nothing.
    """
    holdings = Holdings(run)
    rows = _spread(run)
    traded = {fill.order.because.rule for fill in run.fills}
    by_rule = {rule: np.zeros((len(rows), len(shocks))) for rule in run.layers if rule in traded}
    held, still = 0, dict[str, None]()
    for at, row in enumerate(rows):
        book = holdings.at(day(run.sessions[row]))
        if book:
            session = int(market.history.sessions.searchsorted(run.sessions[row]))
            parts = changes_under(shocks, book, market, session) / (run.equity[row] / 100)
            for each, part in zip(book, parts, strict=True):
                by_rule[each.rule][at] += part
            still.update(dict.fromkeys(unmoved(book)))
            held += 1
    if not held:
        return Stress(len(rows), 0, (), (), ())
    days = [day(each) for each in run.sessions[rows]]
    changes = tuple(
        _over_sessions(shock.name, days, [each[:, at] for each in by_rule.values()])
        for at, shock in enumerate(shocks)
    )
    return Stress(len(rows), held, tuple(still), tuple(by_rule), changes)


def _spread(run: Run) -> list[int]:
    """Rows of sessions, those with equity left."""
    count = len(run.sessions)
    rows = np.unique(np.linspace(count - 1, 0, min(count, MOST_SESSIONS)).round().astype(int))
    return [int(row) for row in rows if run.equity[row] > 0]


def _over_sessions(shock: str, days: Sequence[date], by_rule: Sequence[Array]) -> ShockChange:
    """From the change of each rule on each day."""
    whole = sum(by_rule, np.zeros(len(days)))
    worst = int(whole.argmin())
    means = tuple(float(each.mean()) for each in by_rule)
    return ShockChange(
        shock, float(whole.mean()), float(whole[worst]), days[worst], float(whole[-1]), means
    )
