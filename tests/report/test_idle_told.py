"""A rule that opened nothing is told at once, with what the sessions say of why."""

from datetime import date

import pytest
from hedgerow.account.order import Because, Refused, Rejection
from hedgerow.account.run import Decision
from hedgerow.report.document import Prose
from hedgerow.report.idle import idle_blocks
from hedgerow.report.run_report import run_report
from msgspec.structs import replace

from tests.study.synthetic_runs import core, sources

DAY = date(2008, 3, 3)
QUIET = [*core(400).layers][-1]


@pytest.fixture
def quiet():
    """A run in which one rule never traded."""
    run = core(400)
    kept = tuple(trade for trade in run.trades if trade.rule != QUIET)
    left = tuple(each for each in run.rejections if each.because.rule != QUIET)
    made = tuple(each for each in run.decisions if each.rule != QUIET)
    return replace(run, trades=kept, rejections=left, decisions=made, unknown={})


def told(*runs):
    return [each.text for each in idle_blocks(runs)]


def test_rules_that_traded_are_not_told(quiet):
    traded = {trade.rule for trade in core(400).trades}
    assert not any(f"Rule {rule} " in text for rule in traded for text in told(core(400)))
    assert len(told(quiet)) >= 1


def test_a_rule_whose_conditions_were_never_met(quiet):
    expected = f"Rule {QUIET} opened nothing on these sessions: none met its conditions."
    assert expected in told(quiet)
    assert Prose(expected) in run_report(quiet, sources()[1]).blocks
    assert f"Rule {QUIET} of alvh/core opened" in " ".join(told(quiet, quiet))


def test_a_layer_that_was_armed_in_vain(quiet):
    armed = (Decision(DAY, QUIET, "arm", "VIX >= 28", "core.rules:9:3"),)
    assert told(replace(quiet, decisions=armed))[-1].endswith("conditions while it was armed.")


def test_conditions_that_nobody_can_know(quiet):
    text = told(replace(quiet, unknown={QUIET: 37}))[-1]
    assert text.endswith("none met its conditions, and on 37 nobody can tell.")


def test_orders_that_were_all_refused(quiet):
    because = Because(QUIET, "core.rules:9:3", "VIX >= 28")
    refused = [
        Rejection(DAY, because, why, "") for why in [Refused.MARGIN] * 2 + [Refused.TOO_SMALL]
    ]
    text = told(replace(quiet, rejections=tuple(refused)))[-1]
    assert text.endswith(f"3 orders were refused, 2 of them: {Refused.MARGIN.value}.")
    text = told(replace(quiet, rejections=tuple(refused[:2])))[-1]
    assert text.endswith(f"each of its 2 orders was refused: {Refused.MARGIN.value}.")
