"""Variants against a baseline as a document."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from hedgerow.account.run import Run
from hedgerow.report.answers import comparison_answers
from hedgerow.report.assumptions import assumption_blocks, warnings
from hedgerow.report.charts import drawdown_chart, equity_chart, year_chart
from hedgerow.report.claims import claim_blocks
from hedgerow.report.document import Block, Column, Document, Heading, Prose, Rules, Table
from hedgerow.report.fills import fill_blocks
from hedgerow.report.findings import NOTHING, Findings
from hedgerow.report.idle import idle_blocks
from hedgerow.report.invariants import invariant_blocks
from hedgerow.report.measures import definitions_table, summary_table
from hedgerow.report.quantity import Cell, Quantity, Range, Sign, Unit, Word
from hedgerow.report.run_report import regime_definitions
from hedgerow.report.side_by_side import side_by_side
from hedgerow.report.stress import stress_blocks
from hedgerow.report.term import Term, term_of
from hedgerow.report.trades import trade_blocks
from hedgerow.study.compare import FEWEST_SESSIONS, Comparison, Difference, Pair, Verdict
from hedgerow.text.source import Source

_WORTH_SAYING = 252  # sessions that two runs share before they part
_TONES = {Verdict.BETTER: "good", Verdict.WORSE: "bad"}


def comparison_report(
    comparison: Comparison, sources: Sequence[Source], findings: Findings = NOTHING
) -> Document:
    """`sources`: the rule text of each run, in the order of `comparison.runs` (baseline first).

    ValueError where their number differs from that of the runs.
    """
    if len(sources) != len(comparison.runs):
        raise ValueError(f"{len(sources)} rule texts for {len(comparison.runs)} runs")
    return Document(
        _title(comparison),
        (
            comparison_answers(comparison, findings),
            Prose(_stretch(comparison)),
            *warnings(comparison.runs, findings.claims),
            *idle_blocks(comparison.runs),
            *_verdicts(comparison),
            *_fills(comparison),
            Heading("Results side by side"),
            summary_table(comparison.summaries),
            *_pictures(comparison),
            *_kinds_of_market(comparison),
            *stress_blocks(findings.stress),
            *trade_blocks(comparison.runs),
            *invariant_blocks(comparison.runs),
            *claim_blocks(findings.claims),
            Heading("The rule files"),
            *(Rules(after, sources[0]) for after in sources[1:]),
            *assumption_blocks(comparison.runs),
            Heading("Definitions"),
            definitions_table(comparison.summaries),
        ),
    )


def _title(comparison: Comparison) -> str:
    variants = [run.name for run in comparison.runs[1:]]
    named = " and ".join(variants) if len(variants) < 3 else f"{len(variants)} variants"
    return f"{named} against {comparison.baseline.name}"


def _stretch(comparison: Comparison) -> str:
    base = comparison.summaries[0]
    said = [f"{base.sessions:,} common sessions from {base.first} to {base.last}."]
    for run in comparison.runs[1:]:
        alike = _alike(run, comparison.baseline)
        if alike == base.sessions:
            said.append(f"{run.name} and {base.name} never differ.")
        elif alike >= _WORTH_SAYING:
            since = f"{run.sessions[alike]}, after {alike:,} sessions"
            said.append(f"{run.name} and {base.name} first differ on {since}.")
    return " ".join(said)


def _alike(run: Run, base: Run) -> int:
    """Sessions before the first on which the two are worth something else."""
    differ = np.flatnonzero(run.equity != base.equity)
    return int(differ[0]) if len(differ) else len(base.equity)


def _verdicts(comparison: Comparison) -> tuple[Block, ...]:
    drawn, term = comparison.resampling, term_of(comparison.summaries[0])
    columns = (
        Column("Variant and measure"),
        Column("Difference", Unit.NUMBER),
        Column(f"{_percent(comparison)} interval", Unit.NUMBER),
        Column("Verdict"),
    )
    rows = tuple(row for pair in comparison.pairs for row in _verdict_rows(comparison, pair, term))
    method = (
        "Differences are of daily returns on the same sessions, without compounding: their "
        f"{'sum' if term is Term.IN_ALL else 'mean, times 252'}, in percentage points (pp). "
        f"Intervals: percentiles of {drawn.repetitions:,} stationary-bootstrap resamples, the same "
        f"sessions drawn for every run, blocks of {drawn.block} sessions on average, seed "
        f"{drawn.seed}. A verdict is better or worse only where the whole interval lies on that "
        f"side of zero; under {FEWEST_SESSIONS} sessions none is given."
    )
    return (
        Heading("Is the difference real?"),
        Table(f"Against {comparison.baseline.name}", columns, rows),
        Prose(method),
    )


def _verdict_rows(comparison: Comparison, pair: Pair, term: Term) -> list[tuple[Cell, ...]]:
    name = comparison.runs[pair.variant].name
    made = "return in all" if term is Term.IN_ALL else "mean return a year"
    measures = (
        (made, term.told_difference(pair.annual_return), Unit.POINTS),
        ("Sharpe ratio", pair.sharpe, Unit.NUMBER),
    )
    return [
        (f"{name}: {measure}", *_difference_cells(found, unit))
        for measure, found, unit in measures
        if found is not None
    ]


def _difference_cells(found: Difference, unit: Unit) -> tuple[Cell, Cell, Cell]:
    ends = found.interval
    return (
        Quantity(found.value, unit, Sign.BOTH),
        Range(ends.low, ends.high, unit) if ends else None,
        Word(found.verdict.value, _TONES.get(found.verdict, "plain")),
    )


def _fills(comparison: Comparison) -> tuple[Block, ...]:
    names = [run.name for run in comparison.runs]
    return fill_blocks(names, comparison.brackets, term_of(comparison.summaries[0]))


def _pictures(comparison: Comparison) -> tuple[Block, ...]:
    runs = comparison.runs
    return (
        Heading("Over time"),
        equity_chart(runs),
        drawdown_chart(runs),
        replace(year_chart(runs), table=_year_table(comparison)),
    )


def _year_table(comparison: Comparison) -> Table:
    """A year holds too few months for an interval that says anything."""
    names = [run.name for run in comparison.runs]
    runs = side_by_side(names, Unit.RATIO, Unit.POINTS)
    columns = (Column("Year"), Column("Sessions", Unit.COUNT), *runs)
    rows = []
    for year in comparison.years:
        cells: list[Cell] = [str(year.year), year.sessions, year.returns[0]]
        for made in year.returns[1:]:
            cells += [made, Quantity(made - year.returns[0], Unit.POINTS, Sign.BOTH)]
        rows.append(tuple(cells))
    return Table("Calendar years side by side", columns, tuple(rows))


def _kinds_of_market(comparison: Comparison) -> tuple[Block, ...]:
    tables = tuple(_regime_table(comparison, pair.variant) for pair in comparison.pairs)
    return (Heading("Kinds of market"), *regime_definitions(), *tables)


def _regime_table(comparison: Comparison, variant: int) -> Table:
    names = [comparison.baseline.name, comparison.runs[variant].name]
    term = term_of(comparison.summaries[0])
    columns = (
        Column("Kind"),
        Column("Sessions", Unit.COUNT),
        *(Column(name, Unit.RATIO) for name in names),
        Column("Difference", Unit.POINTS),
        Column(f"{_percent(comparison)} interval", Unit.POINTS),
        Column("Verdict"),
    )
    rows = []
    for row in comparison.regimes:
        found = row.differences[variant]
        told = term.told_difference(found) if found else None
        cells = _difference_cells(told, Unit.POINTS) if told else (None, None, "no sessions")
        both = (row.returns[0], row.returns[variant])
        made = (one if one is None else term.told(one, row.sessions) for one in both)
        rows.append((row.regime.value, row.sessions, *made, *cells))
    caption = f"Return {term} by kind of market: {names[1]} against {names[0]}"
    return Table(caption, columns, tuple(rows))


def _percent(comparison: Comparison) -> str:
    return f"{comparison.resampling.level:.0%}"
