"""What reports say of claims, whatever shows them."""

from __future__ import annotations

import json

import pytest
from hedgerow.book import book_from_text
from hedgerow.report.comparison_report import comparison_report
from hedgerow.report.document import Answers, Note, Table, Weight
from hedgerow.report.findings import Findings
from hedgerow.report.quantity import Quantity, Range, Unit, Word
from hedgerow.report.run_report import run_report
from hedgerow.report.to_html import to_html
from hedgerow.report.to_json import to_json
from hedgerow.study.claims import judged, not_judged
from hedgerow.study.compare import compare
from hedgerow.text.source import Source
from msgspec.structs import replace

from tests.report.blocks import of
from tests.study.synthetic_runs import CORE_TEXT, core, sources, unhedged

CLAIM = """
claim "is <cheap> & good" against unhedged {
  volatility < 200% of baseline.volatility
  costs < baseline.costs
  win_rate > 1% and profit_factor > 0
}
"""


@pytest.fixture(scope="module")
def claim():
    return book_from_text(Source("core.rules", CORE_TEXT + CLAIM)).claims[0]


@pytest.fixture(scope="module")
def runs():
    return unhedged(400), core(400)


@pytest.fixture(scope="module")
def contradicted(claim, runs):
    return judged(claim, runs[1], runs[0], repetitions=100)


def test_a_claim_is_answered_warned_of_and_shown_promise_by_promise(runs, contradicted):
    document = run_report(runs[1], sources()[1], Findings((contradicted,)))
    told = 'alvh/core, against unhedged, "is <cheap> & good": contradicted.'
    assert of(document, Answers)[0].rows[-1] == ("Is it as claimed?", (told,))
    warned = [note.text for note in of(document, Note) if note.weight is Weight.WARNING]
    assert warned[0] == "the data contradict what alvh/core claims: is <cheap> & good"
    (table,) = (each for each in of(document, Table) if each.caption.startswith(told))
    quiet, costly, both = table.rows
    assert quiet[0] == "volatility < 200% of baseline.volatility"
    assert isinstance(quiet[2], Quantity) and quiet[2].unit is Unit.POINTS
    assert isinstance(quiet[3], Range) and quiet[3].low > 0
    assert quiet[4:] == (1.0, Word("supported", "good"))
    assert costly[2].unit is Unit.MONEY and costly[2].value < 0
    assert costly[5] == Word("contradicted", "bad")
    assert both[2:4] == (None, None)


def test_costs_are_shown_in_dollars(runs, contradicted):
    document = run_report(runs[1], sources()[1], Findings((contradicted,)))
    (table,) = (each for each in of(document, Table) if "against unhedged" in each.caption)
    dollars = sum(fill.fee + fill.slippage for fill in runs[1].fills) / 100
    assert f"costs ${dollars:,.0f}, baseline.costs $" in table.rows[1][1]


def test_what_was_not_judged_says_why(claim, runs):
    unknown = not_judged(claim, "alvh/core", "there is no unhedged.rules")
    document = run_report(runs[1], sources()[1], Findings((unknown,)))
    (said,) = of(document, Answers)[0].rows[-1][1]
    assert said.endswith("not judged: there is no unhedged.rules.")
    assert not any("claims" in note.text for note in of(document, Note))


def test_a_report_without_claims_says_nothing_of_them(runs):
    document = run_report(runs[1], sources()[1])
    assert [question for question, _ in of(document, Answers)[0].rows][-1] == "Does it beat cash?"


def test_a_comparison_shows_the_claims_of_its_runs_and_a_page_escapes_them(runs, contradicted):
    made = compare(runs, repetitions=20)
    page = to_html(comparison_report(made, sources(), Findings((contradicted,))))
    assert "is &lt;cheap&gt; &amp; good" in page
    assert "<cheap>" not in page


def test_programs_get_every_number(claim, runs, contradicted):
    (told,) = json.loads(to_json(runs[1], Findings((contradicted,))))["claims"]
    assert told["verdict"] == "contradicted"
    assert (told["trades"], told["baseline_trades"]) == contradicted.trades
    assert told["resampling"]["repetitions"] == 100
    quiet, _, both = told["promises"]
    assert set(quiet["measured"]) == {"volatility", "baseline.volatility"}
    assert set(quiet["interval"]) == {"low", "high"}
    assert (both["margin"], both["interval"], both["held"]) == (None, None, 1.0)
    missing = Findings((not_judged(claim, "core", "why not"),))
    (unknown,) = json.loads(to_json(runs[1], missing))["claims"]
    assert (unknown["verdict"], unknown["why"], unknown["resampling"]) == (
        "not judged", "why not", None,
    )  # fmt: skip


def test_a_number_without_end_is_null(claim, runs):
    winners = replace(runs[1], trades=tuple(trade for trade in runs[1].trades if trade.result > 0))
    found = judged(claim, winners, runs[0], repetitions=20)
    both = json.loads(to_json(winners, Findings((found,))))["claims"][0]["promises"][2]
    assert both["measured"]["profit_factor"] is None
