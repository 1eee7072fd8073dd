"""Words about the date of a session, and the names of weekdays and months."""

from __future__ import annotations

from collections.abc import Callable

from hedgerow.vocabulary.arrays import Array, Dates, np
from hedgerow.vocabulary.units import Kind
from hedgerow.vocabulary.word import Family, Word

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

# A name -> its number and kind. Programs disagree on the number of a weekday, so rules name it.
DATE_NAMES: dict[str, tuple[int, Kind]] = {
    **{name: (number, Kind.WEEKDAY) for number, name in enumerate(_WEEKDAYS, 1)},
    **{name: (number, Kind.MONTH) for number, name in enumerate(_MONTHS, 1)},
}


def _weekday(dates: Dates) -> Array:
    days = dates.astype("M8[D]").astype(np.int64)  # 1970-01-01 was a Thursday
    return ((days + 3) % 7 + 1).astype(np.float64)


def _month(dates: Dates) -> Array:
    return (dates.astype("M8[M]").astype(np.int64) % 12 + 1).astype(np.float64)


def _row(
    name: str, kind: Kind, last: int, description: str, compute: Callable[[Dates], Array]
) -> Word:
    source = "the date of the session"
    return Word(
        name, Family.DATE, kind, (), description, source, compute, between=(1.0, float(last))
    )


DATES: dict[str, Word] = {
    word.name: word
    for word in (
        _row("weekday", Kind.WEEKDAY, 7, "The day of the week, `monday` to `friday`.", _weekday),
        _row("month", Kind.MONTH, 12, "The month, `january` to `december`, or 1 to 12.", _month),
    )
}


def date_array(name: str, dates: Dates) -> Array:
    """The word on (n,) dates: Monday is 1, January is 1."""
    compute = DATES[name].compute
    assert compute is not None
    return compute(dates)  # type: ignore[no-any-return]
