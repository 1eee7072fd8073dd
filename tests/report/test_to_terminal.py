from __future__ import annotations

import io
import re

import numpy as np
import pytest
from hedgerow.report.comparison_report import comparison_report
from hedgerow.report.document import (
    Answers,
    Chart,
    Column,
    Document,
    Extent,
    Heading,
    Note,
    Prose,
    Role,
    Rules,
    Series,
    Shape,
    Table,
    Weight,
)
from hedgerow.report.quantity import Quantity, Range, Sign, Unit, Word
from hedgerow.report.run_report import run_report
from hedgerow.report.to_terminal import to_terminal
from hedgerow.study.compare import compare
from hedgerow.text.source import Source
from rich.console import Console

from tests.study.synthetic_runs import core, sources, unhedged

SMALL = Document(
    "core against unhedged",
    (
        Prose("core made 1.20 pp a year less."),
        Note("Option prices are modelled.", Weight.WARNING),
        Heading("Results"),
        Table(
            "Every measure",
            (
                Column("Measure"),
                Column("unhedged", Unit.NUMBER),
                Column("core", Unit.NUMBER),
                Column("difference", Unit.NUMBER),
            ),
            (
                (
                    "Annual return",
                    Quantity(0.0812, Unit.RATIO),
                    Quantity(0.0692, Unit.RATIO),
                    Quantity(-0.012, Unit.POINTS, Sign.BOTH),
                ),
                ("Trades", 226, 351.5, None),
            ),
        ),
        Table(
            "Verdict",
            (Column("Of"), Column("Interval", Unit.NUMBER), Column("Word")),
            (("core", Range(-0.02, 0.01, Unit.POINTS), Word("undecided")),),
        ),
        Heading("Only on a page"),
        Table("Trades", (Column("Rule"),), (("base",),), Extent.SEARCH),
        Heading("Rules"),
        Rules(Source("b.rules", "a\n\nB\n"), Source("a.rules", "a\n\nb\n")),
    ),
)

WIDE = """\
core against unhedged
core made 1.20 pp a year less.
warning: Option prices are modelled.

Results

Every measure
Measure        unhedged    core  difference
Annual return     8.12%   6.92%    -1.20 pp
Trades           226.00  351.50         n/a

Verdict
Of             Interval  Word
core  -2.00 to +1.00 pp  undecided

Rules
--- a.rules
+++ b.rules
@@ -1,3 +1,3 @@
 a

-b
+B
"""

NARROW_TABLE = """\
Every measure
Measure        unhedged    core
Annual return     8.12%   6.92%
Trades           226.00  351.50

Every measure (more columns)
Measure        difference
Annual return    -1.20 pp
Trades                n/a
"""


def shown(document: Document, width: int, **settings: object) -> str:
    text = io.StringIO()
    to_terminal(document, Console(file=text, width=width, **settings))
    return text.getvalue()


def test_numbers_stand_right_and_long_tables_stay_out():
    assert shown(SMALL, 80).strip() == WIDE.strip()


def test_an_answer_stands_beside_its_question():
    asked = Answers((("Is it luck?", ("Hardly.", "Or so the resamples say.")),))
    assert shown(Document("t", (asked,)), 30).splitlines() == [
        "t",
        "Is it luck?  Hardly.",
        "             Or so the",
        "             resamples say.",
    ]


def test_a_line_of_blocks_shows_the_deepest_fall_and_names_its_ends():
    values = np.array([5.0, *[8.0] * 300, 1.0, *[8.0] * 300])
    faint = Series("index", values * 100, Role.REFERENCE)
    numbers = Table("numbers", (Column("Year"),), ())
    chart = Chart(
        "Equity", Shape.LINES, Unit.NUMBER, ("a", "b"), (Series("run", values), faint), "", numbers
    )
    title, line = shown(Document("t", (chart,)), 80, force_terminal=True).splitlines()[2:4]
    assert title == "Equity, a to b; ▁ is 1.00, █ is 8.00"
    assert (line[0:3], line.count("▁"), line[-1]) == ("run", 1, "█")


def test_columns_that_do_not_fit_come_below_behind_the_first():
    assert NARROW_TABLE in shown(SMALL, 36)


def test_a_difference_stays_beside_the_run_it_is_of():
    columns = (
        Column("Measure"),
        Column("base", Unit.NUMBER),
        Column("variant", Unit.NUMBER, "variant"),
        Column("difference", Unit.NUMBER, "variant"),
    )
    document = Document("t", (Table("c", columns, (("Sharpe ratio", 1.0, 2.0, 1.0),)),))
    assert "Measure       variant  difference" in shown(document, 36)
    assert "Measure       base\n" in shown(document, 36)


@pytest.mark.parametrize("settings", [{}, {"force_terminal": True, "no_color": True}])
def test_no_line_ends_in_spaces(settings):
    asked = Answers((("Is it luck?", ("Hardly.", "")),))
    lines = shown(Document("t", (asked, *SMALL.blocks)), 24, **settings).splitlines()
    assert [line for line in lines if line != line.rstrip()] == []


def test_square_brackets_of_rule_files_are_shown_as_they_are():
    text = shown(Document("[red]VIX[1][/red]", (Prose("[bold]x[/nothing]"),)), 80)
    assert "[red]VIX[1][/red]" in text
    assert "[bold]x[/nothing]" in text


def test_colour_can_be_turned_off(monkeypatch):
    assert "\x1b[3" in shown(SMALL, 80, force_terminal=True, color_system="standard")
    monkeypatch.setenv("NO_COLOR", "1")
    without = shown(SMALL, 80, force_terminal=True)
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", without)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_whole_comparison_fits_the_terminal_and_lines_of_rule_files_stay_whole(width):
    runs = [unhedged(500), core(500)]
    text = shown(comparison_report(compare(runs, repetitions=50), sources()), width)
    written = {line for source in sources() for line in source.text.splitlines()}
    lines = text.splitlines()
    assert max(len(line) for line in lines if line[1:] not in written) <= width
    assert "-    size risk 40% of capital" in lines
    for said in ("Is the difference real?", "Premium bought", "2008", "sideways", "hedge.first"):
        assert said in text
    assert "How each number is defined" not in text


def test_a_run_alone_does_not_repeat_the_file_it_was_given():
    text = shown(run_report(core(300), sources()[1]), 80)
    assert "Every measure" in text
    assert "The rule file" not in text and "size risk" not in text
