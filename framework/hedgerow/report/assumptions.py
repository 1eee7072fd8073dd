"""What the numbers rest on, said before and after them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from hedgerow.account.assumptions import AccountType, FillTiming
from hedgerow.account.run import Run
from hedgerow.report.claims import contradicted_notes
from hedgerow.report.document import Block, Column, Heading, Note, Prose, Table, Weight
from hedgerow.report.invariants import broken_notes
from hedgerow.report.prices import (
    Modelled,
    model_accuracy,
    modelled,
    modelled_prices,
    named_source,
)
from hedgerow.report.quantity import Cell, Quantity, Unit, row
from hedgerow.study.claims import JudgedClaim

_ACCOUNTS = {
    AccountType.REG_T: "margin by Regulation T",
    AccountType.CASH: "cash: nothing borrowed, every worst loss held in cash",
}
_TIMING = {
    FillTiming.NEXT_CLOSE: "the close of the session after the decision",
    FillTiming.SAME_CLOSE: "the close the decision was made on (optimistic)",
}


_HEADING = "Assumptions"


def warnings(runs: Sequence[Run], claims: Sequence[JudgedClaim] = ()) -> tuple[Note, ...]:
    """What must stand above the results: broken promises, modelled prices, optimistic fills."""
    found = []
    if any(run.assumptions.fill is FillTiming.SAME_CLOSE for run in runs):
        found.append(
            "Fills are optimistic: orders trade at the same close whose prices decided them."
        )
    if any(run.assumptions.spread_fraction == 0 for run in runs):
        found.append("Fills are optimistic: every order trades at the mid and pays no spread.")
    prices = _modelled(runs)
    return (
        *broken_notes(runs),
        *contradicted_notes(claims),
        *([Note(modelled_prices(prices), Weight.WARNING, _HEADING)] if prices else []),
        *(Note(text, Weight.WARNING) for text in found),
    )


def assumption_blocks(runs: Sequence[Run]) -> tuple[Block, ...]:
    """Terms, price sources, refused orders, unknown conditions, remarks and fingerprints."""
    tables = (
        _terms(runs),
        _fill_sources(runs),
        _settlement_sources(runs),
        _refused(runs),
        _unknown(runs),
    )
    remarks = dict.fromkeys(note for run in runs for note in run.notes)
    prices = _modelled(runs)
    return (
        Heading(_HEADING),
        *([Prose(model_accuracy(prices))] if prices else []),
        *(Note(text) for text in remarks),
        *(table for table in tables if table.rows),
        _fingerprints(runs),
    )


def _modelled(runs: Sequence[Run]) -> Modelled | None:
    return modelled([fill for run in runs for fill in run.fills])


def _terms(runs: Sequence[Run]) -> Table:
    terms: tuple[tuple[str, Callable[[Run], Cell]], ...] = (
        ("First session", lambda run: str(run.sessions[0])),
        ("Last session", lambda run: str(run.sessions[-1])),
        ("Sessions", lambda run: Quantity(len(run.sessions), Unit.COUNT)),
        ("Capital at the start", lambda run: Quantity(run.assumptions.capital, Unit.MONEY)),
        ("Orders fill at", lambda run: _TIMING[run.assumptions.fill]),
        ("Half spread paid, each leg", lambda run: f"{run.assumptions.spread_fraction:.0%}"),
        ("Fee schedule", lambda run: run.assumptions.costs),
        ("Account", lambda run: _ACCOUNTS[run.assumptions.account]),
        ("Cash earns", lambda run: "the 3-month rate" if run.assumptions.interest else "nothing"),
        ("Shares earn", lambda run: "dividends" if run.assumptions.dividends else "no dividends"),
    )
    rows = tuple(row(name, *(read(run) for run in runs)) for name, read in terms)
    if all(len(set(cells)) == 1 for _, *cells in rows):
        shared = (Column("Assumption"), Column("every run"))
        return Table("Terms", shared, tuple(cells[:2] for cells in rows))
    return Table("Terms", _columns("Assumption", runs), rows)


def _fill_sources(runs: Sequence[Run]) -> Table:
    return _shares("Where fill prices came from", "fills", runs, [run.sources for run in runs])


def _settlement_sources(runs: Sequence[Run]) -> Table:
    counts = [run.settlements for run in runs]
    return _shares("Where settlement values came from", "settlements", runs, counts)


def _shares(
    caption: str, counted: str, runs: Sequence[Run], counts: Sequence[dict[str, int]]
) -> Table:
    """What share each source has, and of how many; no rows where there are none."""
    totals = [sum(count.values()) for count in counts]
    rows = [
        row(
            named_source(source),
            *(
                count.get(source, 0) / (total or 1)
                for count, total in zip(counts, totals, strict=True)
            ),
        )
        for source in _keys(counts)
    ]
    if rows:
        rows.append(row(f"all {counted}", *(Quantity(total, Unit.COUNT) for total in totals)))
    return Table(caption, _columns("Source", runs, Unit.RATIO), tuple(rows))


def _refused(runs: Sequence[Run]) -> Table:
    counted = [Counter(found.reason.value for found in run.rejections) for run in runs]
    rows = tuple(
        row(reason, *(count.get(reason, 0) for count in counted)) for reason in _keys(counted)
    )
    return Table("Refused orders by reason", _columns("Reason", runs, Unit.COUNT), rows)


def _unknown(runs: Sequence[Run]) -> Table:
    rows = tuple(
        row(rule, *(run.unknown.get(rule, 0) for run in runs))
        for rule in _keys(run.unknown for run in runs)
    )
    return Table(
        "Sessions on which a condition could not be known (data missing or not enough history)",
        _columns("Rule", runs, Unit.COUNT),
        rows,
    )


def _fingerprints(runs: Sequence[Run]) -> Table:
    """Short forms; `run.json` has them whole."""
    names = ("rules", "market", "assumptions", "framework")
    rows = tuple(
        row(name, *(getattr(run.fingerprints, name)[:12] for run in runs)) for name in names
    )
    caption = "Fingerprints, first twelve characters (the same ones give the same run)"
    return Table(caption, _columns("Of", runs), rows)


def _columns(first: str, runs: Sequence[Run], unit: Unit = Unit.TEXT) -> tuple[Column, ...]:
    return (Column(first), *(Column(run.name, unit) for run in runs))


def _keys(tables: Iterable[Iterable[str]]) -> list[str]:
    return sorted({key for table in tables for key in table})
