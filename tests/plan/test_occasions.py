"""Events over the sessions of a history: exact, and never seen before they were announced."""

from datetime import date

import numpy as np
import pytest
from hedgerow.book.expression import EventWindow
from hedgerow.market.calendar import nyse
from hedgerow.market.data_fault import DataFault
from hedgerow.market.events import EventCalendar, built_in_calendars
from hedgerow.market.history import History, Series, history_of
from hedgerow.market.market_from_history import market_from_history
from hedgerow.plan.occasions import event_value, event_window, every
from hedgerow.plan.signals import Signals
from hedgerow.text.source import Source, Span
from hedgerow.vocabulary import date_array
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.event_calendars import calendars

new_york = nyse().sessions
START, END = date(2020, 2, 3), date(2020, 4, 30)
spring = new_york[(new_york >= np.datetime64(START)) & (new_york <= np.datetime64(END))]
NEVER = np.datetime64("NaT", "D")

sessions_of_data = st.sets(st.integers(5, len(spring) - 6), max_size=10).map(
    lambda missing: np.delete(spring, sorted(missing))[3:-3]
)
windows = st.tuples(st.integers(-6, 6), st.integers(0, 6)).map(lambda pair: (pair[0], sum(pair)))


def day(written: str) -> np.datetime64:
    return np.datetime64(written, "D")


def calendar(*events: tuple[str, ...], first: str = "2020-01-01", last: str = "2020-12-31"):
    """Events as (date, announced or none, withdrawn or none)."""
    rows = [(*event, *("",) * (3 - len(event))) for event in events]
    dates, announced, withdrawn = (
        np.array([cell or "NaT" for cell in column], dtype="M8[D]")
        for column in zip(*rows, strict=True)
    )
    announced = np.where(np.isnat(announced), day("2019-01-01"), announced)
    values = np.arange(len(rows), dtype=float)
    return EventCalendar(
        "CPI", dates, announced, withdrawn, day(first), day(last), values + 3, values * 0 + 2.5
    )


def true_on(found: np.ndarray, sessions: np.ndarray = spring) -> list[str]:
    return sessions[found == 1.0].astype(str).tolist()


# --- the words, by example ----------------------------------------------------------------------

MARCH_11 = calendar(("2020-03-11",))  # a Wednesday


@pytest.mark.parametrize("first, last, expected", [
    (0, 0, ["2020-03-11"]),  # on
    (1, 2, ["2020-03-09", "2020-03-10"]),  # within 2 sessions before
    (-2, -1, ["2020-03-12", "2020-03-13"]),  # within 2 sessions after
    (-2, 2, ["2020-03-09", "2020-03-10", "2020-03-11", "2020-03-12", "2020-03-13"]),  # of
    (3, 3, ["2020-03-06"]),  # 3 sessions before, over a weekend
    (-3, -3, ["2020-03-16"]),  # 3 sessions after
])  # fmt: skip
def test_a_window_counts_sessions_and_leaves_the_day_itself_out_unless_it_is_meant(
    first, last, expected
):
    assert true_on(event_window(MARCH_11, spring, first, last)) == expected


def test_an_event_on_a_sunday_is_one_of_the_monday():
    emergency = calendar(("2020-03-15", "2020-03-15"))
    assert true_on(event_window(emergency, spring, 0, 0)) == ["2020-03-16"]
    assert true_on(event_window(emergency, spring, 1, 5)) == []


def test_what_is_announced_is_seen_from_the_close_of_that_day_on():
    late = calendar(("2020-03-11", "2020-03-10"))
    assert true_on(event_window(late, spring, 1, 5)) == ["2020-03-10"]


def test_a_meeting_called_off_is_seen_until_then_and_never_took_place():
    fomc = built_in_calendars()["FOMC"]
    ahead = true_on(event_window(fomc, spring, 1, 3))
    assert "2020-03-13" in ahead  # Friday: the meeting of the 18th still stood
    assert "2020-03-16" not in ahead
    around = true_on(event_window(fomc, spring, 0, 0))
    assert [each for each in around if each.startswith("2020-03")] == [
        "2020-03-03", "2020-03-16", "2020-03-23",
    ]  # fmt: skip


def test_outside_of_its_calendar_a_condition_is_unknown():
    short = calendar(("2020-03-11",), first="2020-03-09", last="2020-03-13")
    found = event_window(short, spring, 0, 2)
    known = spring[~np.isnan(found)].astype(str).tolist()
    # The window of the 12th reaches over the end; on the days before the 11th the event is seen.
    assert known == ["2020-03-09", "2020-03-10", "2020-03-11"]
    assert true_on(found) == known


def test_values_are_those_of_the_last_release_by_that_close():
    two = calendar(("2020-03-11",), ("2020-03-14",))  # the second on a Saturday
    actual = dict(zip(spring.astype(str), event_value(two, spring, "actual"), strict=True))
    assert np.isnan(actual["2020-03-10"])
    assert [actual[at] for at in ("2020-03-11", "2020-03-13", "2020-03-16")] == [3, 3, 4]
    surprise = event_value(two, spring, "surprise")
    np.testing.assert_allclose(surprise, event_value(two, spring, "actual") - 2.5)


def test_a_release_without_a_value_is_not_filled_from_the_one_before():
    two = calendar(("2020-03-11",), ("2020-03-13",))
    two = replace(two, actual=np.array([3.0, np.nan]))
    assert np.isnan(event_value(two, spring, "actual")[spring >= day("2020-03-13")]).all()


