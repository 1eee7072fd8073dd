"""What held contracts gain or lose at once when SPX and VIX move: priced anew at the mid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from hedgerow.book.book import Shock
from hedgerow.market.market import Market
from hedgerow.market.pricing import Array
from hedgerow.market.snapshot import Snapshots
from hedgerow.market.underlyings import tracks_spx
from hedgerow.plan.shocks import levels_after
from hedgerow.study.held import Held

_MOVED = ("SPX", "VIX")


def unmoved(book: Iterable[Held]) -> tuple[str, ...]:
    """Series that are held, and of which a shock says nothing."""
    return tuple(dict.fromkeys(
        name for each in book
        if (name := each.contract.underlying) not in _MOVED and not tracks_spx(name)
    ))  # fmt: skip


def changes_under(
    shocks: Sequence[Shock], book: Sequence[Held], market: Market, session: int
) -> Array:
    """(held, shocks) dollars at the close of `session`, < 0 where they would be lost."""
    now = {name: market.spot(name, session) for name in _MOVED}
    levels = [now | levels_after(shock, market, session) for shock in shocks]
    spots, vixes = (np.array([each[name] for each in levels]) for name in _MOVED)
    return changes_at(spots, vixes, book, market, session)


def changes_at(
    spots: Array, vixes: Array, book: Sequence[Held], market: Market, session: int
) -> Array:
    """(held, levels) dollars: all levels are priced in one call, beside the close as it was."""
    if not book:
        return np.zeros((0, len(spots)))
    closes = _closes_at(spots, vixes, market, session)
    prices = market.prices([each.contract for each in book], session, closes)
    dollars = np.array([each.count * each.contract.multiplier for each in book], dtype=np.float64)
    changes: Array = dollars[:, None] * (prices[:, 1:] - prices[:, :1])
    return changes


def _closes_at(spots: Array, vixes: Array, market: Market, session: int) -> Snapshots:
    """The close as it was, and at each of the levels: solved once for all books held on it."""
    spot, vix = (market.spot(name, session) for name in _MOVED)
    levels = np.array([spot, *spots]), np.array([vix, *vixes])
    question = ("levels", session, *(each.tobytes() for each in levels))
    return market.answers.once(question, lambda: market.shocked(session, *levels))
