"""Prices in, decisions expected."""

from pathlib import Path

import numpy as np
import pytest
from hedgerow.book import book_from_text
from hedgerow.cli.rule_files import rule_files
from hedgerow.proof.made_up import made_up
from hedgerow.proof.rehearsal import rehearsed, together
from hedgerow.text.source import Source

RULES = Path(__file__).parents[2] / "rules"
HEAD = """strategy rehearsed 1.0.0
"Shares held in calm, and not in a storm"

needs SPX, VIX, BREADTH
events FOMC, CPI

entry shares {
  buy shares(SPX)
  when all {
    VIX < 20
    not (BREADTH < 0)
    not within 2 sessions before FOMC
  }
  size spend 50% of capital
  exit when VIX > 30 and profit < 0 "a storm"
}

"""


def rehearsal(lines, head=HEAD):
    text = f'{head}test "t" {{\n{lines}\n}}\n'
    book = book_from_text(Source("t.rules", text))
    return rehearsed(book, book.tests[0])


@pytest.mark.parametrize("file", rule_files([str(RULES)]), ids=lambda file: file.name)
def test_every_preset_passes_tests_of_its_own(file):
    book = book_from_text(file.read(), file.parents)
    assert book.tests
    assert [each.failures for each in (rehearsed(book, test) for test in book.tests)] == [
        () for _ in book.tests
    ]


def test_decisions_are_found_on_their_days():
    done = rehearsal(
        "  SPX: 4000 x3, -5%\n  VIX: 25, 15, 15, 35\n  BREADTH: 1\n"
        "  expect no entry shares on day 1\n  expect entry shares on day 2\n"
        "  expect exit shares on day 4"
    )
    assert done.failures == ()


def test_a_failure_shows_what_differs_and_the_conditions_of_that_day():
    done = rehearsal("  VIX: 25, 15\n  BREADTH: 1\n  expect entry shares on day 1\n"
                     "  expect entry shares on day 2")  # fmt: skip
    (failure,) = done.failures
    assert (failure.expected, failure.happened) == ("expect entry shares on day 1", (2,))
    (looked,) = failure.looked
    assert (looked.clause, looked.truth, looked.true_days) == ("when", "false", 1)
    assert {each.text: each.value for each in looked.seen} == {
        "VIX": "25.00", "BREADTH": "1.00", "within 2 sessions before FOMC": "false",
    }  # fmt: skip


def test_a_failure_says_what_else_stood_in_the_way():
    done = rehearsal("  BREADTH: 1 x3\n  expect entry shares on day 3")
    assert done.failures[0].happened == (1,)
    assert done.failures[0].stopped == ("1 of shares open already",)


def test_what_is_forbidden_fails_on_the_day_it_happens():
    done = rehearsal("  VIX: 25 x2, 15\n  BREADTH: 1\n  expect no entry shares")
    assert (done.failures[0].day, done.failures[0].looked[0].truth) == (3, "true")


def test_a_series_nobody_gives_is_unknown_and_opens_nothing():
    assert rehearsal("  VIX: 15 x3\n  expect no entry shares").failures == ()


def test_what_a_test_does_not_say_is_as_the_reference_states():
    book = book_from_text(
        Source("t.rules", HEAD + 'test "t" {\n  VIX: 15, _, 17\n  SPX: 2000 x5\n'
               "  expect no entry shares\n}\n")
    )  # fmt: skip
    history = made_up(book, book.tests[0])
    assert str(history.sessions[0]) == "2023-01-03"
    assert history.series["SPX"].high.tolist() == [2000.0] * 5
    np.testing.assert_array_equal(history.series["VIX"].close, [15, np.nan, 17, 17, 17])
    assert "BREADTH" not in history.series
    assert len(history.events["FOMC"].dates) == len(history.events["CPI"].dates) == 0
    assert len(history.events["MONTH_END"].dates)


def test_coverage_counts_rebalances():
    head = HEAD.replace("  exit when", "  rebalance when VIX > 18\n  exit when")
    done = rehearsal("  VIX: 15 x3, 19\n  BREADTH: 1\n  expect entry shares", head)
    (row,) = (row for row in done.covered if row.clause == "rebalance")
    assert (row.text, row.true, row.false) == ("VIX > 18", True, True)


def test_coverage_joins_the_tests_of_a_file():
    calm = rehearsal("  VIX: 15\n  BREADTH: 1\n  expect entry shares")
    storm = rehearsal("  VIX: 25\n  BREADTH: 1\n  expect no entry shares")
    of = {row.text: (row.true, row.false) for row in together([calm, storm])}
    assert of["VIX < 20"] == (True, True)
    assert of["BREADTH < 0"] == (False, True)
    assert of["VIX > 30"] == (False, False)  # no position, so nobody asked
