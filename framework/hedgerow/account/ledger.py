"""The ledger: entries that each sum to zero, in integer cents; only added, never changed.

Accounts: `cash`; `position:<id>` (what a position has cost so far); `fees`, `interest`,
`dividends`; `result:<rule>` (what closed positions of a rule made); `capital` (what was put in).
Cash and positions are read from entries, never set. Signs are those of double entry
(`entries.py`): money made or put in is negative where it came from.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct, field

from hedgerow.market.contract import Contract


class Entry(Struct, frozen=True, gc=False):
    """One event of the account.

    `postings`: account and cents, together zero. `contracts`: what came into the position
    (+) or left it (-).
    """

    at: date
    kind: str  # deposit, interest, dividend, settle, variation, or the action of an order
    because: str
    postings: tuple[tuple[str, int], ...]
    position: int | None = None
    contracts: tuple[tuple[Contract, int], ...] = ()

    def __post_init__(self) -> None:
        if sum([amount for _, amount in self.postings]):
            raise ValueError(f"an entry that does not sum to zero: {self}")


class Ledger(Struct):
    """All entries in order, with running balances derived as they are added."""

    entries: list[Entry] = field(default_factory=list)
    _balances: dict[str, int] = field(default_factory=dict)

    def post(self, entry: Entry) -> None:
        self.entries.append(entry)
        balances = self._balances
        for account, amount in entry.postings:
            balances[account] = balances.get(account, 0) + amount

    def balance(self, account: str) -> int:
        """Cents in an account; 0 where nothing was posted."""
        return self._balances.get(account, 0)

    @property
    def cash(self) -> int:
        return self._balances.get("cash", 0)

    def holdings(self) -> dict[tuple[int, Contract], int]:
        """Contracts held, by position, read anew from the entries; positions at zero left out."""
        return holdings(self.entries)


def holdings(entries: Iterable[Entry]) -> dict[tuple[int, Contract], int]:
    held: dict[tuple[int, Contract], int] = {}
    for entry in entries:
        for contract, count in entry.contracts:
            key = (entry.position or 0, contract)
            held[key] = held.get(key, 0) + count
    return {key: count for key, count in held.items() if count}
