"""What futures pay every day, posted and written down with their position."""

from __future__ import annotations

from datetime import date

from hedgerow.account.entries import concession_entry, variation_entry
from hedgerow.account.ledger import Entry, Ledger
from hedgerow.account.order import Fill
from hedgerow.plan.holding import Holding


def pay_variation(ledger: Ledger, holding: Holding, session: int, at: date) -> None:
    """The day's gain of futures, from the last close's mids to today's, once a session."""
    if holding.is_future and holding.paid_to < session:
        holding.paid_to = session
        now = {leg: holding.mark(leg, session) for leg in holding.held_legs()}
        pay_legs(ledger, holding, session, at, now)


def pay_legs(
    ledger: Ledger, holding: Holding, session: int, at: date, now: dict[int, float]
) -> None:
    """The gain of some legs to the points each is worth `now`; only futures pay."""
    if not holding.is_future:
        return
    for each, level in now.items():
        leg, last = holding.legs[each], holding.mark(each, session - 1)
        entry = variation_entry(holding.opening, holding.units, leg, last, level, at)
        _post_gain(ledger, holding, session, entry)


def concede(ledger: Ledger, holding: Holding, filled: Fill, session: int) -> None:
    """Futures pay what they gave up against the mid at once: no premium carries it."""
    if holding.is_future:
        _post_gain(ledger, holding, session, concession_entry(holding.opening, filled))


def _post_gain(ledger: Ledger, holding: Holding, session: int, entry: Entry) -> None:
    ledger.post(entry)
    holding.receipts.append((session, entry.postings[0][1]))
