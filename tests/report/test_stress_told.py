"""What reports say of shocks, whatever shows them."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hedgerow.report.comparison_report import comparison_report
from hedgerow.report.document import Answers, Heading, Prose, Table
from hedgerow.report.findings import Findings
from hedgerow.report.quantity import Dated, Quantity, Sign, Unit
from hedgerow.report.run_report import run_report
from hedgerow.report.to_html import to_html
from hedgerow.report.to_json import to_json
from hedgerow.study.book_on import BookOn, DayChange, Greeks, HeldContract, PartOfBook
from hedgerow.study.compare import compare
from hedgerow.study.stress import ShockChange, Stress
from msgspec.structs import replace

from tests.report.blocks import of, table
from tests.study.synthetic_runs import core, sources, unhedged

DAY = date(2008, 3, 3)


def stress(mean):
    return Stress(
        100,
        97,
        (),
        ("condors.base", "hedge"),
        (
            ShockChange("spike", mean / 4, mean / 2, DAY, 0.001, (mean / 2, -mean / 4)),
            ShockChange("crash_1987", mean, 2 * mean, DAY, -0.02, (1.5 * mean, -0.5 * mean)),
        ),
    )


def book(positions=2):
    greeks = Greeks(171.4, -0.2, 265.02, -217.74)
    part = PartOfBook("condors.base", positions, greeks)
    put = HeldContract(
        "condors.base", 7, "SPXW 2008-04-04 1200 put", date(2008, 4, 4), -3, 12.34, greeks, 0.31,
        -210.5,
    )  # fmt: skip
    changes = (
        DayChange("spike", -1200.5, (-1200.5,)),
        DayChange("crash_1987", 98_000.0, (98_000.0,)),
    )
    return BookOn(
        DAY, 1331.34, 26.28, 98_000_000, "model:B", (), (put,), replace(part, name="whole book"),
        (part,), (replace(part, name="up to 30 days"),), changes, (-0.1, 0.0), (-5.0, 0.0),
        ((-100.0, -5.0), (-3.0, 0.0)),
    )  # fmt: skip


@pytest.fixture(scope="module")
def run():
    return core(300)


def report(run, **found):
    return run_report(run, sources()[1], Findings(**found))


def test_the_fall_that_costs_most_is_answered_first(run):
    answers = dict(of(report(run, stress={run.name: stress(-0.08)}), Answers)[0].rows)
    assert answers["What if it crashed?"] == (
        "alvh/core would lose most in crash_1987, at once: 8.00% on average, 16.00% on 2008-03-03.",
    )
    gains = dict(of(report(run, stress={run.name: stress(0.08)}), Answers)[0].rows)
    assert gains["What if it crashed?"] == (
        "alvh/core would on average lose in none of 2 falls that happened.",
    )


def test_every_fall_has_a_row_with_changes_of_equity(run):
    shown = table(report(run, stress={run.name: stress(-0.08)}), "Change of equity at once")
    assert [column.title for column in shown.columns] == [
        "Fall", "On average", "at worst", "at the end",
    ]  # fmt: skip
    assert shown.rows[1] == (
        "crash_1987",
        Quantity(-0.08, Unit.RATIO, Sign.BOTH),
        Dated(Quantity(-0.16, Unit.RATIO, Sign.BOTH), DAY),
        Quantity(-0.02, Unit.RATIO, Sign.BOTH),
    )
    said = " ".join(prose.text for prose in of(report(run, stress={run.name: stress(-1)}), Prose))
    assert "on 100 sessions spread evenly over the run (97 with a position of alvh/core)." in said


def test_a_run_shows_which_rule_would_pay_for_which(run):
    found = {run.name: stress(-0.08)}
    shown = table(report(run, stress=found), "Change of equity at once by rule, on average")
    assert [column.title for column in shown.columns] == ["Fall", "condors.base", "hedge"]
    assert [cell.value for cell in shown.rows[1][1:]] == [-0.12, 0.04]
    alone = {run.name: replace(stress(-0.08), rules=("condors.base",))}
    captions = [each.caption for each in of(report(run, stress=alone), Table)]
    assert not any("by rule, on average" in caption for caption in captions)


def test_a_comparison_has_the_runs_below_each_other(run):
    made = compare([unhedged(300), run], repetitions=20)
    tried = {name: stress(mean) for name, mean in (("alvh/unhedged", -0.1), ("alvh/core", -0.05))}
    document = comparison_report(made, sources(), Findings(stress=tried))
    shown = table(document, "Change of equity at once")
    assert len(shown.columns) == 4
    assert [row[0] for row in shown.rows] == [
        "spike", "  alvh/unhedged", "  alvh/core", "crash_1987", "  alvh/unhedged", "  alvh/core",
    ]  # fmt: skip
    assert shown.rows[3][1:] == ("", "", "")
    assert (shown.rows[4][1].value, shown.rows[5][1].value) == (-0.1, -0.05)
    page = to_html(document)
    assert '<th scope="row" colspan="4">crash_<wbr>1987</th>' in page
    assert '</span> <span class="number">on 2008-03-03</span></td>' in page  # folds between the two


@pytest.mark.parametrize("found", [{}, {"stress": {"alvh/core": Stress(100, 0, (), (), ())}}])
def test_nothing_is_said_where_nothing_was_held_or_worked_out(found, run):
    document = report(run, **found)
    assert not any(heading.text == "If it happened again" for heading in of(document, Heading))
    assert not any("crashed" in question for question, _ in of(document, Answers)[0].rows)


def test_the_book_of_a_day_is_shown_with_its_grid(run):
    document = report(run, book=book())
    assert Heading("The book on 2008-03-03") in document.blocks
    said = " ".join(prose.text for prose in of(document, Prose))
    assert "SPX 1,331.34, VIX 26.28, equity $980,000, 2 open positions. Mids, model:B" in said
    held = table(document, "What was held").rows[0]
    assert held[:2] == ("SPXW 2008-04-04 1200 put", "condors.base")
    assert held[2] == Quantity(-3, Unit.COUNT, Sign.BOTH)
    assert held[3:] == (12.34, 0.31, -210.5, 171.4, -0.2, 265.02, -217.74)
    rules = table(document, "Sensitivities by rule")
    assert [row[0] for row in rules.rows] == ["condors.base", "whole book"]
    falls = table(document, "Gained or lost at once in falls")
    assert falls.rows[0] == (
        "spike",
        Quantity(-120_050 / 98_000_000, Unit.RATIO, Sign.BOTH),
        Quantity(-120_050.0, Unit.MONEY, Sign.BOTH),
        Quantity(-120_050.0, Unit.MONEY, Sign.BOTH),
    )
    grid = table(document, "Gained or lost at once when SPX and VIX move")
    assert [column.title for column in grid.columns] == ["VIX, points", "SPX -10%", "SPX 0%"]
    assert [row[0] for row in grid.rows] == ["-5", "0"]
    assert grid.rows[0][1] == Quantity(-10_000.0, Unit.MONEY, Sign.BOTH)


def test_what_no_fall_moves_is_named(run):
    still = {run.name: replace(stress(-0.1), unmoved=("QQQ",))}
    document = report(run, stress=still, book=replace(book(), unmoved=("GLD", "QQQ")))
    said = " ".join(prose.text for prose in of(document, Prose))
    assert "Shares of QQQ stay where they are: no fall says more." in said
    assert "Shares of GLD, QQQ stay where they are: no fall says more." in said


def test_an_empty_book_is_said_to_be_one(run):
    document = report(run, book=book(positions=0))
    said = [prose.text for prose in of(document, Prose)]
    assert "SPX 1,331.34, VIX 26.28, equity $980,000. Nothing was held." in said


def test_programs_get_the_same(run):
    found = json.loads(to_json(run, Findings(stress={run.name: stress(-0.5)}, book=book())))
    crash = found["stress"]["alvh/core"]["changes"][1]
    assert (crash["shock"], crash["mean"], crash["worst_at"]) == ("crash_1987", -0.5, "2008-03-03")
    assert found["book"]["grid"] == [[-100.0, -5.0], [-3.0, 0.0]]
    assert found["book"]["whole"]["greeks"]["vega"] == 265.02
    bare = json.loads(to_json(run))
    assert (bare["stress"], bare["book"]) == ({}, None)
