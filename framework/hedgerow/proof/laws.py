"""What is true of every run, whatever the rules: the house's own promises."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from hedgerow.account.ledger import holdings
from hedgerow.account.run import Run

Again = Callable[[int], Run]  # the run of the first so many days


def _alike(run: Run, again: Again) -> bool:
    other = again(len(run.sessions))
    return run.entries == other.entries and run.decisions == other.decisions


def _nothing_ahead(run: Run, again: Again) -> bool:
    """Half the days give the same first half."""
    half = (len(run.sessions) + 1) // 2
    part, last = again(half), run.sessions[half - 1].item()
    return (
        tuple(each for each in run.entries if each.at <= last) == part.entries
        and tuple(each for each in run.decisions if each.at <= last) == part.decisions
        and np.array_equal(run.equity[:half], part.equity)
    )


def _money_adds_up(run: Run, again: Again) -> bool:
    del again
    cash = sum(cents for entry in run.entries for account, cents in entry.postings
               if account == "cash")  # fmt: skip
    balanced = all(sum(cents for _, cents in entry.postings) == 0 for entry in run.entries)
    return balanced and cash == run.cash[-1]


def _positions_add_up(run: Run, again: Again) -> bool:
    del again
    held = {
        (trade.position, leg.contract): leg.ratio * trade.units
        for trade in run.trades
        if trade.closed is None
        for leg in trade.legs
    }
    left = holdings(run.entries)
    return left.items() <= held.items()  # a leg of a position may have settled before the others


LAWS: Mapping[str, Callable[[Run, Again], bool]] = {
    "the same rules on the same market decide the same": _alike,
    "nothing that comes later changes what came before": _nothing_ahead,
    "money is neither made nor lost": _money_adds_up,
    "contracts are held by open positions, and by nothing else": _positions_add_up,
}
