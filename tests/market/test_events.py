"""Calendars: the built-in ones against published dates, a user's own, and what was known when."""

import csv
import gzip
import os
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hedgerow.market.calendar import nyse
from hedgerow.market.data_fault import DataFault
from hedgerow.market.event_names import BY_RULE
from hedgerow.market.events import EventCalendar, built_in_calendars
from hedgerow.market.history import History, Series, history_of
from hedgerow.market.sources import load
from hypothesis import given
from hypothesis import strategies as st

from tests.event_calendars import calendars

SPX = "date,close\n2022-11-09,3748.57\n2022-11-10,3956.37\n2022-11-11,3992.93\n"
VIX = "date,close\n2022-11-09,26.09\n2022-11-10,23.53\n2022-11-11,22.52\n"
CPI = """\
date,announced,actual,expected
2022-10-13,2021-11-01,8.2,8.1
2022-11-10,2021-11-01,7.7,7.9
2022-12-13,2021-11-01,,
"""


def dates(name: str) -> list[str]:
    return built_in_calendars()[name].dates.astype(str).tolist()


def validation() -> Path:
    folder = Path(os.environ.get("HEDGEROW_VALIDATION_DATA", ""), "macro_events")
    if "HEDGEROW_VALIDATION_DATA" not in os.environ or not folder.is_dir():
        pytest.skip("HEDGEROW_VALIDATION_DATA names no folder with macro_events")
    return folder


def published(*events: str) -> set[str]:
    """Dates of the BLS, Federal Reserve and exchange schedules, 2000 to 2026."""
    with gzip.open(validation() / "macro_event_dates.csv.gz", "rt") as file:
        rows = [row for row in csv.DictReader(file) if row["event"] in events]
    return {row["date"] for row in rows if row["date"] < "2027"}


# --- the built-in calendars ---------------------------------------------------------------------


def test_expiries_and_ends_fall_on_the_sessions_everybody_knows():
    assert "2022-04-14" in dates("SPX_EXPIRY")  # the third Friday was Good Friday
    assert "2022-03-15" in dates("VIX_EXPIRY")  # thirty days before that
    assert {"2022-04-29", "2022-12-30"} <= set(dates("MONTH_END"))
    assert [day for day in dates("QUARTER_END") if day[:4] == "2022"] == [
        *("2022-03-31", "2022-06-30", "2022-09-30", "2022-12-30")
    ]


def test_there_was_no_vix_expiry_before_there_were_vix_futures():
    calendar = built_in_calendars()["VIX_EXPIRY"]
    assert dates("VIX_EXPIRY")[0] == "2004-05-19"
    assert len(calendar.known_at(date(2004, 3, 25)).dates) == 0
    assert len(calendar.known_at(date(2004, 3, 26)).dates) == len(calendar.dates)


@pytest.mark.parametrize("name", built_in_calendars())
def test_a_built_in_calendar_is_in_order_and_announced_in_time(name):
    calendar = built_in_calendars()[name]
    assert (np.diff(calendar.dates).astype(int) > 0).all()
    assert (calendar.announced <= calendar.dates).all()
    off = ~np.isnat(calendar.withdrawn)
    assert (calendar.announced[off] < calendar.withdrawn[off]).all()
    assert (calendar.withdrawn[off] <= calendar.dates[off]).all()
    assert nyse().first <= calendar.first <= calendar.dates[0]
    assert calendar.dates[-1] <= calendar.last


def test_there_are_eight_scheduled_meetings_a_year():
    fomc = built_in_calendars()["FOMC"]
    kept = (fomc.announced < fomc.dates) & np.isnat(fomc.withdrawn)
    years, counts = np.unique(fomc.dates[kept].astype("M8[Y]").astype(str), return_counts=True)
    assert years.tolist() == [str(year) for year in range(1994, 2027)]
    assert counts.tolist() == [7 if year == "2020" else 8 for year in years]


def test_an_emergency_meeting_was_known_on_its_own_day_only():
    fomc = built_in_calendars()["FOMC"]
    emergency = np.datetime64("2008-10-08")
    assert emergency not in fomc.known_at(date(2008, 10, 7)).dates
    assert emergency in fomc.known_at(date(2008, 10, 8)).dates


def test_the_meeting_given_up_in_march_2020_stood_until_it_was():
    fomc = built_in_calendars()["FOMC"]
    given_up = fomc.dates == np.datetime64("2020-03-18")
    assert fomc.withdrawn[given_up].astype(str).tolist() == ["2020-03-15"]
    before = fomc.known_at(date(2020, 3, 13))
    assert np.isnat(before.withdrawn[before.dates == np.datetime64("2020-03-18")]).all()


