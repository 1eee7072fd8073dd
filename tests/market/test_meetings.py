"""The page of the Federal Reserve's meetings: days of decisions, and what is no such page."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hedgerow.market.data_fault import DataFault
from hedgerow.market.download.meetings import meeting_days
from hedgerow.market.download.registry import public_sources
from hedgerow.market.download.schedules import calendar_text
from hedgerow.market.events import built_in_calendars, packaged_calendar
from hedgerow.market.sources.events import calendar_from_file

from tests.market.fomc_page import YEARS, page

FOMC = public_sources()["FOMC"]
TODAY = date(2026, 8, 3)
PAGE = page(YEARS)
NEXT_YEAR = page({2027: "January 26-27, March 16-17*", **YEARS})


def test_the_days_of_the_page_are_the_packaged_ones() -> None:
    packaged = built_in_calendars()["FOMC"].dates
    kept = packaged[packaged >= np.datetime64("2023")].astype(str).tolist()
    assert sorted(meeting_days(FOMC, PAGE, TODAY)) == kept
    assert len(kept) == 32


@pytest.mark.parametrize(("meeting", "decided"), [
    ("January 27-28", "2026-01-28"),
    ("March 17 \u2013 18*", "2026-03-18"),
    ("April 5", "2026-04-05"),
    ("Apr/May 30-1", "2026-05-01"),
    ("Dec/Jan 31-1*", "2027-01-01"),
    ("March 15 (unscheduled)", "2026-03-15"),
])  # fmt: skip
def test_a_decision_is_of_the_last_day_of_a_meeting(meeting: str, decided: str) -> None:
    held = page({2026: f"{meeting}, June 16-17*, July 28-29, September 15-16*, December 8-9*"})
    assert decided in meeting_days(FOMC, held, TODAY)


@pytest.mark.parametrize("meeting", ["March 17-18 (cancelled)", "March 23 (notation vote)"])
def test_what_was_called_off_or_voted_in_writing_is_no_decision(meeting: str) -> None:
    held = page({2026: f"{meeting}, June 16-17*, July 28-29, September 15-16*, December 8-9*"})
    days = meeting_days(FOMC, held, TODAY)
    assert sorted(days) == ["2026-06-17", "2026-07-29", "2026-09-16", "2026-12-09"]


def test_days_of_the_package_stay_and_new_ones_count_as_announced_today(tmp_path: Path) -> None:
    packaged = packaged_calendar("FOMC")
    text = calendar_text(FOMC, NEXT_YEAR, packaged, TODAY)
    new = ["2027-01-27,2026-08-03,", "2027-03-17,2026-08-03,"]
    assert text.splitlines() == [*packaged.splitlines(), *new]
    file = tmp_path / "FOMC.csv"
    file.write_text(text)
    calendar, notes = calendar_from_file("FOMC", file)
    assert not notes
    assert np.datetime64("2027-01-27") not in calendar.known_at(np.datetime64("2026-07-31")).dates


def test_a_meeting_that_is_gone_was_called_off_and_one_that_came_was_announced() -> None:
    before = calendar_text(FOMC, NEXT_YEAR, packaged_calendar("FOMC"), TODAY)
    moved = {**YEARS, 2026: YEARS[2026].replace("27-28, December", "20-21, December")}
    text = calendar_text(FOMC, page(moved), before, date(2026, 8, 20))
    assert "2026-10-21,2026-08-20,\n2026-10-28,2025-12-01,2026-08-20\n" in text
    assert "2027-01-27,2026-08-03,\n" in text, "of 2027 the page says nothing"


@pytest.mark.parametrize(("content", "said"), [
    (b"", "no meetings of 2026 on the page"),
    (b"<html><body>maintenance</body></html>", "no meetings of 2026 on the page"),
    (b'{"events": []}', "no meetings of 2026 on the page"),
    (page({2025: YEARS[2025]}), "no meetings of 2026 on the page"),
    (page({2026: "January 27-28, March 17-18*"}), "no meetings of 2026 on the page"),
    (PAGE[: len(PAGE) // 9], "no meetings of 2026 on the page"),
    (PAGE.replace(b"2026 FOMC", b"The FOMC"), "'January 27-28, ' is no date"),
    (PAGE.replace(b">27-28<", b">27 to 28<"), "'January 27 to 28, 2026' is no meeting"),
    (PAGE.replace(b">27-28<", b">28-27<"), "'January 28-27, 2026' is no meeting"),
    (PAGE.replace(b">28-29<", b">30-31<"), "'April 30-31, 2026' is no date"),
    (PAGE.replace(b"January", b"Janvier").replace(b"April", b"Avril"), "'Avril 28-29, 2026' is no"),
    (PAGE.replace(b">27-28<", b">27-28 (tentative)<"), "'January 27-28 (tentative), 2026' is no"),
])  # fmt: skip
def test_another_page_is_refused_with_a_way_out(content: bytes, said: str) -> None:
    with pytest.raises(DataFault) as caught:
        meeting_days(FOMC, content, TODAY)
    assert said in str(caught.value)
    assert "write events/NAME.csv by hand, with a column date" in str(caught.value)
