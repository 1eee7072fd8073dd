"""Schedules of releases: what was known of a day, and since when."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hedgerow.market.data_fault import DataFault
from hedgerow.market.download.registry import public_sources
from hedgerow.market.download.schedules import HEADER, calendar_text
from hedgerow.market.sources.events import calendar_from_file

CPI, JOBS = public_sources()["CPI"], public_sources()["JOBS"]
TODAY = date(2026, 8, 3)


def schedule(*events: tuple[str, str]) -> bytes:
    """As the Bureau of Labor Statistics writes one: long lines folded, times in New York."""
    text = "".join(
        f"BEGIN:VEVENT\r\nUID:{at}\r\nDTSTART;TZID=US-Eastern:{day}T083000\r\n"
        f"SUMMARY:{name[:9]}\r\n {name[9:]}\r\nEND:VEVENT\r\n"
        for at, (day, name) in enumerate(events)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{text}END:VCALENDAR\r\n".encode()


SCHEDULE = schedule(
    ("20260714", "Consumer Price Index"),
    ("20260812", "Consumer Price Index for July 2026"),
    ("20260911", "Consumer Price Index"),
    ("20260807", "Employment Situation"),
    ("20260319", "Employment Situation of Veterans"),
)


def rows(text: str) -> list[str]:
    head, *rest = text.splitlines()
    assert head == HEADER
    return rest


def test_days_to_come_are_announced_today_and_days_gone_by_are_known_on_themselves() -> None:
    found = rows(calendar_text(CPI, SCHEDULE, "", TODAY))
    assert found == ["2026-07-14,,", "2026-08-12,2026-08-03,", "2026-09-11,2026-08-03,"]


def test_another_release_of_a_longer_name_is_another_release() -> None:
    assert rows(calendar_text(JOBS, SCHEDULE, "", TODAY)) == ["2026-08-07,2026-08-03,"]


def test_a_day_keeps_the_day_it_was_first_seen_and_one_that_is_gone_was_called_off() -> None:
    first = calendar_text(CPI, SCHEDULE, "", TODAY)
    moved = schedule(("20260812", "Consumer Price Index"), ("20260915", "Consumer Price Index"))
    later = rows(calendar_text(CPI, moved, first, date(2026, 8, 20)))
    assert later == [
        "2026-07-14,,", "2026-08-12,2026-08-03,", "2026-09-11,2026-08-03,2026-08-20",
        "2026-09-15,2026-08-20,",
    ]  # fmt: skip


def test_a_day_called_off_and_set_again_is_known_from_then_on() -> None:
    before = f"{HEADER}\n2026-09-11,2026-08-03,2026-08-20\n"
    found = rows(calendar_text(CPI, SCHEDULE, before, date(2026, 8, 25)))
    assert "2026-09-11,2026-08-25," in found


def test_a_day_seen_and_gone_within_one_day_never_stood() -> None:
    first = calendar_text(CPI, SCHEDULE, "", TODAY)
    other = schedule(("20260813", "Consumer Price Index"))
    assert rows(calendar_text(CPI, other, first, TODAY)) == [
        "2026-07-14,,",
        "2026-08-13,2026-08-03,",
    ]


def test_a_run_reads_what_was_written(tmp_path: Path) -> None:
    file = tmp_path / "CPI.csv"
    file.write_text(calendar_text(CPI, SCHEDULE, "", TODAY))
    calendar, _ = calendar_from_file("CPI", file)
    assert calendar.dates.tolist()[-1] == date(2026, 9, 11)
    assert np.datetime64("2026-09-11") not in calendar.known_at(np.datetime64("2026-07-31")).dates


@pytest.mark.parametrize("content, problem", [
    (b"<html>maintenance</html>", "a page, not a schedule"),
    (b"", "a page, not a schedule"),
    (schedule(("20260812", "Real Earnings")), "no `Consumer Price Index` in the schedule"),
    (schedule(("tomorrow", "Consumer Price Index")), "'tomorrowT083000' is not a date"),
])  # fmt: skip
def test_what_is_no_schedule_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(DataFault, match=problem):
        calendar_text(CPI, content, "", TODAY)