def test_the_decisions_of_the_committee_are_those_of_the_published_calendars():
    fomc = built_in_calendars()["FOMC"]
    took_place = set(fomc.dates[np.isnat(fomc.withdrawn)].astype(str).tolist())
    assert {day for day in took_place if day >= "2000"} == published(
        "fomc_decision", "fomc_intermeeting"
    )
    with (validation() / "fomc_dates_1990_2020.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["date"] >= "1994"]
    scheduled = {row["date"] for row in rows if row["unscheduled"] == "0"}
    surprises = {row["date"] for row in rows if row["unscheduled"] == "1"}
    known_ahead = fomc.dates[np.isnat(fomc.withdrawn) & (fomc.announced < fomc.dates)].astype(str)
    assert scheduled == {day for day in known_ahead if day <= "2020-09-16"}
    early = {day for day in took_place if day < "2000"}
    assert {day for day in early if day not in scheduled} == {
        day for day in surprises if day < "2000"
    }


def test_expiries_are_those_of_the_published_schedules():
    def since_2004(found):
        return {day for day in found if "2004-05-19" <= day < "2027"}

    # Two settlements of 2004 were a week early, by the exchange's archive. The schedule takes
    # 2026-06-19, a holiday, for a session; May's settlement goes by the day before.
    missed = {
        "2004-07-14": "2004-07-21",
        "2004-10-13": "2004-10-20",
        "2026-05-19": "2026-05-20",
        "2026-06-18": "2026-06-19",
    }
    ours = {missed.get(day, day) for day in since_2004(dates("VIX_EXPIRY"))}
    assert ours == since_2004(published("vix_expiry"))
    spx = {missed.get(day, day) for day in dates("SPX_EXPIRY") if "2000" <= day < "2027"}
    assert spx == published("opex")


# --- a calendar of one's own --------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "SPX.csv").write_text(SPX)
    (tmp_path / "VIX.csv").write_text(VIX)
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "CPI.csv").write_text(CPI)
    return tmp_path


def cpi(folder: Path, text: str = CPI) -> EventCalendar:
    (folder / "events" / "CPI.csv").write_text(text)
    return load(str(folder), ["SPX", "VIX"], events=["CPI"]).events["CPI"]


def fault(folder: Path, text: str = CPI, name: str = "CPI") -> str:
    (folder / "events" / f"{name}.csv").write_text(text)
    with pytest.raises(DataFault) as caught:
        load(str(folder), ["SPX", "VIX"], events=[name])
    return str(caught.value).replace(str(folder), "DIR").replace("\\", "/")


def test_a_calendar_is_read_with_its_values(folder):
    calendar = cpi(folder)
    assert calendar.dates.astype(str).tolist() == ["2022-10-13", "2022-11-10", "2022-12-13"]
    assert calendar.announced.astype(str).tolist() == ["2021-11-01"] * 3
    np.testing.assert_array_equal(calendar.actual, [8.2, 7.7, np.nan])
    np.testing.assert_array_equal(calendar.expected, [8.1, 7.9, np.nan])


def test_a_blank_announcement_means_on_its_own_day_only(folder):
    calendar = cpi(folder, "date,announced\n2022-10-13,2022-01-03\n2022-11-10,\n")
    assert calendar.announced.astype(str).tolist() == ["2022-01-03", "2022-11-10"]


def test_without_announcements_all_dates_were_always_known_and_a_note_says_so(folder):
    (folder / "events" / "CPI.csv").write_text("date\n2022-10-13\n2022-12-13\n")
    history = load(str(folder), ["SPX", "VIX"], events=["CPI"])
    assert (history.events["CPI"].announced < np.datetime64("2013-01-01")).all()
    said = "CPI has no column announced: all its dates are taken as known long before."
    assert said in history.notes


def test_a_calendar_that_ends_before_the_data_is_noted(folder):
    (folder / "events" / "CPI.csv").write_text("date,announced\n2022-11-10,2022-01-03\n")
    notes = load(str(folder), ["SPX", "VIX"], events=["CPI"]).notes
    assert notes[-1] == (
        "CPI is known from 2022-11-10 to 2022-11-10: conditions on it are unknown on other days."
    )


def test_a_file_takes_the_place_of_the_packaged_meetings(folder):
    (folder / "events" / "FOMC.csv").write_text("date\n2022-11-02\n2022-12-14\n")
    given = load(str(folder), ["SPX", "VIX"], events=["FOMC"])
    assert len(given.events["FOMC"].dates) == 2
    assert given.fingerprint != load(str(folder), ["SPX", "VIX"]).fingerprint


def test_a_calendar_nobody_asked_for_is_not_read(folder):
    (folder / "events" / "CPI.csv").write_text("nonsense")
    assert set(load(str(folder), ["SPX", "VIX"]).events) == set(built_in_calendars())


HEAD = "date,announced,withdrawn,actual\n"


