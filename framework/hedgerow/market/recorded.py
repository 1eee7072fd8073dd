"""Real prices that win over the model: option chains and settlements of VIX futures."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from msgspec import Struct

from hedgerow.market.chains.chains import Chains
from hedgerow.market.chains.store import chains_from_folder
from hedgerow.market.history import History
from hedgerow.market.sources.vx_files import vix_settlements_from_folder
from hedgerow.market.vix_settlements import VixSettlements


class Recorded(Struct, frozen=True, eq=False):
    chains: Chains
    vix: VixSettlements

    @staticmethod
    def nothing() -> Recorded:
        return Recorded(Chains.none(), VixSettlements.none())

    def __bool__(self) -> bool:
        return bool(self.chains) or bool(self.vix)

    @property
    def fingerprint(self) -> str:
        text = f"{self.chains.fingerprint} {self.vix.fingerprint}"
        return hashlib.sha256(text.encode()).hexdigest()

    def notes(self, history: History) -> tuple[str, ...]:
        """What a reader of a report must know: where real prices are, and where they are not."""
        if not self.chains.report.files:
            return self.vix.notes
        return (_coverage(self.chains, len(history)), *self.chains.report.lines(), *self.vix.notes)


def recorded(data: str, history: History) -> Recorded:
    """What the folder `data` holds of them; nothing for the packaged sample. DataFault: see
    `chains_from_folder` and `vix_settlements_from_folder`."""
    folder = Path(data)
    if data == "sample" or not folder.is_dir():
        return Recorded.nothing()
    return Recorded(
        chains_from_folder(folder, history), vix_settlements_from_folder(folder, history)
    )


def _coverage(chains: Chains, sessions: int) -> str:
    """Which sessions have quotes of which underlying."""
    parts = []
    for underlying in ("SPX", "VIX"):
        days = chains.days(underlying)
        if len(days):
            first, last = (date.fromordinal(int(day)) for day in (days[0], days[-1]))
            span = f"{len(days):,} of {sessions:,} sessions, {first} to {last}"
            parts.append(f"{underlying} options on {span}")
    if not parts:
        return f"No recorded chain falls on any of {sessions:,} sessions: options are modelled."
    priced = " and ".join(parts)
    return (
        f"Recorded chains price {priced}; other sessions, and expiries and strikes they lack, are "
        "modelled."
    )
