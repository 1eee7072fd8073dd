"""What a run takes for granted, all in one record, hashed into its fingerprint."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct


class FillTiming(StrEnum):
    NEXT_CLOSE = "next_close"
    SAME_CLOSE = "same_close"  # optimistic: trades on the information it used


class AccountType(StrEnum):
    REG_T = "reg_t"
    CASH = "cash"  # nothing borrowed: all that a position can lose lies in cash


class Assumptions(Struct, frozen=True):
    capital: int = 100_000_000  # cents at the start
    start: date | None = None  # first session that trades; None: the first with all needed data
    end: date | None = None  # last session
    fill: FillTiming = FillTiming.NEXT_CLOSE
    spread_fraction: float = 0.5  # of the half spread paid a leg: 0 the mid, 1 the full spread
    costs: str = "default"  # name of the fee schedule
    account: AccountType = AccountType.REG_T  # whose rules margin follows
    interest: bool = True  # cash earns the 3-month rate
    dividends: bool = True  # shares of an index earn its dividend yield
