"""Results of a whole run: what claims are about, and nothing a rule could know.

Rows only: `study.results` computes them. Amounts of loss are positive.
"""

from __future__ import annotations

from hedgerow.vocabulary.units import Kind
from hedgerow.vocabulary.word import Family, Word

_TRADES = "trades that ended"


def _result(name: str, kind: Kind, description: str, source: str = "") -> Word:
    return Word(name, Family.RESULT, kind, (), description, source)


_ROWS = (
    _result("annual_return", Kind.RATIO, "Compound growth a year, first close to last.",
            "GIPS 2020, annualised return; a year has 365.25 days"),
    _result("volatility", Kind.RATIO, "Sample standard deviation of daily returns, times the root "
            "of 252."),
    _result("sharpe", Kind.NUMBER, "Mean over standard deviation of daily returns in excess of the "
            "3-month rate, times the root of 252.", "Sharpe (1994)"),
    _result("sortino", Kind.NUMBER, "As `sharpe`, over the root mean square of the negative excess "
            "returns.", "Sortino and Price (1994)"),
    _result("calmar", Kind.NUMBER, "`annual_return` over `max_drawdown`.", "Young (1991)"),
    _result("max_drawdown", Kind.RATIO, "Deepest fall at a close, as a part of the highest close "
            "before it."),
    _result("cvar", Kind.RATIO, "Mean loss of the worst 5% of days.",
            "Rockafellar and Uryasev (2000), at 95%"),
    _result("win_rate", Kind.RATIO, f"The part of {_TRADES} that made money after fees."),
    _result("profit_factor", Kind.MULTIPLE, f"What winners made over what losers lost, {_TRADES}."),
    _result("average_days_held", Kind.DAYS, f"Mean of calendar days held, {_TRADES}."),
    _result("turnover", Kind.MULTIPLE, "Premium and prices paid and received at fills, over mean "
            "equity, a year."),
    _result("costs", Kind.MONEY, "Fees, and what fills gave up against the mid, of the whole run."),
    _result("beta", Kind.MULTIPLE, "Covariance of daily returns with those of SPX without "
            "dividends, over the variance of those.", "Sharpe (1964)"),
)  # fmt: skip

RESULTS: dict[str, Word] = {word.name: word for word in _ROWS}
