"""Rules that did nothing on the sessions of a run, which no check of a file can know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from hedgerow.account.run import Run
from hedgerow.report.document import Prose


def idle_blocks(runs: Sequence[Run]) -> tuple[Prose, ...]:
    """A sentence for each rule of each run that never opened anything."""
    return tuple(Prose(sentence) for run in runs for sentence in _idle(run, alone=len(runs) == 1))


def _idle(run: Run, *, alone: bool) -> Iterator[str]:
    opened = {trade.rule for trade in run.trades}
    for rule in run.layers:
        if rule not in opened:
            of = "" if alone else f" of {run.name}"
            yield f"Rule {rule}{of} opened nothing on these sessions: {_why(run, rule)}."


def _why(run: Run, rule: str) -> str:
    refused = Counter(found.reason.value for found in run.rejections if found.because.rule == rule)
    if refused:
        reason, times = refused.most_common(1)[0]
        if times == refused.total():
            return f"each of its {times:,} orders was refused: {reason}"
        return f"{refused.total():,} orders were refused, {times:,} of them: {reason}"
    unknown = run.unknown.get(rule, 0)
    if unknown:
        return f"none met its conditions, and on {unknown:,} nobody can tell"
    armed = any(made.rule == rule and made.action == "arm" for made in run.decisions)
    return "none met its conditions" + (" while it was armed" if armed else "")
