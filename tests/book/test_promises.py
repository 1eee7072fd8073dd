"""Promises are read: invariants, claims and tests become part of the book, or say what is wrong."""

import pytest
from hedgerow.book import book_from_text, check_text
from hedgerow.book.book import Pattern
from hedgerow.book.expression import Decided, Measure, Result, bottom_up
from hedgerow.text.source import Source
from hedgerow.vocabulary import RESULTS
from hedgerow.vocabulary.units import Kind

RULES = """strategy example 1.0.0
"An example"

needs SPX, VIX

layers hedge {
  layer first at VIX >= 18 until VIX < 16 {
    buy call(VIX, expiry = 30 days, strike = 30 delta)
    size 1 contracts
    exit when disarmed
  }
}

entry condor {
  sell iron_condor(SPX, expiry = 45 days, short = 1.5 sd, wing = 50 points)
  size risk 10% of capital
  exit when profit >= 50% of credit
}

"""


def book(text):
    return book_from_text(Source("example.rules", RULES + text))


def codes(text):
    return [
        (each.code, each.span.text) for each in check_text(Source("example.rules", RULES + text))
    ]


def test_never_is_always_not_and_open_positions_are_counted():
    never, most = book('never drawdown > 35% "deep"\nat most 3 condor open').invariants
    assert (never.pattern, never.text, never.label) == (
        Pattern.ALWAYS, "never drawdown > 35%", "deep",
    )  # fmt: skip
    assert never.condition.operator == "not"
    assert most.pattern is Pattern.ALWAYS
    assert [each.word for each in bottom_up(most.condition) if isinstance(each, Measure)] == [
        "count"
    ]


def test_promises_of_order_know_decisions_and_their_windows():
    whenever, most, after = book(
        "whenever condor.short_put.delta > 40 delta then hedge is open within 2 sessions\n"
        "at most 1 entry hedge within 5 sessions\n"
        "after exit condor no condor open for 3\n"
    ).invariants
    assert (whenever.pattern, whenever.window) == (Pattern.WHENEVER, 2)
    assert isinstance(most.condition, Decided)
    assert (most.condition.rules, most.most, most.window) == (("hedge.first",), 1, 5)
    decided = [each for each in bottom_up(after.condition) if isinstance(each, Decided)]
    assert (decided[0].action, decided[0].rules, after.window) == ("exit", ("condor",), 3)


@pytest.mark.parametrize("word", RESULTS)
def test_every_result_can_be_claimed_of_both_runs(word):
    (claim,) = book(
        f'claim "more" against plain {{\n  {word} > 0\n  {word} > baseline.{word}\n}}'
    ).claims
    assert claim.baseline == "plain"
    found = [each for each in bottom_up(claim.promises[1].condition) if isinstance(each, Result)]
    assert sorted(each.of_baseline for each in found) == [False, True]
    assert {each.kind for each in found} == {RESULTS[word].result}


def test_percentage_points_are_a_difference_of_ratios():
    text = 'claim "c" against plain {\n  annual_return >= baseline.annual_return - 2 pp\n}'
    promise = book(text).claims[0].promises[0]
    assert promise.condition.operands[1].kind is Kind.RATIO
    assert codes(text.replace("2 pp", "2 points")) == [
        ("T203", "baseline.annual_return - 2 points")
    ]


def test_series_of_a_test_are_levels_day_by_day():
    (test,) = book(
        'test "t" {\n  SPX: 2000 x2, -1%, +20 points, _\n  VIX: 15, +6, -0.5\n'
        "  expect no exit condor on day 5\n}"
    ).tests
    spx, vix = test.paths
    assert spx.levels == (2000, 2000, 1980, 2000, None)
    assert vix.levels == (15, 21, 20.5)
    assert test.days == 5
    assert test.expectations[0].rules == ("condor",)


def test_a_test_without_series_lasts_until_the_day_it_names():
    assert book('test "t" {\n  expect entry condor on day 3\n}').tests[0].days == 3


@pytest.mark.parametrize("promise, wrong", [
    ("always drawdown > 35 points", ("T203", "drawdown > 35 points")),
    ("always drawdown", ("T206", "drawdown")),
    ("whenever VIX > 30 then hedge is open within 2 days", ("T201", "2 days")),
    ("at most 2 entry book within 5 sessions", ("N107", "book")),
    ("at most 2 condors open", ("N101", "condors")),
    ("after roll condor no condor open for 3 sessions", ("I701", "roll condor")),
    ("always sharpe > 1", ("I702", "sharpe")),
    ("always baseline.sharpe > 1", ("I702", "baseline.sharpe")),
])  # fmt: skip
def test_an_invariant_is_checked_like_a_rule(promise, wrong):
    assert codes(promise) == [wrong]


@pytest.mark.parametrize("line, wrong", [
    ("sharp > 1", ("N101", "sharp")),
    ("VIX > 20", ("I703", "VIX > 20")),
    ("equity > $5000", ("I703", "equity > $5000")),
    ("(sharpe > 1) for 3 sessions", ("I703", "(sharpe > 1) for 3 sessions")),
    ("1 > 0", ("I703", "1 > 0")),
    ("baseline.shape > 1", ("N101", "baseline")),
    ("win_rate > 60", ("T202", "60")),
])  # fmt: skip
def test_a_claim_is_about_results_alone(line, wrong):
    found = codes(f'claim "c" against plain {{\n  {line}\n}}')
    assert [code for code, _ in found] == [wrong[0]]
    assert wrong[1] in found[0][1]


@pytest.mark.parametrize("lines, wrong", [
    ("VIX: 15%\n  expect entry condor", ("T201", "15%")),
    ("VIX: 15, +2 days\n  expect entry condor", ("T201", "+2 days")),
    ("VIX: 15, -15\n  expect entry condor", ("T207", "-15")),
    ("VIX: 15 x99999\n  expect entry condor", ("T207", "15 x99999")),
    ("_VIX: 15\n  expect entry condor".removeprefix("_").replace("VIX", "VIX3M"),
     ("N102", "VIX3M")),
    ("VIX: _, 15\n  expect entry condor", ("K602", "_")),
    ("expect entry nothing", ("N101", "nothing")),
    ("expect roll condor", ("I701", "expect roll condor")),
    ("expect entry condor on day 99999", ("T207", "expect entry condor on day 99999")),
])  # fmt: skip
def test_a_scenario_is_checked_to_its_last_step(lines, wrong):
    assert codes(f'test "t" {{\n  {lines}\n}}') == [wrong]