@pytest.mark.parametrize("column, lacking", [("actual", "actual"), ("surprise", "expected")])
def test_a_calendar_without_the_values_asked_for_is_a_fault(column, lacking):
    bare = replace(MARCH_11, actual=None if column == "actual" else MARCH_11.actual, expected=None)
    with pytest.raises(DataFault) as caught:
        event_value(bare, spring, column)
    assert str(caught.value) == (
        f"events CPI: no column {lacking}; add the column to events/CPI.csv in the data folder"
    )


def test_a_history_without_the_calendar_is_a_fault():
    node = EventWindow("PPI", 1, 2, Span(Source("test.rules", "x"), 0, 1))
    with pytest.raises(DataFault, match="no calendar PPI; load the data with it"):
        Signals(market_from_history(history(MARCH_11))).array(node, {})


def test_every_five_sessions_starts_on_the_first_one():
    assert np.flatnonzero(every(spring, 5)).tolist() == list(range(0, len(spring), 5))
    assert every(spring, 1).all()


@given(st.dates(date(1971, 1, 1), date(2045, 12, 31)))
def test_weekdays_and_months_are_those_of_the_calendar(at):
    dates = np.array([at], dtype="M8[D]")
    assert date_array("weekday", dates) == [at.isoweekday()]
    assert date_array("month", dates) == [at.month]


# --- laws -----------------------------------------------------------------------------------------


def history(of: EventCalendar, sessions: np.ndarray = spring) -> History:
    closes = Series(np.full(len(sessions), 3000.0))
    levels = {"SPX": closes, "VIX": Series(np.full(len(sessions), 20.0))}
    return replace(history_of(sessions, levels), events={"CPI": of})


def told(of: EventCalendar, sessions: np.ndarray, at: int, first: int, last: int) -> float:
    """The same by the words of the documentation, a session and an event at a time."""
    today = sessions[at]
    later, earlier = new_york[new_york > today], new_york[new_york < sessions[0]]
    past = np.concatenate([earlier, sessions[: at + 1]])
    days = []
    for distance in range(first, last + 1):
        ahead = distance > 0
        target = later[distance - 1] if ahead else past[distance - 1]
        before = (today if distance == 1 else later[distance - 2]) if ahead else past[distance - 2]
        days.append(target)
        for when, announced, withdrawn in zip(of.dates, of.announced, of.withdrawn, strict=True):
            stands = announced <= today and not withdrawn <= today if ahead else np.isnat(withdrawn)
            if before < when <= target and stands:
                return 1.0
    return 0.0 if of.first <= min(days) and max(days) <= of.last else np.nan


@given(calendars(START, END), sessions_of_data, windows)
def test_windows_are_what_a_plain_loop_says(of, sessions, window):
    expected = [told(of, sessions, at, *window) for at in range(len(sessions))]
    np.testing.assert_array_equal(event_window(of, sessions, *window), expected)


@given(calendars(START, END), sessions_of_data, st.sampled_from(("actual", "expected", "surprise")))
def test_values_are_what_a_plain_loop_says(of, sessions, column):
    values = of.actual - of.expected if column == "surprise" else getattr(of, column)
    expected = []
    for today in sessions:
        out = [
            value
            for when, withdrawn, value in zip(of.dates, of.withdrawn, values, strict=True)
            if when <= today and np.isnat(withdrawn)
        ]
        expected.append(out[-1] if out else np.nan)
    np.testing.assert_array_equal(event_value(of, sessions, column), expected)


@given(calendars(START, END), sessions_of_data, windows, st.data())
def test_nothing_later_than_a_close_is_known_at_it(of, sessions, window, data):
    cut = data.draw(st.integers(0, len(sessions) - 2))
    whole, part = history(of, sessions), history(of, sessions).until(cut)
    known = part.events["CPI"]
    np.testing.assert_array_equal(
        event_window(of, whole.sessions, *window)[: cut + 1],
        event_window(known, part.sessions, *window),
    )
    for column in ("actual", "expected", "surprise"):
        np.testing.assert_array_equal(
            event_value(of, whole.sessions, column)[: cut + 1],
            event_value(known, part.sessions, column),
        )


@given(calendars(START, END), windows, st.integers(0, len(spring) - 2), st.data())
def test_an_event_announced_tomorrow_is_invisible_today(of, window, at, data):
    today = spring[at]
    when = data.draw(st.dates((today + 1).item(), END), label="when")
    free = ~np.isin(of.dates, np.datetime64(when))
    order = np.argsort(np.append(of.dates[free], np.datetime64(when)))
    announced = data.draw(st.dates((today + 1).item(), when), label="announced")

    def and_one_more(values, added):
        return np.append(values[free], added)[order]

    more = replace(
        of,
        dates=and_one_more(of.dates, np.datetime64(when)),
        announced=and_one_more(of.announced, np.datetime64(announced)),
        withdrawn=and_one_more(of.withdrawn, NEVER),
        actual=None,
        expected=None,
    )
    less = replace(
        of, dates=of.dates[free], announced=of.announced[free], withdrawn=of.withdrawn[free]
    )
    np.testing.assert_array_equal(
        event_window(more, spring, *window)[: at + 1], event_window(less, spring, *window)[: at + 1]
    )


@given(st.integers(1, 30), st.integers(1, len(spring)))
def test_cutting_the_end_does_not_move_every(count, length):
    np.testing.assert_array_equal(every(spring, count)[:length], every(spring[:length], count))
