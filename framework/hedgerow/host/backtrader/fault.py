"""Uses of Backtrader that the account of the rules can't follow."""

from __future__ import annotations

from typing import NoReturn


class BacktraderFault(RuntimeError):
    """What was asked for, why it can't be, and what to write instead."""


def refuse(asked: str, why: str, instead: str) -> NoReturn:
    raise BacktraderFault(f"{asked}: {why}. {instead[0].upper()}{instead[1:]}.")


def refuse_order(asked: str) -> NoReturn:
    refuse(
        f"`{asked}` is not possible here",
        "the rule file decides every trade, and its options are no data feeds",
        "write the trade as a rule, or run your own orders in a Cerebro with a broker of its own",
    )
