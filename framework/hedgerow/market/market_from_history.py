"""History to market: what the model makes of it, beside what was recorded."""

from __future__ import annotations

import hashlib

from msgspec.structs import replace

from hedgerow.market.history import History
from hedgerow.market.listing import standard_listing
from hedgerow.market.market import Market
from hedgerow.market.quoted_days import QuotedDays
from hedgerow.market.recorded import Recorded
from hedgerow.market.snapshots_from_history import modes_of, snapshots_from_history
from hedgerow.market.surface import MODEL_VERSION
from hedgerow.market.wings import MEASURED, Wings


def market_from_history(
    history: History, recorded: Recorded | None = None, wings: Wings = MEASURED
) -> Market:
    """Every close of the history, solved or read from the cache, and what is `recorded` of it.

    DataFault: see `snapshots_from_history`.
    """
    modes = modes_of(history)
    text = f"{history.fingerprint} model {MODEL_VERSION}"
    snapshots = snapshots_from_history(history, wings)
    real = recorded or Recorded.nothing()
    notes = [*history.notes, *snapshots.surface.curve.notes()]
    if real:
        text += f" recorded {real.fingerprint}"
        snapshots = replace(snapshots, futures_basis=real.vix.basis(snapshots))
        notes += real.notes(history)
    if wings != MEASURED:
        text += f" {wings}"
        notes += wings.notes()
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    listing = standard_listing()
    quoted = QuotedDays(real.chains, snapshots, listing)
    known = replace(history, notes=tuple(notes))
    return Market(known, snapshots, modes, fingerprint, listing, real, quoted)
