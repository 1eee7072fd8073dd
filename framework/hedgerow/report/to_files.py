"""A run as the files of `--out`: dollars with two decimals, ISO dates, the same bytes each time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

import numpy as np

from hedgerow.account.execution import price_again
from hedgerow.account.package import package_of
from hedgerow.account.run import Run
from hedgerow.report.findings import NOTHING, Findings
from hedgerow.report.to_json import to_json
from hedgerow.report.trades import legs_in_full
from hedgerow.study.other_fills import FULL
from hedgerow.study.returns import drawdown

Field = str | int
Record = tuple[Field, ...]


def run_files(run: Run, findings: Findings = NOTHING) -> dict[str, str]:
    """The texts of the files, by name."""
    return {
        "run.json": to_json(run, findings),
        "equity.csv": _table(_equity(run)),
        "trades.csv": _table(_trades(run)),
        "fills.csv": _table(_fills(run)),
        "decisions.csv": _table(_decisions(run)),
        "ledger.csv": _table(_ledger(run)),
        "invariants.csv": _table(_invariants(run)),
    }


def _table(records: Iterable[Record]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(records)
    return text.getvalue()


def _equity(run: Run) -> Iterator[Record]:
    yield ("date", "equity", "cash", "margin", "drawdown", *run.layers)
    days = np.datetime_as_string(run.sessions, unit="D").tolist()
    money = [run.equity, run.cash, run.margin, *run.layers.values()]
    columns = [[_dollars(amount) for amount in series.tolist()] for series in money]
    # The zero added turns a -0 at a high into 0.
    depth = [f"{ratio + 0.0:.6f}" for ratio in np.round(drawdown(run.equity), 6).tolist()]
    yield from zip(days, *columns[:3], depth, *columns[3:], strict=True)


def _trades(run: Run) -> Iterator[Record]:
    yield ("position", "rule", "opened", "closed", "reason", "legs", "contracts", "opening",
           "result", "fees", "slippage", "days")  # fmt: skip
    for trade in run.trades:
        yield (
            trade.position,
            trade.rule,
            trade.opened.isoformat(),
            trade.closed.isoformat() if trade.closed else "",
            trade.reason,
            legs_in_full(trade.legs),
            trade.units,
            _dollars(trade.opening),
            _dollars(trade.result),
            _dollars(trade.fees),
            _dollars(trade.slippage),
            trade.days,
        )


def _fills(run: Run) -> Iterator[Record]:
    yield ("date", "order", "position", "rule", "action", "legs", "contracts", "price", "mid",
           "full_spread", "cash", "fee", "slippage", "source", "decided", "reason",
           "place")  # fmt: skip
    for fill in run.fills:
        order = fill.order
        yield (
            fill.at.isoformat(),
            order.id,
            order.position,
            order.because.rule,
            order.action.value,
            legs_in_full(order.legs),
            order.units,
            f"{fill.price:.4f}",
            f"{fill.mid:.4f}",
            f"{price_again(fill, package_of(fill.order.legs), FULL):.4f}",
            _dollars(fill.cash),
            _dollars(fill.fee),
            _dollars(fill.slippage),
            fill.source,
            order.decided.isoformat(),
            order.because.reason,
            order.because.place,
        )


def _decisions(run: Run) -> Iterator[Record]:
    yield ("date", "rule", "action", "reason", "place")
    for made in run.decisions:
        yield (made.at.isoformat(), made.rule, made.action, made.reason, made.place)


def _ledger(run: Run) -> Iterator[Record]:
    """A row a posting; rows of one entry sum to zero. Contracts stand on an entry's first row."""
    yield ("date", "entry", "kind", "position", "account", "amount", "contracts", "because")
    for number, entry in enumerate(run.entries, 1):
        contracts = "; ".join(f"{count:+d} {contract}" for contract, count in entry.contracts)
        position = "" if entry.position is None else entry.position
        for place, (account, amount) in enumerate(entry.postings):
            moved = "" if place else contracts
            yield (entry.at.isoformat(), number, entry.kind, position, account, _dollars(amount),
                   moved, entry.because)  # fmt: skip


def _invariants(run: Run) -> Iterator[Record]:
    """A row an invariant, with what stood there when it first broke."""
    yield ("invariant", "label", "outcome", "sessions", "occasions", "broken", "unknown", "owed",
           "first", "seen", "place")  # fmt: skip
    for kept in run.invariants:
        yield (
            kept.text,
            kept.label,
            kept.outcome.value,
            kept.sessions,
            kept.occasions,
            kept.broken,
            kept.unknown,
            kept.waiting,
            kept.first.isoformat() if kept.first else "",
            "; ".join(f"{each.text} was {each.value}" for each in kept.seen),
            kept.place,
        )


def _dollars(amount: int) -> str:
    """Cents as `-1234.50`."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"
