"""The numbers of a summary as rows: name, unit, where to read it, and how it is defined."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from hedgerow.report.document import Column, Extent, Table
from hedgerow.report.quantity import MISSING, Cell, Quantity, Sign, Unit
from hedgerow.report.side_by_side import side_by_side
from hedgerow.report.term import Term, term_of
from hedgerow.study.statistics import Dated, Drawdown, Summary


class Measure(Struct, frozen=True):
    """`read` gives a number, or words that have no difference."""

    name: str
    unit: Unit
    read: Callable[[Summary], float | str | None]
    definition: str = ""  # empty: the row above defines it


def _depth(found: Drawdown | None) -> float:
    return found.ratio if found else 0.0


def _amount(found: Drawdown | None) -> int:
    return -found.amount if found else 0


def _recovery(found: Drawdown | None) -> str:
    if found is None:
        return MISSING
    return str(found.recovered) if found.recovered else "not yet"


def _bought(found: Summary, amount: int) -> int | str:
    return amount if found.bought.rules else "none"


def _value(found: Dated | None) -> float | None:
    return found.value if found else None


def _day(found: Dated | None) -> str:
    return str(found.at) if found else MISSING


def _month(found: Dated | None) -> str:
    return f"{found.at:%Y-%m}" if found else MISSING


_FINAL_EQUITY = Measure(
    "Final equity",
    Unit.MONEY,
    lambda s: s.final_equity,
    "Cash and open positions at the close of the last session; positions at their marks.",
)
_WHENCE = (
    Measure(
        "  made by trades",
        Unit.MONEY,
        lambda s: s.made.by_trades,
        "After fees, open positions at their marks: with the interest and dividends of the next "
        "row, all that was added to the capital.",
    ),
    Measure("  interest, dividends", Unit.MONEY, lambda s: s.made.interest_and_dividends),
)
_ANNUAL_RETURN = Measure(
    "Annual return",
    Unit.RATIO,
    Term.A_YEAR.made,
    "Compound growth a year from the first close to the last; a year has 365.25 days.",
)
_RETURN_IN_ALL = Measure(
    "Return in all",
    Unit.RATIO,
    Term.IN_ALL.made,
    "Growth from the first close to the last; less than a year gives no rate a year.",
)
_MEASURES: tuple[Measure, ...] = (
    Measure(
        "Volatility",
        Unit.RATIO,
        lambda s: s.volatility,
        "Sample standard deviation of daily returns, times the root of 252.",
    ),
    Measure(
        "Sharpe ratio",
        Unit.NUMBER,
        lambda s: s.sharpe,
        "Mean over standard deviation of daily returns in excess of the 3-month rate (of zero "
        "where the market has none), times the root of 252.",
    ),
    Measure(
        "Sortino ratio",
        Unit.NUMBER,
        lambda s: s.sortino,
        "As the Sharpe ratio, over the root mean square of the negative excess returns.",
    ),
    Measure(
        "Maximum drawdown",
        Unit.RATIO,
        lambda s: _depth(s.drawdown),
        "Deepest fall at a close, as a share of the highest close before it.",
    ),
    Measure("  in money", Unit.MONEY, lambda s: _amount(s.drawdown)),
    Measure("  from", Unit.TEXT, lambda s: str(s.drawdown.peak) if s.drawdown else MISSING),
    Measure("  to", Unit.TEXT, lambda s: str(s.drawdown.trough) if s.drawdown else MISSING),
    Measure("  made good", Unit.TEXT, lambda s: _recovery(s.drawdown)),
    Measure("Worst day", Unit.RATIO, lambda s: _value(s.worst_day), "Lowest daily return."),
    Measure("  on", Unit.TEXT, lambda s: _day(s.worst_day)),
    Measure(
        "Worst month",
        Unit.RATIO,
        lambda s: _value(s.worst_month),
        "Lowest return of a calendar month, last close before it to last close in it.",
    ),
    Measure("  in", Unit.TEXT, lambda s: _month(s.worst_month)),
    Measure(
        "Trades ended",
        Unit.COUNT,
        lambda s: s.trades,
        "Positions opened and ended; a roll ends one position and opens another.",
    ),
    Measure("  still open", Unit.COUNT, lambda s: s.still_open),
    Measure(
        "Win rate",
        Unit.RATIO,
        lambda s: s.win_rate,
        "Ended trades with a result above zero after fees, of all ended trades.",
    ),
    Measure(
        "Days held, mean",
        Unit.DAYS,
        lambda s: s.average_days,
        "Calendar days from opening to end, ended trades.",
    ),
    Measure(
        "Costs paid",
        Unit.MONEY,
        lambda s: s.costs,
        "Fees, and what fills gave up to the spread: their distance from the mid.",
    ),
    Measure("  fees", Unit.MONEY, lambda s: s.fees),
    Measure("  spread", Unit.MONEY, lambda s: s.slippage),
    Measure(
        "Premium bought (hedge cost)",
        Unit.MONEY,
        lambda s: _bought(s, s.bought.cost),
        "Premium and fees paid by the rules that buy premium, a hedge or a calendar alike: those "
        "whose trades hold options and opened, all together, for a debit.",
    ),
    Measure(
        "  brought back (hedge gain)",
        Unit.MONEY,
        lambda s: _bought(s, s.bought.gain),
        "What the same rules got back for it.",
    ),
    Measure("  back less paid", Unit.MONEY, lambda s: _bought(s, s.bought.gain - s.bought.cost)),
    Measure(
        "Margin use, mean",
        Unit.RATIO,
        lambda s: s.margin_mean,
        "Margin held at the close as a share of equity.",
    ),
    Measure("  at its peak", Unit.RATIO, lambda s: s.margin_peak),
    Measure(
        "IRR of what was tied up",
        Unit.RATIO,
        lambda s: s.irr,
        "The rate a year, days over 365, at which margin, premium and fees put into positions and "
        "what came back are worth the same; open ones at the mid, interest and dividends left out.",
    ),
    Measure(
        "Beta to the index",
        Unit.NUMBER,
        lambda s: s.beta,
        "Covariance of daily returns with those of the traded index (without dividends) over the "
        "index's variance.",
    ),
)


def summary_table(summaries: Sequence[Summary]) -> Table:
    """Measures down, runs across, the first run first; beside each other run its difference."""
    return Table(
        "Every measure" if len(summaries) == 1 else "Every measure, the baseline first",
        (Column("Measure"), *side_by_side([one.name for one in summaries])),
        tuple(_row(measure, summaries) for measure in _measures(summaries)),
    )


def definitions_table(summaries: Sequence[Summary]) -> Table:
    measures = _measures(summaries)
    rows = tuple((one.name, one.definition) for one in measures if one.definition)
    return Table(
        "How each number is defined", (Column("Measure"), Column("Definition")), rows, Extent.LONG
    )


def _measures(summaries: Sequence[Summary]) -> tuple[Measure, ...]:
    made = _RETURN_IN_ALL if term_of(summaries[0]) is Term.IN_ALL else _ANNUAL_RETURN
    return (_FINAL_EQUITY, *_WHENCE, made, *_MEASURES)


def _row(measure: Measure, summaries: Sequence[Summary]) -> tuple[Cell, ...]:
    base = measure.read(summaries[0])
    cells: list[Cell] = [measure.name, _cell(base, measure.unit)]
    for one in summaries[1:]:
        here = measure.read(one)
        cells += [_cell(here, measure.unit), _difference(here, base, measure.unit)]
    return tuple(cells)


def _cell(value: float | str | None, unit: Unit) -> Cell:
    return value if isinstance(value, str) else Quantity(value, unit)


def _difference(here: float | str | None, base: float | str | None, unit: Unit) -> Cell:
    """Empty for words; ratios differ by percentage points."""
    if isinstance(here, str) or isinstance(base, str):
        return ""
    gap = None if here is None or base is None else here - base
    return Quantity(gap, Unit.POINTS if unit is Unit.RATIO else unit, Sign.BOTH)
