"""Shocks for the reports: on sessions of a whole run, and the book of a day that is asked for."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from hedgerow.cli.fault import CommandFault

if TYPE_CHECKING:
    from hedgerow.account.run import Run
    from hedgerow.book.book import Shock
    from hedgerow.cli.runs import Entrant, Venue
    from hedgerow.market.market import Market
    from hedgerow.study.stress import Stress


def shocks_of(entrant: Entrant) -> tuple[Shock, ...]:
    """The file's own, then every fall that happened."""
    from hedgerow.book.shocks import shipped_shocks

    shipped = shipped_shocks()
    return (*(each for each in entrant.book.shocks if each.name not in shipped), *shipped.values())


def stressed(
    runs: Sequence[Run], market: Market, shocks: Sequence[Shock] | None = None
) -> dict[str, Stress]:
    """By the name of the run; without `shocks`, under every fall that happened."""
    from hedgerow.book.shocks import shipped_shocks
    from hedgerow.study.stress import stress

    tried = shocks if shocks is not None else [*shipped_shocks().values()]
    return {run.name: stress(run, market, tried) for run in runs}


def session_of(at: date, venue: Venue, where: str) -> int:
    """The index of a session of the run. Raises CommandFault, which names near ones."""
    from hedgerow.host.sessions import sessions_of

    known = sessions_of(venue.market, venue.assumptions)
    days = known.dates[known.first : known.last + 1]
    if at not in days:
        after = bisect(days, at)
        near = days[max(after - 1, 0) : after + 1]
        remedy = f"name a session, such as {' or '.join(map(str, near))}"
        raise CommandFault(where, "this run has no session on that day", remedy)
    return known.first + days.index(at)
