"""What may be said of events and dates, and how mistakes are answered."""

import pytest
from hedgerow.book import book_from_text, check_text
from hedgerow.book.expression import Apply, Constant, EventValue, EventWindow, EverySession
from hedgerow.text.source import Source
from hedgerow.vocabulary.units import Kind

HEAD = 'strategy dates 1.0.0\n"Dates"\n\nneeds SPX, VIX\nevents FOMC, CPI\n\n'
WHOLE = ("write a whole number, as in `20 sessions`",)
RULE = """entry dip {
  buy shares(SPX)
  when CONDITION
  size 1 contracts
  exit when on FOMC and CPI.actual > 3
}
"""


def source(condition: str, head: str = HEAD) -> Source:
    return Source("dates.rules", head + RULE.replace("CONDITION", condition))


def when(condition: str, head: str = HEAD):
    return book_from_text(source(condition, head)).rules[0].when


def said(condition: str, head: str = HEAD) -> list[tuple[str, str, tuple[str, ...]]]:
    found = check_text(source(condition, head))
    return [(each.code, each.message, each.help) for each in found]


@pytest.mark.parametrize("written, first, last", [
    ("on FOMC", 0, 0),
    ("within 2 sessions before FOMC", 1, 2),
    ("within 2 sessions after FOMC", -2, -1),
    ("within 2 sessions of FOMC", -2, 2),
    ("within 2 of FOMC", -2, 2),
    ("1 session before FOMC", 1, 1),
    ("3 sessions after FOMC", -3, -3),
    ("on MONTH_END", 0, 0),
])  # fmt: skip
def test_distances_are_windows_of_sessions(written, first, last):
    node = when(written)
    assert isinstance(node, EventWindow)
    assert (node.first, node.last, node.kind) == (first, last, Kind.TRUTH)
    assert node.calendar == written.split()[-1]


@pytest.mark.parametrize("column", ["actual", "expected", "surprise"])
def test_a_calendar_brings_pure_numbers(column):
    node = when(f"CPI.{column} > 0.2")
    assert isinstance(node, Apply)
    value = node.operands[0]
    assert isinstance(value, EventValue)
    assert (value.calendar, value.column, value.kind) == ("CPI", column, Kind.NUMBER)


def test_every_counts_sessions():
    node = when("every 5 sessions")
    assert isinstance(node, EverySession)
    assert (node.count, node.kind) == (5, Kind.TRUTH)


@pytest.mark.parametrize("written, number, kind", [
    ("weekday == friday", 5, Kind.WEEKDAY),
    ("weekday != monday", 1, Kind.WEEKDAY),
    ("month == december", 12, Kind.MONTH),
    ("month == may", 5, Kind.MONTH),
])  # fmt: skip
def test_days_and_months_have_names(written, number, kind):
    node = when(written)
    assert isinstance(node, Apply)
    constant = node.operands[1]
    assert isinstance(constant, Constant)
    assert (constant.value, constant.kind) == (number, kind)


@pytest.mark.parametrize("written", [
    "month > 6", "weekday between monday and wednesday", "sessions since on FOMC >= 3 sessions",
    "(on FOMC) within last 5 sessions", "on CPI becomes true", "not within 2 sessions of CPI",
    "change(CPI.actual, 21) > 0", "(CPI.surprise otherwise 0) > 0.1", "(on FOMC)[1]",
    "weekday == (if month == june then monday else friday)", "every 1 session",
    "within 1 session before SPX_EXPIRY or on VIX_EXPIRY or on QUARTER_END",
])  # fmt: skip
def test_words_of_time_stand_wherever_values_and_conditions_do(written):
    assert when(written) is not None


def test_a_name_of_one_s_own_comes_before_the_month_of_that_name():
    node = when("VIX > march", HEAD + "let march = 20 + 0\n")
    assert isinstance(node, Apply)
    assert isinstance(node.operands[1], Apply)


def test_the_four_calendars_that_follow_from_a_rule_may_be_declared_as_well():
    head = HEAD.replace("events FOMC, CPI", "events FOMC, CPI, MONTH_END")
    assert when("on MONTH_END", head) is not None
    assert book_from_text(source("on MONTH_END", head)).events == ("FOMC", "CPI", "MONTH_END")


@pytest.mark.parametrize("written, expected", [
    ("on PPI", ("N108", "no calendar `PPI` is declared", ("did you mean `CPI`?",))),
    ("on fomc", ("N108", "no calendar `fomc` is declared", ("did you mean `FOMC`?",))),
    ("on EARNINGS", ("N108", "no calendar `EARNINGS` is declared",
                     ("declare it: `events EARNINGS`",))),
    ("on VIX", ("N108", "`VIX` is a series, not a calendar of events", ())),
    ("GDP.surprise > 0", ("N102", "`GDP` is not declared", ("declare it: `events GDP`",))),
    ("on CPI.actual", ("T201", "`CPI.actual` is a value, not a calendar",
                       ("write the calendar alone: `CPI`",))),
    ("CPI > 3", ("T201", "`CPI` is a calendar of events, not a value",
                 ("write `on CPI`, or `within 2 sessions before CPI`",))),
    ("CPI.suprise > 3", ("N101", "there is no value of CPI called `suprise`",
                         ("did you mean `surprise`?",))),
    ("SPX_EXPIRY.actual > 3", ("T201", "`SPX_EXPIRY` has dates only, and brings no value",
                               ("write `on SPX_EXPIRY`",))),
    ("within 2 days before FOMC", (
        "T201", "a distance to an event is counted in sessions, and `2 days` is calendar days",
        ("write `within 2 sessions before FOMC`",))),
    ("3 days after FOMC", (
        "T201", "a distance to an event is counted in sessions, and `3 days` is calendar days",
        ("write `3 sessions after FOMC`",))),
    ("within 0 sessions of FOMC", (
        "T207", "a distance to an event is from 1 to 2520 whole sessions, not 0", WHOLE)),
    ("1.5 sessions before FOMC", (
        "T207", "a distance to an event is from 1 to 2520 whole sessions, not 1.5", WHOLE)),
    ("every 0 sessions", ("T207", "an interval is from 1 to 2520 whole sessions, not 0", WHOLE)),
    ("every 5 days", ("T201", "an interval is trading sessions, and `5 days` is calendar days",
                      ("it is written in sessions, as in `5 sessions`",))),
    ("weekday == 5", ("T202", "`5` names no weekday", ("write its name, such as `friday`",))),
    ("weekday == 0", ("T202", "`0` names no weekday", ("write its name, such as `friday`",))),
    ("weekday between 1 and 3", ("T202", "`1` names no weekday",
                                 ("write its name, such as `friday`",))),
    ("weekday == january", ("T203", "a weekday can't be compared with a month", ())),
    ("weekday() == friday", ("N107", "`weekday` takes nothing",
                             ("write `weekday` without parentheses",))),
])  # fmt: skip
def test_a_mistake_is_answered_once_with_a_way_out(written, expected):
    assert said(written) == [expected]


def test_a_calendar_nothing_looks_at_is_mentioned():
    head = HEAD.replace("CPI", "CPI, PPI")
    assert said("VIX > 20", head) == [("R504", "nothing uses `PPI`", ("delete it, or use it",))]


def test_a_calendar_and_a_series_cannot_share_a_name():
    head = HEAD.replace("needs SPX, VIX", "needs SPX, VIX, CPI")
    assert [code for code, _, _ in said("VIX > 20", head)] == ["N104"]