@pytest.mark.parametrize("text, said", [
    ("", "DIR/events/CPI.csv: the file is empty; "
         "its first row must name the columns, date among them"),
    ("day\n2022-11-10\n", "DIR/events/CPI.csv, row 1: no columns named date; "
                          "name one so (found: day)"),
    ("date\n", "DIR/events/CPI.csv: no rows under the column names; add one row a date"),
    ("date\n10.11.2022\n", 'DIR/events/CPI.csv, row 2: "10.11.2022" is not an ISO date; '
                           "write the date as year-month-day, like 2020-01-31"),
    ("date\n2022-11-10\n2022-11-10\n", "DIR/events/CPI.csv, row 3: 2022-11-10 stands in row 2 "
                                       "too; keep one row a date"),
    ("date\n2022-11-10\n2022-10-13\n", "DIR/events/CPI.csv, row 3: 2022-10-13 comes after "
                                       "2022-11-10; sort the rows by date, oldest first"),
    (HEAD + "2022-11-10,2022-11-11,,\n", "DIR/events/CPI.csv, row 2: announced after it took "
                                         "place on 2022-11-10; correct one of the two"),
    (HEAD + "2022-11-10,2022-01-03,2022-11-11,\n", "DIR/events/CPI.csv, row 2: withdrawn after "
                                                   "it took place on 2022-11-10; leave it blank"),
    (HEAD + "2022-11-10,2022-01-03,2022-01-03,\n", "DIR/events/CPI.csv, row 2: withdrawn before "
     "it was announced on 2022-11-10; correct one of them"),
    (HEAD + "2022-11-10,,,7.7%\n", 'DIR/events/CPI.csv, row 2: "7.7%" in column actual is not a '
     "number; write it like 4796.56, without thousands separators or units"),
])  # fmt: skip
def test_what_is_wrong_with_a_calendar_is_said_with_its_row_and_the_way_out(folder, text, said):
    assert fault(folder, text) == said


def test_a_calendar_that_is_not_there_is_a_fault_that_names_the_file_to_add(folder):
    there = ", ".join([*BY_RULE, "FOMC"])
    with pytest.raises(DataFault) as caught:
        load(str(folder), ["SPX", "VIX"], events=["PPI"])
    assert str(caught.value).replace(str(folder), "DIR") == (
        f"DIR: no calendar PPI (there are {there}); put events/PPI.csv into it, with a column date"
    )
    with pytest.raises(DataFault) as caught:
        load("sample", ["SPX"], events=["CPI"])
    assert str(caught.value) == (
        f"sample: no calendar CPI (there are {there}); "
        "put events/CPI.csv into a folder given to --data, with a column date"
    )


def test_the_expiries_cannot_be_replaced(folder):
    assert fault(folder, "date\n2022-11-18\n", "SPX_EXPIRY") == (
        "DIR/events/SPX_EXPIRY.csv: SPX_EXPIRY follows from the calendar; give yours another name"
    )


def test_the_sample_says_from_when_on_it_knows_the_meetings():
    notes = load("sample", ["SPX"], events=["FOMC"]).notes
    assert notes[-1].startswith("FOMC is known from 1994-01-01 to 2026-12-31: ")


# --- what a history lets be known -----------------------------------------------------------------

SESSIONS = nyse().sessions[(nyse().sessions >= np.datetime64("2022-10-03"))][:40]
SPAN = (SESSIONS[0].item(), SESSIONS[-1].item())


def history(calendar: EventCalendar) -> History:
    closes = Series(np.full(len(SESSIONS), 4000.0))
    whole = history_of(SESSIONS, {"SPX": closes})
    return History(
        whole.sessions, whole.series, whole.rate, whole.dividend_yield, (), {"CPI": calendar}
    )


@given(calendars(*SPAN), st.integers(0, 38))
def test_a_cut_history_knows_nothing_of_its_future(calendar, index):
    cut = history(calendar).until(index)
    known, at = cut.events["CPI"], SESSIONS[index]
    assert (known.announced <= at).all()
    assert not (known.withdrawn > at).any()
    assert np.isnan(known.actual[known.dates > at]).all()
    assert np.isnan(known.expected[known.dates > at]).all()
    seen = calendar.announced <= at
    np.testing.assert_array_equal(known.dates, calendar.dates[seen])
    out = calendar.dates[seen] <= at
    np.testing.assert_array_equal(known.actual[out], calendar.actual[seen][out])


@given(calendars(*SPAN), st.integers(0, 38), st.integers(0, 38))
def test_cutting_twice_is_cutting_once(calendar, one, other):
    first, last = sorted((one, other))
    whole = history(calendar)
    assert whole.until(last).until(first).fingerprint == whole.until(first).fingerprint


@given(calendars(*SPAN), calendars(*SPAN))
def test_the_fingerprint_tells_calendars_apart(one, other):
    same = all(
        name == again and np.array_equal(column, also, equal_nan=True)
        for (name, column), (again, also) in zip(one.columns(), other.columns(), strict=True)
    )
    assert (history(one).fingerprint == history(other).fingerprint) == same
