"""The book of one day: what was held, how it moves, and what falls that happened would do to it."""

from __future__ import annotations

from collections.abc import Sequence

from hedgerow.report.document import Block, Column, Heading, Prose, Table
from hedgerow.report.prices import named_source
from hedgerow.report.quantity import Cell, Quantity, Sign, Unit, dollars, row
from hedgerow.report.stress import not_moved
from hedgerow.study.book_on import BookOn, DayChange, Greeks, HeldContract, PartOfBook
from hedgerow.text.in_words import counted

_GREEKS = (
    "Delta in dollars an SPX point, of SPX contracts; gamma in dollars of delta a point; vega in "
    "dollars a VIX point, the rest of the curve moved with it; theta in dollars a day. Vega "
    "to IV is in dollars a point of the contract's own implied volatility (IV), as platforms show "
    "it: a sum of it would say nothing, since a move of VIX moves each IV by points of its own."
)
_BY_LIFE = "Sensitivities by days to expiry (a position of several expiries counts at each)"
_GREEK_COLUMNS = tuple(Column(name, Unit.NUMBER) for name in ("Delta", "Gamma", "Vega", "Theta"))


def book_blocks(book: BookOn | None) -> tuple[Block, ...]:
    """Sensitivities and the grid of one day; nothing where no day was asked for."""
    if book is None:
        return ()
    count = book.whole.positions
    state = f"SPX {book.spot:,.2f}, VIX {book.vix:.2f}, equity {dollars(book.equity)}"
    heading = Heading(f"The book on {book.at}")
    if not count:
        return heading, Prose(f"{state}. Nothing was held.")
    held = counted(count, "open position")
    return (
        heading,
        Prose(
            f"{state}, {held}. Mids, {named_source(book.source)}. {_GREEKS}"
            f"{not_moved(book.unmoved)}"
        ),
        _contracts(book.contracts),
        _parts("Sensitivities by rule", "Rule", (*book.by_rule, book.whole)),
        _parts(_BY_LIFE, "Days to expiry", book.by_life),
        Table(
            "Gained or lost at once in falls that happened",
            (
                Column("Fall"),
                Column("Of equity", Unit.RATIO),
                Column("Whole book", Unit.MONEY),
                *(Column(each.name, Unit.MONEY) for each in book.by_rule),
            ),
            tuple(_under(change, book.equity) for change in book.shocks),
        ),
        _grid(book),
    )


def _under(change: DayChange, equity: int) -> tuple[Cell, ...]:
    part = Quantity(change.whole * 100 / equity if equity > 0 else None, Unit.RATIO, Sign.BOTH)
    return row(change.shock, part, _money(change.whole), *map(_money, change.by_rule))


def _contracts(lines: Sequence[HeldContract]) -> Table:
    columns = (
        Column("Contract"),
        Column("Rule"),
        Column("Held", Unit.COUNT),
        Column("Mid", Unit.NUMBER),
        Column("IV", Unit.RATIO),
        Column("Vega to IV", Unit.NUMBER),
        *_GREEK_COLUMNS,
    )
    rows = tuple(
        row(line.contract, line.rule, Quantity(line.count, Unit.COUNT, Sign.BOTH), line.mark,
            line.implied_vol, line.own_vega, *_greeks(line.greeks))
        for line in lines
    )  # fmt: skip
    return Table("What was held", columns, rows)


def _parts(caption: str, first: str, parts: Sequence[PartOfBook]) -> Table:
    columns = (Column(first), Column("Positions", Unit.COUNT), *_GREEK_COLUMNS)
    rows = tuple(row(each.name, each.positions, *_greeks(each.greeks)) for each in parts)
    return Table(caption, columns, rows)


def _greeks(greeks: Greeks) -> tuple[float, ...]:
    return greeks.delta, greeks.gamma, greeks.vega, greeks.theta


def _grid(book: BookOn) -> Table:
    columns = (
        Column("VIX, points"),
        *(Column(f"SPX {move:+.0%}" if move else "SPX 0%", Unit.MONEY) for move in book.spx_moves),
    )
    rows = tuple(
        row(f"{move:+g}" if move else "0", *(_money(change) for change in changes))
        for move, changes in zip(book.vix_moves, book.grid, strict=True)
    )
    return Table("Gained or lost at once when SPX and VIX move", columns, rows)


def _money(dollars: float) -> Quantity:
    return Quantity(dollars * 100, Unit.MONEY, Sign.BOTH)
