"""One run as a document."""

from __future__ import annotations

from hedgerow.account.run import Run
from hedgerow.report.answers import run_answers
from hedgerow.report.assumptions import assumption_blocks, warnings
from hedgerow.report.book_on import book_blocks
from hedgerow.report.charts import drawdown_chart, equity_chart, year_chart
from hedgerow.report.claims import claim_blocks
from hedgerow.report.document import Block, Column, Document, Heading, Prose, Rules, Table
from hedgerow.report.fills import fill_blocks
from hedgerow.report.findings import NOTHING, Findings
from hedgerow.report.idle import idle_blocks
from hedgerow.report.invariants import invariant_blocks
from hedgerow.report.measures import definitions_table, summary_table
from hedgerow.report.quantity import Unit
from hedgerow.report.stress import stress_blocks
from hedgerow.report.term import Term, term_of
from hedgerow.report.trades import trade_blocks
from hedgerow.study.other_fills import bracket
from hedgerow.study.regimes import DEFINITIONS, Regime, regimes
from hedgerow.study.returns import SESSIONS_A_YEAR, daily_returns
from hedgerow.study.statistics import summary
from hedgerow.text.source import Source


def run_report(run: Run, rules: Source, findings: Findings = NOTHING) -> Document:
    """Answer first, then pictures, then what it rests on."""
    found, fills = summary(run), bracket(run)
    term = term_of(found)
    return Document(
        run.name,
        (
            run_answers(found, fills, findings),
            Prose(f"{found.sessions:,} sessions from {found.first} to {found.last}."),
            *warnings([run], findings.claims),
            *idle_blocks([run]),
            Heading("Results"),
            summary_table([found]),
            *fill_blocks([run.name], [fills], term),
            *_over_time(run),
            Heading("Kinds of market"),
            *regime_definitions(),
            _regime_table(run, term),
            *stress_blocks(findings.stress),
            *book_blocks(findings.book),
            *trade_blocks([run]),
            *invariant_blocks([run]),
            *claim_blocks(findings.claims),
            Heading("The rule file"),
            Rules(rules),
            *assumption_blocks([run]),
            Heading("Definitions"),
            definitions_table([found]),
        ),
    )


def _over_time(run: Run) -> tuple[Block, ...]:
    return (
        Heading("Over time"),
        equity_chart([run]),
        drawdown_chart([run]),
        year_chart([run]),
    )


def regime_definitions() -> tuple[Prose, ...]:
    """Every session belongs to one regime, told from closes up to its own."""
    return tuple(
        Prose(f"{regime.value.capitalize()}: {DEFINITIONS[regime]}.") for regime in DEFINITIONS
    )


def _regime_table(run: Run, term: Term) -> Table:
    returns = daily_returns(run.equity)
    kinds = regimes(run.benchmark, run.gauge)[1:]
    columns = (
        Column("Kind"),
        Column("Sessions", Unit.COUNT),
        Column(f"Return {term}", Unit.RATIO),
        Column("Worst day", Unit.RATIO),
    )
    rows = []
    for regime in Regime:
        inside = returns[kinds == regime]
        made = worst = None
        if count := len(inside):
            made = term.told(float(inside.mean()) * SESSIONS_A_YEAR, count)
            worst = float(inside.min())
        rows.append((regime.value, count, made, worst))
    return Table(f"Results by kind of market ({term.from_days})", columns, tuple(rows))
