from __future__ import annotations

import json

import pytest
from hedgerow.report.to_json import to_json
from hedgerow.study.compare import compare

from tests.study.synthetic_runs import core, unhedged

RUN_KEYS = [
    "name",
    "fingerprints",
    "assumptions",
    "results",
    "other_fills",
    "layers",
    "price_sources",
    "settlement_sources",
    "rejections",
    "unknown_sessions",
    "invariants",
    "notes",
]


@pytest.fixture(scope="module")
def comparison():
    return compare([unhedged(300), core(300)], repetitions=20)


def test_a_run_has_its_keys_and_plain_values(comparison):
    found = json.loads(to_json(comparison.runs[1]))
    assert list(found) == ["format_version", "kind", *RUN_KEYS, "claims", "stress", "book"]
    assert found["format_version"] == "1.0"
    assert found["results"]["final_equity"] == comparison.summaries[1].final_equity
    assert found["results"]["first"] == "2007-01-02"
    assert found["results"]["bought"]["rules"] == ["hedge.first", "hedge.second"]
    assert found["rejections"] == {"not enough margin free": 2, "no such expiry listed that day": 1}


def test_a_comparison_has_its_keys_and_verdicts(comparison):
    found = json.loads(to_json(comparison))
    assert list(found) == [
        "format_version",
        "kind",
        "baseline",
        "runs",
        "differences",
        "years",
        "regimes",
        "resampling",
        "claims",
        "stress",
        "book",
    ]
    assert found["baseline"] == "alvh/unhedged"
    assert [list(run) for run in found["runs"]] == [RUN_KEYS, RUN_KEYS]
    made = found["differences"][0]["annual_return"]
    assert set(made) == {"value", "interval", "sessions", "verdict"}
    assert {row["regime"] for row in found["regimes"]} == {"sideways", "trend", "spike"}


def test_the_same_comparison_gives_the_same_text(comparison):
    assert to_json(comparison) == to_json(comparison)
