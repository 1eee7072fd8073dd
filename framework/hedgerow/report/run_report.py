"""One run as a document."""

from __future__ import annotations

from hedgerow.account.run import Run
from hedgerow.report.assumptions import assumption_blocks, warnings
from hedgerow.report.charts import drawdown_chart, equity_chart, layer_chart, year_chart
from hedgerow.report.document import Block, Column, Document, Heading, Prose, Rules, Table
from hedgerow.report.fills import fill_blocks
from hedgerow.report.measures import definitions_table, summary_table
from hedgerow.report.quantity import Quantity, Unit, written
from hedgerow.report.trades import rule_table, trade_table
from hedgerow.study.other_fills import bracket
from hedgerow.study.regimes import DEFINITIONS, Regime, regimes
from hedgerow.study.returns import SESSIONS_A_YEAR, daily_returns
from hedgerow.study.statistics import Summary, summary
from hedgerow.text.source import Source


def run_report(run: Run, rules: Source) -> Document:
    """Answer first, then pictures, then what it rests on."""
    found = summary(run)
    by_rule = layer_chart(run)
    profit: tuple[Block, ...] = (by_rule,) if by_rule else ()
    return Document(
        run.name,
        (
            Prose(_answer(found)),
            *warnings([run]),
            Heading("Results"),
            summary_table([found]),
            *fill_blocks([run.name], [bracket(run)]),
            Heading("Over time"),
            equity_chart([run]),
            drawdown_chart([run]),
            year_chart([run]),
            Heading("Kinds of market"),
            *regime_definitions(),
            _regime_table(run),
            Heading("Rules and trades"),
            *profit,
            rule_table(run),
            trade_table(run),
            Heading("The rule file"),
            Rules(rules),
            *assumption_blocks([run]),
            Heading("Definitions"),
            definitions_table(),
        ),
    )


def regime_definitions() -> tuple[Prose, ...]:
    """Every session belongs to one regime, told from closes up to its own."""
    return tuple(
        Prose(f"{regime.value.capitalize()}: {DEFINITIONS[regime]}.") for regime in DEFINITIONS
    )


def _answer(found: Summary) -> str:
    made = written(Quantity(found.annual_return, Unit.RATIO))
    money = written(Quantity(found.final_equity, Unit.MONEY))
    fell = found.drawdown
    depth = (
        f"{written(Quantity(fell.ratio, Unit.RATIO))} at worst" if fell else "never below a high"
    )
    return (
        f"{made} a year, {depth}, {money} at the end: {found.sessions:,} sessions from "
        f"{found.first} to {found.last}."
    )


def _regime_table(run: Run) -> Table:
    returns = daily_returns(run.equity)
    kinds = regimes(run.benchmark, run.gauge)[1:]
    columns = (
        Column("Regime"),
        Column("Sessions", Unit.COUNT),
        Column("Return a year", Unit.RATIO),
        Column("Worst day", Unit.RATIO),
    )
    rows = []
    for regime in Regime:
        inside = returns[kinds == regime]
        mean = float(inside.mean()) * SESSIONS_A_YEAR if len(inside) else None
        rows.append((regime.value, len(inside), mean, float(inside.min()) if len(inside) else None))
    return Table("Results by kind of market (mean daily return times 252)", columns, tuple(rows))
