"""What the numbers rest on, said before and after them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from hedgerow.account.assumptions import FillTiming
from hedgerow.account.run import Run
from hedgerow.report.document import Block, Column, Heading, Note, Table, Weight
from hedgerow.report.quantity import Cell, Quantity, Unit, row

# Which series a pricing model reads, by the letter in a fill's source `model:B`.
_MODELS = {
    "A": "SPX, VIX and the other VIX tenors at hand",
    "B": "SPX and VIX alone",
    "S": "SPX, VIX, its tenors and SKEW",
}
# Half and nine tenths of the credits tested lay within these distances of the real ones.
_ACCURACY = "10% half of the time and within 20%"
_ACCURACY_WITH_SKEW = "7% half of the time and within 14%"

_TIMING = {
    FillTiming.NEXT_CLOSE: "the close of the session after the decision",
    FillTiming.SAME_CLOSE: "the close the decision was made on (optimistic)",
}


def warnings(runs: Sequence[Run]) -> tuple[Note, ...]:
    """What must stand above the results: modelled prices, optimistic fills."""
    found = [_modelled(runs)] if _models(runs) else []
    if any(run.assumptions.fill is FillTiming.SAME_CLOSE for run in runs):
        found.append(
            "Fills are optimistic: orders trade at the same close whose prices decided them."
        )
    return tuple(Note(text, Weight.WARNING) for text in found)


def assumption_blocks(runs: Sequence[Run]) -> tuple[Block, ...]:
    """Terms, price sources, refused orders, unknown conditions, remarks and fingerprints."""
    tables = (_terms(runs), _price_sources(runs), _refused(runs), _unknown(runs))
    remarks = dict.fromkeys(note for run in runs for note in run.notes)
    return (
        Heading("Assumptions"),
        *(Note(text) for text in remarks),
        *(table for table in tables if table.rows),
        _fingerprints(runs),
    )


def _models(runs: Iterable[Run]) -> list[str]:
    sources = {source for run in runs for source in run.sources}
    return sorted(source[6:] for source in sources if source.startswith("model:"))


def _modelled(runs: Sequence[Run]) -> str:
    """The accuracy of modelled prices, measured against real chains."""
    models = _models(runs)
    fills = sum(count for run in runs for count in run.sources.values())
    modelled = sum(
        count
        for run in runs
        for source, count in run.sources.items()
        if source.startswith("model:")
    )
    made_from = "; ".join(
        f"mode {mode}, from {_MODELS.get(mode, 'series named in the notes')}" for mode in models
    )
    accuracy = _ACCURACY_WITH_SKEW if models == ["S"] else _ACCURACY
    return (
        f"Option prices are modelled, not quoted ({made_from}): {modelled:,} of {fills:,} fills. "
        "Checked against real option chains of 16 dates from 2011 to 2025, with VIX between 13 and "
        "28, the model's credit for a 45-day iron condor (short at 16 delta, wings at 5) came "
        f"within {accuracy} nine times in ten. Above VIX 28 the smile is extrapolated."
    )


def _terms(runs: Sequence[Run]) -> Table:
    terms: tuple[tuple[str, Callable[[Run], Cell]], ...] = (
        ("First session", lambda run: str(run.sessions[0])),
        ("Last session", lambda run: str(run.sessions[-1])),
        ("Sessions", lambda run: Quantity(len(run.sessions), Unit.COUNT)),
        ("Capital at the start", lambda run: Quantity(run.assumptions.capital, Unit.MONEY)),
        ("Orders fill at", lambda run: _TIMING[run.assumptions.fill]),
        ("Half spread paid, each leg", lambda run: f"{run.assumptions.spread_fraction:.0%}"),
        ("Fee schedule", lambda run: run.assumptions.costs),
        ("Cash earns", lambda run: "the 3-month rate" if run.assumptions.interest else "nothing"),
        ("Shares earn", lambda run: "dividends" if run.assumptions.dividends else "no dividends"),
    )
    rows = tuple(row(name, *(read(run) for run in runs)) for name, read in terms)
    return Table("Terms", _columns("Assumption", runs), rows)


def _price_sources(runs: Sequence[Run]) -> Table:
    """Share of fills by where their prices came from."""
    totals = [sum(run.sources.values()) or 1 for run in runs]
    rows = tuple(
        row(
            source,
            *(run.sources.get(source, 0) / total for run, total in zip(runs, totals, strict=True)),
        )
        for source in _keys(run.sources for run in runs)
    )
    return Table("Where fill prices came from", _columns("Source", runs, Unit.RATIO), rows)


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
