"""What the market did: daily series on one calendar of sessions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
from msgspec import Struct, field
from msgspec.structs import force_setattr
from numpy.typing import NDArray

from hedgerow.market.data_fault import DataFault
from hedgerow.market.events import EventCalendar, built_in_calendars
from hedgerow.text.in_words import counted

Floats = NDArray[np.float64]

DEFAULT_RATE = 0.02  # continuous, per year
DEFAULT_DIVIDEND_YIELD = 0.015  # per year


class Series(Struct, frozen=True, eq=False):
    """One series, (n,) aligned with the sessions of its history; nan where a value is missing."""

    close: Floats
    open: Floats | None = None
    high: Floats | None = None
    low: Floats | None = None
    source: str = ""  # where it came from, in words

    def __post_init__(self) -> None:
        for name in ("close", "open", "high", "low"):
            force_setattr(self, name, _frozen(getattr(self, name)))

    def opening(self) -> Floats:
        """Opens, and the close of the session before where there is none (nan on the first)."""
        before = np.concatenate([[np.nan], self.close[:-1]])
        if self.open is None:
            return before
        return np.where(np.isnan(self.open), before, self.open)

    def last_known(self) -> Floats:
        """Closes that can be prices, each the one before it where there is none; nan until then."""
        known = self.close > 0.0
        last = np.maximum.accumulate(np.where(known, np.arange(len(known)), 0))
        return np.where(known[last], self.close[last], np.nan)

    def cut(self, part: slice) -> Series:
        """The same series on a stretch of its sessions."""
        open_, high, low = (
            None if field is None else field[part] for field in (self.open, self.high, self.low)
        )
        return Series(self.close[part], open_, high, low, self.source)


class History(Struct, frozen=True, eq=False):
    """Sessions and everything observed on them. Arrays are (n,) and read-only."""

    sessions: NDArray[np.datetime64]  # days, strictly increasing
    series: Mapping[str, Series]
    rate: Floats  # risk-free, continuous, per year
    dividend_yield: Floats  # of SPX, continuous, per year
    notes: tuple[str, ...] = ()  # sentences a reader of a report must know
    events: Mapping[str, EventCalendar] = field(default_factory=built_in_calendars)
    fingerprint: str = ""  # SHA-256 of dates, values and events

    def __post_init__(self) -> None:
        for name in ("sessions", "rate", "dividend_yield"):
            force_setattr(self, name, _frozen(getattr(self, name)))
        force_setattr(self, "fingerprint", _fingerprint(self))

    def __len__(self) -> int:
        return len(self.sessions)

    def between(self, start: date | None, end: date | None) -> History:
        """Sessions from `start` to `end`, both included; None: as far as there are any.

        DataFault where that leaves none.
        """
        first, last = 0, len(self)
        if start is not None:
            first = int(np.searchsorted(self.sessions, np.datetime64(start)))
        if end is not None:
            last = int(np.searchsorted(self.sessions, np.datetime64(end), side="right"))
        if first >= last:
            raise DataFault(
                f"{start or self.sessions[0]} to {end or self.sessions[-1]}",
                "no session lies between these dates",
                f"the data run from {self.sessions[0]} to {self.sessions[-1]}",
            )
        return self._cut(slice(first, last))

    def until(self, index: int) -> History:
        """All that was known at the close of session `index`."""
        return self._cut(slice(0, index + 1))

    def _cut(self, part: slice) -> History:
        return History(
            self.sessions[part],
            {name: series.cut(part) for name, series in self.series.items()},
            self.rate[part],
            self.dividend_yield[part],
            self.notes,
            self._events_known(part),
        )

    def _events_known(self, part: slice) -> Mapping[str, EventCalendar]:
        """The calendars as they stood at the close of a last session that was brought forward."""
        if part.stop >= len(self):
            return self.events
        last = self.sessions[part][-1]
        return {name: calendar.known_at(last) for name, calendar in self.events.items()}


def history_of(
    sessions: NDArray[np.datetime64],
    series: Mapping[str, Series],
    bill_percent: Floats | None = None,
    notes: tuple[str, ...] = (),
) -> History:
    """A history with its rates: `bill_percent` is the 3-month bill, bond-equivalent, percent.

    A missing rate is the last one known; where none is known yet the rate is 2 %. The dividend
    yield is 1.5 %. Notes say which of these were assumed.
    """
    n = len(sessions)
    assumed = ["The dividend yield of SPX is assumed to be 1.5% a year."]
    if bill_percent is None:
        rate = np.full(n, DEFAULT_RATE)
        assumed.append("No interest rate was given: 2% a year is assumed.")
    else:
        known = last_known(bill_percent)
        rate = np.where(np.isnan(known), DEFAULT_RATE, continuous_rate(known))
        if np.isnan(known[0]):
            first = counted(int(np.isnan(known).sum()), "session")
            assumed.append(f"Interest is assumed to be 2% a year on the first {first}.")
    return History(sessions, series, rate, np.full(n, DEFAULT_DIVIDEND_YIELD), (*notes, *assumed))


def continuous_rate(percent: Floats) -> Floats:
    """Continuous rate per year of a 91-day bill's bond-equivalent yield in percent."""
    return np.asarray(np.log1p(percent / 100 * 91 / 365) * 365 / 91)


def last_known(values: Floats) -> Floats:
    """Each value, or the last one before it that is not nan."""
    at = np.where(np.isnan(values), 0, np.arange(len(values)))
    return np.asarray(values[np.maximum.accumulate(at)])


def _frozen(array: NDArray[Any] | None) -> NDArray[Any] | None:
    """A read-only view, so that nobody can change a market they were handed."""
    if array is None:
        return None
    view = array.view()
    view.flags.writeable = False
    return view


def _fingerprint(history: History) -> str:
    digest = hashlib.sha256()

    def add(name: str, values: NDArray[Any], kind: str) -> None:
        digest.update(f"{name}:{len(values)}\n".encode())
        digest.update(np.ascontiguousarray(values.astype(kind)).tobytes())

    add("sessions", history.sessions.astype("M8[D]").astype(int), "<i8")
    add("rate", _canonical(history.rate), "<f8")
    add("dividend_yield", _canonical(history.dividend_yield), "<f8")
    for name in sorted(history.series):
        series = history.series[name]
        columns = (("close", series.close), ("open", series.open), ("high", series.high))
        for column, values in (*columns, ("low", series.low)):
            if values is not None:
                add(f"{name}.{column}", _canonical(values), "<f8")
    for name in sorted(history.events):
        for column, numbers in history.events[name].columns():
            whole = numbers.dtype.kind == "i"
            values = numbers if whole else _canonical(numbers)
            add(f"events {name}.{column}", values, "<i8" if whole else "<f8")
    return digest.hexdigest()


def _canonical(values: Floats) -> Floats:
    """One bit pattern for every nan and for zero."""
    return np.where(np.isnan(values), np.nan, values) + 0.0
