"""The ledger: entries that each sum to zero, in integer cents; only added, never changed.

Accounts: `cash`; `position:<id>` (what a position has cost so far); `fees`, `interest`,
`dividends`; `result:<rule>` (what closed positions of a rule made); `capital` (what was put in).
Cash and positions are read from entries, never set. Signs are those of double entry
(`entries.py`): money made or put in is negative where it came from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from msgspec import Struct, field

from hedgerow.market.contract import Contract
from hedgerow.text.in_words import counted


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


class Interest(Struct, frozen=True, gc=False):
    """An entry of what cash earned. Most entries are of this kind and most are never read, so
    its words and postings are made when somebody asks for them."""

    at: date
    earned: int  # cents; below zero where cash was
    days: int  # calendar days it earned for
    rate: float  # a year

    kind: ClassVar[str] = "interest"
    position: ClassVar[None] = None
    contracts: ClassVar[tuple[tuple[Contract, int], ...]] = ()

    @property
    def because(self) -> str:
        return f"{counted(self.days, 'day')} at {self.rate:.2%}"

    @property
    def postings(self) -> tuple[tuple[str, int], ...]:
        return ("cash", self.earned), ("interest", -self.earned)


AnyEntry = Entry | Interest


class Ledger(Struct):
    """All entries in order, with running balances derived as they are added."""

    entries: list[AnyEntry] = field(default_factory=list)
    cash: int = 0  # cents
    _balances: Counter[str] = field(default_factory=Counter)  # cents of the other accounts

    def post(self, entry: Entry) -> None:
        self.entries.append(entry)
        for account, amount in entry.postings:
            if account == "cash":
                self.cash += amount
            else:
                self._balances[account] += amount

    def earn(self, interest: Interest) -> None:
        self.entries.append(interest)
        self.cash += interest.earned
        self._balances["interest"] -= interest.earned

    def balance(self, account: str) -> int:
        """Cents in an account; 0 where nothing was posted."""
        return self.cash if account == "cash" else self._balances[account]

    def holdings(self) -> dict[tuple[int, Contract], int]:
        """Contracts held, by position, read anew from the entries; positions at zero left out."""
        return holdings(self.entries)


def holdings(entries: Iterable[AnyEntry]) -> dict[tuple[int, Contract], int]:
    held: dict[tuple[int, Contract], int] = {}
    for entry in entries:
        for contract, count in entry.contracts:
            key = (entry.position or 0, contract)
            held[key] = held.get(key, 0) + count
    return {key: count for key, count in held.items() if count}
