"""What a calendar keeps a strategy from doing, and what it lets it do."""

from datetime import date

import numpy as np
import pytest
from hedgerow.account.assumptions import Assumptions
from hedgerow.market.data_fault import DataFault
from hedgerow.market.events import EventCalendar
from msgspec.structs import replace

from tests.market_strategies import market
from tests.running import run

QUIET = Assumptions(interest=False, dividends=False, costs="none", spread_fraction=0.0)

RULES = """strategy calm 1.0.0
"Condors, but not ahead of a decision"

needs SPX, VIX
events FOMC, CPI

entry condor {
  sell iron_condor(SPX, expiry = monthly 30 days, short = 5%, wing = 50 points)
  when CONDITION
  size 1 contracts
  at most 100 open
  exit when VIX > 90
}
"""
NEVER = np.datetime64("NaT", "D")


def spring(days: int = 40):
    """Flat markets from 2018-03-05 on: the committee met on Wednesday 2018-03-21."""
    past = market([2000.0] * days, [15.0] * days, start=date(2018, 3, 5))
    return replace(past, events={**past.events, "CPI": cpi()})


def cpi() -> EventCalendar:
    """Two releases, the first one hotter than expected."""
    dates = np.array(["2018-03-13", "2018-04-11"], dtype="M8[D]")
    return EventCalendar(
        "CPI", dates, dates - 90, np.array([NEVER, NEVER]), dates[0] - 30, dates[-1] + 30,
        np.array([2.4, 2.1]), np.array([2.2, 2.1]),
    )  # fmt: skip


def decided(condition: str, past=None) -> list[date]:
    result = run(RULES.replace("CONDITION", condition), past or spring(), QUIET)
    return [each.at for each in result.decisions if each.action == "open"]


def march(*days: int) -> set[date]:
    return {date(2018, 3, day) for day in days}


def test_no_condor_is_opened_within_two_sessions_before_the_committee_meets():
    opened = decided("not within 2 sessions before FOMC")
    assert march(19, 20).isdisjoint(opened)
    assert march(15, 16, 21, 22) <= set(opened)


def test_a_condor_is_opened_on_the_day_after_a_hot_release():
    # The release of 8:30 is out by the close of the 13th, and the last one until April the 11th.
    assert decided("CPI.surprise > 0.1 and 1 session after CPI") == [date(2018, 3, 14)]
    hot = decided("CPI.surprise > 0.1")
    assert (hot[0], hot[-1]) == (date(2018, 3, 13), date(2018, 4, 10))


def test_before_the_first_release_nothing_is_known_and_the_days_are_counted():
    result = run(RULES.replace("CONDITION", "CPI.surprise > 0.1"), spring(), QUIET)
    assert result.unknown == {"condor": 6}  # the 5th to the 12th


def test_condors_are_opened_on_mondays_only():
    opened = decided("weekday == monday")
    assert len(opened) == 9
    assert {each.isoweekday() for each in opened} == {1}


def test_every_ten_sessions_is_counted_from_the_first_of_the_data():
    past = spring()
    assert decided("every 10 sessions", past) == past.sessions[::10].tolist()


def test_the_days_since_an_event_can_be_counted():
    opened = decided("sessions since on FOMC <= 2 sessions")
    assert opened == sorted(march(21, 22, 23))


def test_a_calendar_that_is_not_there_stops_the_run():
    past = replace(spring(), events={})
    with pytest.raises(DataFault, match="no calendar CPI"):
        run(RULES.replace("CONDITION", "on CPI"), past, QUIET)
