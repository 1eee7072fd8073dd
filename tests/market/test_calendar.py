"""Sessions and standard expiries, against exchange documents and the exchange_calendars package."""

from datetime import date

import numpy as np
import pytest
import QuantLib as ql
from hedgerow.market.build_closings import closings_from_package
from hedgerow.market.calendar import nyse
from hypothesis import given
from hypothesis import strategies as st

CALENDAR = nyse()
MONTHS = CALENDAR.months()


def days(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="M8[D]")


def months(first: str, last: str) -> np.ndarray:
    return np.arange(np.datetime64(first), np.datetime64(last) + 1)


@pytest.mark.filterwarnings("ignore:Series.values")  # the package's own, under new pandas
def test_the_table_of_closings_is_what_exchange_calendars_says() -> None:
    known = np.arange(CALENDAR.first, CALENDAR.last + 1)
    closed = np.setdiff1d(known[np.is_busday(known)], CALENDAR.sessions)
    assert np.array_equal(closed, closings_from_package())


@pytest.mark.parametrize(
    "closed",
    [
        date(2001, 9, 11),  # attacks
        date(2004, 6, 11),  # mourning for President Reagan
        date(2012, 10, 29),  # hurricane Sandy
        date(2018, 12, 5),  # mourning for President Bush
        date(2022, 6, 20),  # Juneteenth, observed
        date(2026, 11, 26),  # Thanksgiving
        date(2026, 11, 21),  # a Saturday
    ],
)
def test_the_exchange_was_closed_that_day(closed: date) -> None:
    assert np.datetime64(closed) not in CALENDAR.sessions


def test_good_friday_moves_the_standard_expiry_to_thursday() -> None:
    shifted = CALENDAR.third_fridays(months("2008-03", "2008-04"))
    assert shifted.tolist() == [date(2008, 3, 20), date(2008, 4, 18)]
    april = CALENDAR.third_fridays(months("2019-04", "2019-04"))
    assert april.tolist() == [date(2019, 4, 18)]


def test_vix_settles_on_a_tuesday_where_the_next_third_friday_is_a_holiday() -> None:
    """Dates of the exchange's own settlement archive; the last is published in advance."""
    expected = days("2014-03-18", "2019-03-19", "2022-03-15", "2025-03-18", "2026-05-19")
    assert np.array_equal(CALENDAR.vix_settlements(expected.astype("M8[M]")), expected)


def test_a_vix_settlement_on_a_closed_wednesday_is_the_tuesday_before() -> None:
    june = CALENDAR.vix_settlements(months("2024-06", "2024-06"))
    assert june.tolist() == [date(2024, 6, 18)]  # the 19th is Juneteenth


def test_vix_settled_a_week_early_twice_in_2004() -> None:
    settled = CALENDAR.vix_settlements(months("2004-07", "2004-10"))
    assert settled.tolist() == [
        date(2004, 7, 14),
        date(2004, 8, 18),
        date(2004, 9, 15),
        date(2004, 10, 13),
    ]


def test_vix_settlements_of_2008_are_those_of_the_exchange() -> None:
    expected = days(
        *("2008-01-16", "2008-02-19", "2008-03-19", "2008-04-16", "2008-05-21", "2008-06-18"),
        *("2008-07-16", "2008-08-20", "2008-09-17", "2008-10-22", "2008-11-19", "2008-12-17"),
    )
    assert np.array_equal(CALENDAR.vix_settlements(months("2008-01", "2008-12")), expected)


def test_month_ends_are_last_sessions() -> None:
    ends = CALENDAR.month_ends(months("2022-04", "2022-07"))
    assert np.array_equal(ends, days("2022-04-29", "2022-05-31", "2022-06-30", "2022-07-29"))


def test_every_standard_expiry_is_a_session_of_its_month() -> None:
    for expiries in (
        CALENDAR.third_fridays(MONTHS),
        CALENDAR.vix_settlements(MONTHS),
        CALENDAR.month_ends(MONTHS),
    ):
        assert np.isin(expiries, CALENDAR.sessions).all()
        assert np.array_equal(expiries.astype("M8[M]"), MONTHS)


def test_a_day_the_calendar_does_not_know_is_an_error() -> None:
    with pytest.raises(ValueError, match="1971-01-01 to 2045-12-31"):
        CALENDAR.on_or_before(days("1969-07-21"))


@given(st.dates(date(1971, 2, 1), date(2045, 11, 30)))
def test_shifting_lands_on_the_nearest_session_of_its_side(day: date) -> None:
    asked = days(day.isoformat())
    before, after = CALENDAR.on_or_before(asked)[0], CALENDAR.on_or_after(asked)[0]
    assert before <= asked[0] <= after
    assert np.isin([before, after], CALENDAR.sessions).all()
    between = (CALENDAR.sessions > before) & (CALENDAR.sessions < after)
    assert not between.any()


EXCHANGE = ql.UnitedStates(ql.UnitedStates.NYSE)


def day_of(theirs: ql.Date) -> np.datetime64:
    return np.datetime64(date(theirs.year(), theirs.month(), theirs.dayOfMonth()))


def quantlibs_third_friday(month: date) -> ql.Date:
    friday = ql.Date.nthWeekday(3, ql.Friday, month.month, month.year)
    return EXCHANGE.adjust(friday, ql.Preceding)


def test_sessions_are_quantlibs_business_days() -> None:
    serials = range(ql.Date(1, 1, 1990).serialNumber(), ql.Date(31, 12, 2030).serialNumber() + 1)
    theirs = [day_of(ql.Date(at)) for at in serials if EXCHANGE.isBusinessDay(ql.Date(at))]
    ours = CALENDAR.sessions
    kept = (ours >= np.datetime64("1990-01-01")) & (ours <= np.datetime64("2030-12-31"))
    assert np.array_equal(ours[kept], np.array(theirs))


def test_third_fridays_and_vix_settlements_are_quantlibs() -> None:
    asked = months("1990-01", "2030-12")
    fridays = [quantlibs_third_friday(month) for month in asked.tolist()]
    assert CALENDAR.third_fridays(asked).tolist() == [day_of(each).item() for each in fridays]
    vix = CALENDAR.vix_settlements(asked[:-1])
    rule = [day_of(EXCHANGE.adjust(each - 30, ql.Preceding)) for each in fridays[1:]]
    special = vix != np.array(rule)
    assert asked[:-1][special].tolist() == [date(2004, 7, 1), date(2004, 10, 1)]
