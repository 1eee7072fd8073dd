"""What the book would gain or lose at once: over a run, and on one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hedgerow.report.document import Block, Column, Heading, Prose, Table
from hedgerow.report.prices import named_source
from hedgerow.report.quantity import Cell, Quantity, Sign, Unit, row, written
from hedgerow.study.stress import BookOn, DayChange, Sensitivity, ShockChange, Stress

_METHOD = (
    "Each fall comes at once, at a close, in the size it had (`hedgerow words` has the days): "
    "everything held is priced anew by the model (recorded quotes move as it does), nothing trades "
    "on the way down, and no spread is counted. Parts of the equity of that close, on {looked} "
    "sessions spread evenly over the run"
)
_GREEKS = (
    "Delta in dollars an SPX point, of SPX contracts; gamma in dollars of delta a point; vega in "
    "dollars a VIX point, the rest of the curve moved with it; theta in dollars a day."
)


def stress_answer(found: Mapping[str, Stress]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A question with a line a run; nothing where nothing was worked out or held."""
    lines = tuple(_worst_of(name, one.changes) for name, one in found.items() if one.changes)
    return (("What if it crashed?", lines),) if lines else ()


def stress_blocks(found: Mapping[str, Stress]) -> tuple[Block, ...]:
    """Shocks down, runs across; nothing where nothing was worked out or held."""
    held = [(name, one) for name, one in found.items() if one.changes]
    if not held:
        return ()
    columns = [Column("Fall")]
    for name, _ in held:
        about = name if len(held) > 1 else ""
        columns += [
            Column(f"{name}: on average" if about else "On average", Unit.RATIO, about),
            Column("at worst", Unit.RATIO, about),
            Column("on", about=about),
            Column("at the end", Unit.RATIO, about),
        ]
    rows = tuple(
        row(same[0].shock, *(cell for change in same for cell in _cells(change)))
        for same in zip(*(one.changes for _, one in held), strict=True)
    )
    method = _METHOD.format(looked=held[0][1].sessions)
    counted = ", ".join(f"{one.held} with a position of {name}" for name, one in held)
    return (
        Heading("If it happened again"),
        Table("Change of equity at once", tuple(columns), rows),
        *(_by_rule(one) for _, one in held if len(held) == 1 and len(one.rules) > 1),
        Prose(f"{method} ({counted})."),
    )


def _by_rule(found: Stress) -> Table:
    """Whether one rule would pay for what another loses."""
    columns = (Column("Fall"), *(Column(rule, Unit.RATIO) for rule in found.rules))
    rows = tuple(
        row(change.shock, *(Quantity(each, Unit.RATIO, Sign.BOTH) for each in change.by_rule))
        for change in found.changes
    )
    return Table("Change of equity at once by rule, on average", columns, rows)


def book_blocks(book: BookOn | None) -> tuple[Block, ...]:
    """Sensitivities and the grid of one day; nothing where no day was asked for."""
    if book is None:
        return ()
    count = book.whole.positions
    state = f"SPX {book.spot:,.2f}, VIX {book.vix:.2f}, equity {_dollars(book.equity)}"
    heading = Heading(f"The book on {book.at}")
    if not count:
        return heading, Prose(f"{state}. Nothing was held.")
    held = "1 open position" if count == 1 else f"{count} open positions"
    return (
        heading,
        Prose(f"{state}, {held}. Mids, {named_source(book.source)}. {_GREEKS}"),
        _sensitivities("Sensitivities by rule", "Rule", (*book.by_rule, book.whole)),
        _sensitivities("Sensitivities by days to expiry", "Days to expiry", book.by_life),
        Table(
            "Gained or lost at once in falls that happened",
            (
                Column("Fall"),
                Column("Of equity", Unit.RATIO),
                Column("Whole book", Unit.MONEY),
                *(Column(each.part, Unit.MONEY) for each in book.by_rule),
            ),
            tuple(_under(change, book.equity) for change in book.shocks),
        ),
        _grid(book),
    )


def _worst_of(name: str, changes: Sequence[ShockChange]) -> str:
    worst = min(changes, key=lambda each: each.mean)
    if worst.mean >= 0:
        return f"{name} would on average lose in none of {len(changes)} falls that happened."
    return (
        f"{name} would lose most in {worst.shock}, at once: {_percent(-worst.mean)} on average, "
        f"{_percent(-worst.worst)} on {worst.worst_at}."
    )


def _under(change: DayChange, equity: int) -> tuple[Cell, ...]:
    part = Quantity(change.whole * 100 / equity if equity > 0 else None, Unit.RATIO, Sign.BOTH)
    return row(change.shock, part, _money(change.whole), *map(_money, change.by_rule))


def _cells(change: ShockChange) -> tuple[Cell, ...]:
    parts = (change.mean, change.worst, change.last)
    mean, worst, last = (Quantity(each, Unit.RATIO, Sign.BOTH) for each in parts)
    return (mean, worst, change.worst_at, last)


def _sensitivities(caption: str, first: str, parts: Sequence[Sensitivity]) -> Table:
    columns = (
        Column(first),
        Column("Positions", Unit.COUNT),
        Column("Delta", Unit.NUMBER),
        Column("Gamma", Unit.NUMBER),
        Column("Vega", Unit.NUMBER),
        Column("Theta", Unit.NUMBER),
    )
    rows = tuple(
        (each.part, each.positions, each.delta, each.gamma, each.vega, each.theta) for each in parts
    )
    return Table(caption, columns, rows)


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


def _dollars(cents: int) -> str:
    return written(Quantity(cents, Unit.MONEY))


def _percent(ratio: float) -> str:
    return written(Quantity(ratio, Unit.RATIO))
