"""Runs cut to the sessions all of them have, so that they can be compared in pairs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from hedgerow.account.run import Run
from hedgerow.study.fault import StudyFault
from hedgerow.study.returns import Sessions
from hedgerow.study.statistics import day


def aligned(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Each run on the common sessions; a run that has no others comes back as it is.

    Raises `StudyFault` where fewer than two sessions are common.
    """
    common = reduce(np.intersect1d, [run.sessions for run in runs])
    if len(common) < 2:
        raise StudyFault(
            ", ".join(run.name for run in runs),
            f"these runs have {len(common)} sessions in common, a comparison needs two",
            "run them on overlapping dates",
        )
    return tuple(_cut(run, common) for run in runs)


def _cut(run: Run, common: Sessions) -> Run:
    """The run on `common`: trades opened and fills made from its first session to its last.

    A layer's profit starts from zero at the first common session.
    """
    if len(common) == len(run.sessions):
        return run
    kept = np.isin(run.sessions, common)
    first, last = day(common[0]), day(common[-1])
    return replace(
        run,
        sessions=common,
        equity=run.equity[kept],
        cash=run.cash[kept],
        margin=run.margin[kept],
        layers={rule: _from_zero(profit[kept]) for rule, profit in run.layers.items()},
        benchmark=run.benchmark[kept],
        gauge=run.gauge[kept],
        rate=None if run.rate is None else run.rate[kept],
        entries=tuple(entry for entry in run.entries if first < entry.at <= last),
        trades=tuple(trade for trade in run.trades if first <= trade.opened <= last),
        fills=tuple(fill for fill in run.fills if first <= fill.at <= last),
        rejections=tuple(found for found in run.rejections if first <= found.at <= last),
        irr=None,  # what trades outside of these sessions tied up can't be taken out of it
        notes=(*run.notes, f"Only the {len(common):,} sessions common to all runs are compared."),
    )


def _from_zero(profit: NDArray[np.int64]) -> NDArray[np.int64]:
    started: NDArray[np.int64] = profit - profit[0]
    return started
