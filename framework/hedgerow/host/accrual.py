"""What cash and shares earn for the days since the last close."""

from __future__ import annotations

from collections.abc import Sequence

from hedgerow.account.assumptions import Assumptions
from hedgerow.account.entries import dividend_entry, interest_entry
from hedgerow.account.ledger import Ledger
from hedgerow.host.sessions import Sessions
from hedgerow.market.market import Market
from hedgerow.plan.holding import Holding


def accrue(
    ledger: Ledger,
    holdings: Sequence[Holding],
    market: Market,
    sessions: Sessions,
    taken: Assumptions,
    session: int,
) -> None:
    """Interest and dividends from the close before `session` to its own, by what was known then."""
    before, at, days = session - 1, sessions.dates[session], sessions.days[session]
    if taken.interest and ledger.cash:
        ledger.earn(interest_entry(ledger.cash, sessions.rates[before], days, at))
    for holding in holdings:
        if holding.earns_dividends and taken.dividends:
            close, paid = market.spot("SPX", before), sessions.dividend_yields[before]
            entry = dividend_entry(holding.opening, holding.units, close, paid, days, at)
            ledger.post(entry)
