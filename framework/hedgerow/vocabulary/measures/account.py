"""Of the account, in dollars unless said."""

from __future__ import annotations

from math import inf

from hedgerow.vocabulary.units import Kind
from hedgerow.vocabulary.word import Subject, measure

_ACCOUNT = (Subject.ACCOUNT,)

ROWS = (
    measure("equity", Kind.MONEY, "Cash and the value of all open positions at the mid.",
            of=_ACCOUNT),
    measure("capital", Kind.MONEY, "The equity at the moment of the decision.", of=_ACCOUNT),
    measure("cash", Kind.MONEY, "Cash, what open short positions brought in included.",
            of=_ACCOUNT),
    measure("quick_ratio", Kind.MULTIPLE, "How many times cash and what is held, at the mid, would "
            "buy back what is sold; without end where nothing is.",
            of=_ACCOUNT, source="quick assets over current liabilities: docs/decisions/capital.md",
            between=(-inf, inf)),
    measure("drawdown", Kind.RATIO, "The part of its highest value so far that equity has lost.",
            of=_ACCOUNT, between=(0.0, inf)),
)  # fmt: skip
