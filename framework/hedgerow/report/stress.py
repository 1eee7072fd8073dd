"""What the book of a run would have gained or lost at once in falls that happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hedgerow.report.document import Block, Column, Heading, Prose, Table
from hedgerow.report.quantity import Cell, Dated, Quantity, Sign, Unit, percent, row
from hedgerow.study.stress import ShockChange, Stress

_METHOD = (
    "Each fall comes at once, at a close, in the size it had (`hedgerow words` has the days): "
    "everything held is priced anew by the model (recorded quotes move as it does), nothing trades "
    "on the way down, and no spread is counted. Parts of the equity of that close, on {looked} "
    "sessions spread evenly over the run"
)


def stress_answer(found: Mapping[str, Stress]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A question with a line a run; nothing where nothing was worked out or held."""
    lines = tuple(_worst_of(name, one.changes) for name, one in found.items() if one.changes)
    return (("What if it crashed?", lines),) if lines else ()


def stress_blocks(found: Mapping[str, Stress]) -> tuple[Block, ...]:
    """Shocks down, of several runs each below; nothing where nothing was worked out or held."""
    held = [(name, one) for name, one in found.items() if one.changes]
    if not held:
        return ()
    columns = (
        Column("Fall" if len(held) == 1 else "Fall and run"),
        Column("On average", Unit.RATIO),
        Column("at worst", Unit.RATIO),
        Column("at the end", Unit.RATIO),
    )
    method = _METHOD.format(looked=held[0][1].sessions)
    counted = ", ".join(f"{one.held} with a position of {name}" for name, one in held)
    return (
        Heading("If it happened again"),
        Table("Change of equity at once", columns, _rows(held)),
        *(_by_rule(one) for _, one in held if len(held) == 1 and len(one.rules) > 1),
        Prose(f"{method} ({counted}).{not_moved(name for _, one in held for name in one.unmoved)}"),
    )


def _rows(held: Sequence[tuple[str, Stress]]) -> tuple[tuple[Cell, ...], ...]:
    """Runs stand under each other, so that the table is as wide for ten of them as for one."""
    if len(held) == 1:
        return tuple(row(change.shock, *_cells(change)) for change in held[0][1].changes)
    rows = []
    for same in zip(*(one.changes for _, one in held), strict=True):
        rows.append(row(same[0].shock, "", "", ""))
        rows += [
            row(f"  {name}", *_cells(change)) for (name, _), change in zip(held, same, strict=True)
        ]
    return tuple(rows)


def not_moved(names: Iterable[str]) -> str:
    """A warning, where shares of other series are held."""
    known = sorted(set(names))
    return f" Shares of {', '.join(known)} stay where they are: no fall says more." if known else ""


def _by_rule(found: Stress) -> Table:
    """Whether one rule would pay for what another loses."""
    columns = (Column("Fall"), *(Column(rule, Unit.RATIO) for rule in found.rules))
    rows = tuple(
        row(change.shock, *(Quantity(each, Unit.RATIO, Sign.BOTH) for each in change.by_rule))
        for change in found.changes
    )
    return Table("Change of equity at once by rule, on average", columns, rows)


def _worst_of(name: str, changes: Sequence[ShockChange]) -> str:
    worst = min(changes, key=lambda each: each.mean)
    if worst.mean >= 0:
        return f"{name} would on average lose in none of {len(changes)} falls that happened."
    return (
        f"{name} would lose most in {worst.shock}, at once: {percent(-worst.mean)} on average, "
        f"{percent(-worst.worst)} on {worst.worst_at}."
    )


def _cells(change: ShockChange) -> tuple[Cell, ...]:
    parts = (change.mean, change.worst, change.last)
    mean, worst, last = (Quantity(each, Unit.RATIO, Sign.BOTH) for each in parts)
    return (mean, Dated(worst, change.worst_at), last)
