"""What the spread took: the same trades at the mid, as run, and at the full spread."""

from __future__ import annotations

from collections.abc import Sequence

from hedgerow.report.document import Block, Column, Heading, Prose, Table
from hedgerow.report.quantity import Cell, Quantity, Sign, Unit
from hedgerow.report.side_by_side import side_by_side
from hedgerow.report.term import Term
from hedgerow.study.other_fills import Bracket, OtherFill

_METHOD = (
    "The same trades, other fills: decisions, sizes and fees stay those of this run; only what "
    "each fill gave up against the mid changes, and the interest its cash would have earned. The "
    "break-even fill is the part of the half spread at which these trades end with what the "
    "capital alone would have earned as cash: below it they beat cash. Emptied: more was given up "
    "than there was. Run with --spread to let the decisions follow the fills."
)


def fill_blocks(names: Sequence[str], brackets: Sequence[Bracket], term: Term) -> tuple[Block, ...]:
    """A column a run, the baseline first; beside each other run its difference."""
    columns = (Column("Every fill at"), *side_by_side(names))
    own = f"as run, {brackets[0].as_run.fraction:.0%} of the half spread"
    rows = (
        _returns("the mid", [one.at_mid for one in brackets], term),
        _returns(own, [one.as_run for one in brackets], term),
        _returns("the full spread", [one.at_full_spread for one in brackets], term),
        _spread_out("Break-even fill", [break_even(one) for one in brackets]),
    )
    table = Table(f"Return {term}, had every fill been at ...", columns, rows)
    return (Heading("What the fills decide"), table, Prose(_METHOD))


def break_even(found: Bracket) -> str:
    """The break-even fill in words."""
    if not found.hangs_on_fills:
        return "no fills"
    if found.break_even is not None:
        return f"{found.break_even:.0%} of half"
    return "under 0%" if found.at_mid.final_equity < found.cash_alone else "over 100%"


def _returns(name: str, fills: Sequence[OtherFill], term: Term) -> tuple[Cell, ...]:
    base, *others = fills
    cells: list[Cell] = [name, _return(base, term)]
    for one in others:
        gap = Quantity(term.made(one) - term.made(base), Unit.POINTS, Sign.BOTH)
        cells += [_return(one, term), "" if _emptied(one) or _emptied(base) else gap]
    return tuple(cells)


def _return(fills: OtherFill, term: Term) -> Cell:
    return "emptied" if _emptied(fills) else Quantity(term.made(fills), Unit.RATIO)


def _emptied(fills: OtherFill) -> bool:
    return fills.final_equity <= 0


def _spread_out(name: str, words: Sequence[str]) -> tuple[Cell, ...]:
    """Words of each run, nothing where a difference would stand."""
    first, *others = words
    return (name, first, *(cell for word in others for cell in (word, "")))
