"""How runs kept the invariants of their rules."""

from __future__ import annotations

from collections.abc import Sequence

from hedgerow.account.run import Kept, Outcome, Run
from hedgerow.report.document import Block, Column, Heading, Note, Table, Weight
from hedgerow.report.quantity import Cell, Unit, Word
from hedgerow.text.in_words import counted

_TONES = {Outcome.HELD: "good", Outcome.BROKEN: "bad", Outcome.INCONCLUSIVE: "plain"}

_CAPTION = (
    "Sessions that could break each, that did, and on which nobody can tell; owed: set off so late "
    "that the data end first"
)


def broken_notes(runs: Sequence[Run]) -> tuple[Note, ...]:
    """A warning each, with what stood there on the first day."""
    return tuple(
        Note(_said(run, kept, named=len(runs) > 1), Weight.WARNING)
        for run in runs
        for kept in run.invariants
        if kept.outcome is Outcome.BROKEN
    )


def invariant_blocks(runs: Sequence[Run]) -> tuple[Block, ...]:
    """A table of all of them; nothing where the rules have none."""
    kept = [(run, each) for run in runs for each in run.invariants]
    if not kept:
        return ()
    first = (Column("Strategy"),) if len(runs) > 1 else ()
    columns = (
        *first,
        Column("Invariant"),
        Column("Outcome"),
        Column("Sessions", Unit.COUNT),
        Column("Broken", Unit.COUNT),
        Column("Unknown", Unit.COUNT),
        Column("Owed", Unit.COUNT),
        Column("First"),
    )
    rows = tuple(_row(run, each, named=len(runs) > 1) for run, each in kept)
    return (Heading("Invariants"), Table(_CAPTION, columns, rows))


def _row(run: Run, kept: Kept, *, named: bool) -> tuple[Cell, ...]:
    return (
        *((run.name,) if named else ()),
        _title(kept),
        _outcome(kept),
        kept.occasions,
        kept.broken,
        kept.unknown,
        kept.waiting,
        kept.first.isoformat() if kept.first else "",
    )


def _outcome(kept: Kept) -> Word:
    """What held because nothing could have broken it is not praised for it."""
    if kept.outcome is Outcome.HELD and not kept.tried:
        return Word("untried", "plain")
    return Word(kept.outcome.value, _TONES[kept.outcome])


def _title(kept: Kept) -> str:
    return f"{kept.label}: {kept.text}" if kept.label else kept.text


def _said(run: Run, kept: Kept, *, named: bool) -> str:
    whose = f"{run.name} broke" if named else "broken"
    days = counted(kept.broken, "session")
    values = ", ".join(f"{each.text} was {each.value}" for each in kept.seen)
    there = f": {values}" if values else ""
    return f"{whose} `{_title(kept)}` on {days}, first on {kept.first}{there} ({kept.place})"
