"""Trades as tables: by rule, and one by one."""

from __future__ import annotations

from collections.abc import Sequence

from hedgerow.account.order import Leg
from hedgerow.account.run import Run, Trade
from hedgerow.report.charts import layer_chart
from hedgerow.report.document import Block, Column, Extent, Heading, Prose, Table
from hedgerow.report.quantity import Cell, Unit

MOST_TRADES = 400  # of one run on a page; the files have all


def trade_blocks(runs: Sequence[Run]) -> tuple[Block, ...]:
    """What rules and trades came to, of the runs that traded."""
    traded = [run for run in runs if run.trades]
    return (
        Heading("Rules and trades"),
        *(layer_chart(run) for run in traded),
        *(rule_table(run) for run in traded),
        *(trade_table(run) for run in traded),
        *(Prose(f"{run.name} never traded.") for run in runs if not run.trades),
    )


def rule_table(run: Run) -> Table:
    """What each rule that traded did, in file order."""
    by_rule: dict[str, list[Trade]] = {rule: [] for rule in run.layers}
    for trade in run.trades:
        by_rule.setdefault(trade.rule, []).append(trade)
    columns = (
        Column("Rule"),
        Column("Trades", Unit.COUNT),
        Column("Won", Unit.RATIO),
        Column("Days", Unit.DAYS),
        Column("Fees", Unit.MONEY),
        Column("Spread", Unit.MONEY),
        Column("Result", Unit.MONEY),
        Column("Worst", Unit.MONEY),
    )
    rows = tuple(_rule_row(rule, trades) for rule, trades in by_rule.items() if trades)
    caption = (
        f"Trades by rule: {run.name}, open ones included (days held on average; the worst single "
        "trade)"
    )
    return Table(caption, columns, rows)


def trade_table(run: Run) -> Table:
    """Every trade, or the `MOST_TRADES` that made or lost most, in order of opening."""
    shown = run.trades
    caption = f"Trades: {run.name}, all {len(shown):,}"
    if len(shown) > MOST_TRADES:
        largest = sorted(shown, key=lambda trade: -abs(trade.result))[:MOST_TRADES]
        shown = tuple(sorted(largest, key=lambda trade: (trade.opened, trade.position)))
        caption = (
            f"Trades: {run.name}, the {MOST_TRADES} with the largest gain or loss of "
            f"{len(run.trades):,}; all of them are written by run --out"
        )
    columns = (
        Column("Rule"),
        Column("Opened"),
        Column("Closed"),
        Column("Days", Unit.COUNT),
        Column("Size", Unit.COUNT),
        Column("Credit or cost", Unit.MONEY),
        Column("Fees", Unit.MONEY),
        Column("Result", Unit.MONEY),
        Column("Why it ended"),
        Column("Legs"),
    )
    return Table(caption, columns, tuple(_trade_row(trade) for trade in shown), Extent.SEARCH)


def legs_in_full(legs: Sequence[Leg]) -> str:
    """`short_put -1 SPXW 2020-01-17 3200 put; ...`"""
    return "; ".join(f"{leg.name} {leg.ratio:+d} {leg.contract}" for leg in legs)


def legs_in_short(legs: Sequence[Leg]) -> str:
    """`SPXW 2020-01-17: +1 3150 put, -1 3200 put`: what all contracts of a kind share, once."""
    groups: dict[str, list[str]] = {}
    for leg in legs:
        shared, *own = str(leg.contract).rsplit(" ", 2)
        groups.setdefault(shared, []).append(f"{leg.ratio:+d} {' '.join(own)}")
    return "; ".join(f"{shared}: {', '.join(own)}" for shared, own in groups.items())


def _rule_row(rule: str, trades: Sequence[Trade]) -> tuple[Cell, ...]:
    count = len(trades)
    return (
        rule,
        count,
        sum(trade.result > 0 for trade in trades) / count,
        sum(trade.days for trade in trades) / count,
        sum(trade.fees for trade in trades),
        sum(trade.slippage for trade in trades),
        sum(trade.result for trade in trades),
        min(trade.result for trade in trades),
    )


def _trade_row(trade: Trade) -> tuple[Cell, ...]:
    return (
        trade.rule,
        trade.opened,
        trade.closed or "still open",
        trade.days,
        trade.units,
        trade.opening,
        trade.fees,
        trade.result,
        trade.reason,
        legs_in_short(trade.legs),
    )
