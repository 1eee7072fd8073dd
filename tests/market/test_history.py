"""A history keeps dates and values together, and cuts both alike."""

from datetime import date
from math import exp, isnan

import numpy as np
import pytest
from hedgerow.market.data_fault import DataFault
from hedgerow.market.history import DEFAULT_RATE, History, Series, continuous_rate, history_of
from hypothesis import given
from hypothesis import strategies as st

SESSIONS = np.array(
    ["2020-01-02", "2020-01-03", "2020-01-06", "2020-01-07", "2020-01-08"], dtype="M8[D]"
)
CLOSES = np.array([100.0, 101.0, 99.0, 102.0, 103.0])
MISSING = np.nan


def small(closes: np.ndarray = CLOSES, sessions: np.ndarray = SESSIONS) -> History:
    opens = np.array([99.5, MISSING, 100.5, 101.5, MISSING])
    return history_of(sessions, {"SPX": Series(closes, open=opens)})


def test_between_keeps_both_of_its_ends() -> None:
    cut = small().between(date(2020, 1, 3), date(2020, 1, 7))
    assert cut.sessions.tolist() == [date(2020, 1, 3), date(2020, 1, 6), date(2020, 1, 7)]
    assert cut.series["SPX"].close.tolist() == [101.0, 99.0, 102.0]
    assert len(cut.rate) == len(cut.dividend_yield) == len(cut) == 3


def test_between_without_ends_is_everything() -> None:
    assert small().between(None, None).fingerprint == small().fingerprint


def test_between_dates_without_a_session_names_the_range_of_the_data() -> None:
    with pytest.raises(DataFault) as caught:
        small().between(date(2020, 1, 4), date(2020, 1, 5))
    assert str(caught.value) == (
        "2020-01-04 to 2020-01-05: no session lies between these dates; "
        "the data run from 2020-01-02 to 2020-01-08"
    )


@given(st.integers(0, 4), st.floats(1, 1e4))
def test_until_forgets_whatever_comes_later(index: int, later: float) -> None:
    changed = CLOSES.copy()
    changed[index + 1 :] = later
    assert small(changed).until(index).fingerprint == small().until(index).fingerprint


@given(st.integers(0, 4))
def test_the_fingerprint_sees_every_value(index: int) -> None:
    changed = CLOSES.copy()
    changed[index] += 0.01
    assert small(changed).fingerprint != small().fingerprint


def test_the_fingerprint_sees_dates_and_names() -> None:
    later = small(sessions=SESSIONS + 1)
    renamed = history_of(SESSIONS, {"VIX": small().series["SPX"]})
    assert len({small().fingerprint, later.fingerprint, renamed.fingerprint}) == 3


def test_the_fingerprint_is_one_for_equal_values_however_they_were_made() -> None:
    strided = np.repeat(CLOSES, 2)[::2]
    assert small(strided).fingerprint == small().fingerprint


def test_nobody_can_change_a_history_they_were_handed() -> None:
    history = small()
    for array in (history.sessions, history.rate, history.series["SPX"].close):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = array[1]


def test_a_missing_open_is_the_close_of_the_session_before() -> None:
    assert small().series["SPX"].opening().tolist() == [99.5, 100.0, 100.5, 101.5, 102.0]


def test_a_series_without_opens_opens_at_the_close_before() -> None:
    opening = Series(CLOSES).opening()
    assert isnan(opening[0])
    assert opening[1:].tolist() == CLOSES[:-1].tolist()


def test_the_continuous_rate_grows_a_bill_to_its_face() -> None:
    rate = continuous_rate(np.array([5.0]))[0]
    assert exp(rate * 91 / 365) == pytest.approx(1 + 0.05 * 91 / 365, abs=1e-15)


def test_a_missing_rate_is_the_last_one_known() -> None:
    percent = np.array([MISSING, MISSING, 5.0, MISSING, 4.0])
    history = history_of(SESSIONS, {"SPX": Series(CLOSES)}, percent)
    five, four = continuous_rate(np.array([5.0, 4.0]))
    assert history.rate.tolist() == [DEFAULT_RATE, DEFAULT_RATE, five, five, four]
    assert "Interest is assumed to be 2% a year on the first 2 sessions." in history.notes


def test_assumed_rates_are_said_aloud() -> None:
    assert small().notes == (
        "The dividend yield of SPX is assumed to be 1.5% a year.",
        "No interest rate was given: 2% a year is assumed.",
    )
