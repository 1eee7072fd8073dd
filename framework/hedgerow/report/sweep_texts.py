"""A sweep for programs: JSON, and a table with a row a version."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from msgspec import to_builtins

from hedgerow.account.run import Run
from hedgerow.report.to_json import FORMAT_VERSION
from hedgerow.study.sweep import Sweep

_RESULTS = ("final_equity", "annual_return", "volatility", "sharpe", "sortino", "trades",
            "win_rate", "average_days", "costs")  # fmt: skip


def sweep_json(sweep: Sweep, run: Run, refused: Sequence[str] = ()) -> str:
    """Ends with a line end; money in cents, ratios of one; the same sweep, the same text."""
    content = {
        "format_version": FORMAT_VERSION,
        "kind": "sweep",
        "name": run.name,
        "fingerprints": to_builtins(run.fingerprints),
        "assumptions": to_builtins(run.assumptions),
        "price_sources": dict(sorted(run.sources.items())),
        "by": sweep.goal,
        "params": sweep.params,
        "as_written": sweep.written,
        "versions": [_version(sweep, at) for at in range(len(sweep.made))],
        "refused": list(refused),
        "cash_alone": sweep.cash_alone,
        "effects": to_builtins(sweep.effects),
        "luck": to_builtins(sweep.luck),
        "walk": to_builtins(sweep.walk),
    }
    return json.dumps(content, indent=2, allow_nan=False) + "\n"


def _version(sweep: Sweep, at: int) -> dict[str, Any]:
    return {
        "settings": dict(zip(sweep.params, sweep.settings[at], strict=True)),
        "rank": sweep.rank(at),
        "value": sweep.values[at],
        "results": _results(sweep, at),
    }


def _results(sweep: Sweep, at: int) -> dict[str, Any]:
    found = sweep.made[at].summary
    fall = found.drawdown.ratio if found.drawdown else 0.0
    return {**{name: getattr(found, name) for name in _RESULTS}, "max_drawdown": -fall}


def sweep_csv(sweep: Sweep) -> str:
    """In the order of ranks; empty where a number does not exist."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    names = list(_results(sweep, sweep.written))
    lines.writerow(["rank", *sweep.params, *names])
    for at in sweep.ranking:
        results = _results(sweep, at)
        lines.writerow([sweep.rank(at), *sweep.settings[at], *(results[name] for name in names)])
    return text.getvalue()
