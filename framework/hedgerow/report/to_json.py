"""Results for programs: stable keys, money in cents, ratios of one, ISO dates, null for none."""

from __future__ import annotations

import json
import math
from collections import Counter
from datetime import date
from typing import Any

from msgspec import to_builtins

from hedgerow.account.run import Run
from hedgerow.report.findings import NOTHING, Findings
from hedgerow.report.term import Term, term_of
from hedgerow.study.claims import JudgedClaim, JudgedPromise
from hedgerow.study.compare import Comparison, Difference
from hedgerow.study.other_fills import Bracket, bracket
from hedgerow.study.regimes import DEFINITIONS
from hedgerow.study.statistics import Summary, summary

FORMAT_VERSION = "1.0"


def to_json(subject: Run | Comparison, findings: Findings = NOTHING) -> str:
    """A run or a comparison as JSON text; ends with a line end; the same subject, the same text."""
    found = _comparison(subject) if isinstance(subject, Comparison) else _run(subject)
    content = {
        "format_version": FORMAT_VERSION,
        **found,
        "claims": [_claim(each) for each in findings.claims],
        "stress": to_builtins(findings.stress),
        "book": to_builtins(findings.book),
    }
    return json.dumps(content, indent=2, allow_nan=False, default=_plain) + "\n"


def _run(run: Run) -> dict[str, Any]:
    return {"kind": "run", **_facts(run, summary(run), bracket(run))}


def _facts(run: Run, found: Summary, fills: Bracket) -> dict[str, Any]:
    return {
        "name": run.name,
        "fingerprints": to_builtins(run.fingerprints),
        "assumptions": to_builtins(run.assumptions),
        "results": {**to_builtins(found), "costs": found.costs},
        "other_fills": to_builtins(fills),
        "layers": {rule: int(profit[-1]) for rule, profit in run.layers.items()},
        "price_sources": dict(sorted(run.sources.items())),
        "settlement_sources": dict(sorted(run.settlements.items())),
        "rejections": dict(
            sorted(Counter(refused.reason.value for refused in run.rejections).items())
        ),
        "unknown_sessions": dict(sorted(run.unknown.items())),
        "invariants": [
            {**to_builtins(kept), "outcome": kept.outcome.value} for kept in run.invariants
        ],
        "notes": [*run.notes, *_of_a_short_run(found)],
    }


def _of_a_short_run(found: Summary) -> tuple[str, ...]:
    if term_of(found) is Term.A_YEAR:
        return ()
    return ("less than a year: `growth` is what was made in all, rates a year are no forecast",)


def _comparison(comparison: Comparison) -> dict[str, Any]:
    facts = zip(comparison.runs, comparison.summaries, comparison.brackets, strict=True)
    return {
        "kind": "comparison",
        "baseline": comparison.baseline.name,
        "runs": [_facts(*each) for each in facts],
        "differences": [
            {
                "variant": comparison.runs[pair.variant].name,
                "annual_return": _difference(pair.annual_return),
                "sharpe": _difference(pair.sharpe),
            }
            for pair in comparison.pairs
        ],
        "years": [to_builtins(year) for year in comparison.years],
        "regimes": [
            {
                "regime": row.regime.value,
                "definition": DEFINITIONS[row.regime],
                "sessions": row.sessions,
                "returns": row.returns,
                "differences": [_difference(found) for found in row.differences],
            }
            for row in comparison.regimes
        ],
        "resampling": to_builtins(comparison.resampling),
    }


def _claim(claim: JudgedClaim) -> dict[str, Any]:
    trades = claim.trades or (None, None)
    return {
        "strategy": claim.strategy,
        "baseline": claim.baseline,
        "text": claim.text,
        "verdict": claim.standing.value,
        "why": claim.why,
        "trades": trades[0],
        "baseline_trades": trades[1],
        "resampling": to_builtins(claim.resampling),
        "promises": [_promise(each) for each in claim.promises],
    }


def _promise(promise: JudgedPromise) -> dict[str, Any]:
    """Dollars, days and ratios of one; null where a number does not exist or has no end."""
    margin = promise.margin
    return {
        "text": promise.text,
        "verdict": promise.standing.value,
        "measured": {each.name: _finite(each.value) for each in promise.measured},
        "margin": _finite(margin.value) if margin else None,
        "interval": to_builtins(margin.interval) if margin else None,
        "held": promise.held,
    }


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _difference(found: Difference | None) -> dict[str, Any] | None:
    return {**to_builtins(found), "verdict": found.verdict.value} if found else None


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON form for {value!r}")
