"""Calendars of events and the words of time: `within 2 sessions before FOMC`, `CPI.surprise`."""

from __future__ import annotations

from hedgerow.book.expression import (
    Constant,
    DateWord,
    EventValue,
    EventWindow,
    EverySession,
    Expression,
)
from hedgerow.book.names import unknown
from hedgerow.book.reading import Reading, reads
from hedgerow.language import tree
from hedgerow.market.event_names import BY_RULE as BY_RULE  # what editors propose
from hedgerow.market.event_names import PACKAGED, VALUES
from hedgerow.text.diagnostic import nearest
from hedgerow.vocabulary import DATE_NAMES, DATES
from hedgerow.vocabulary.units import Kind

_EXPIRY = ("expiry", "expiration")


@reads(tree.NearEvent)
def _near(reading: Reading, node: tree.NearEvent) -> Expression | None:
    if node.event.dotted.lower() in _EXPIRY:
        days = node.distance.value if isinstance(node.distance, tree.Number) else 0
        message = f"`{node.event.span.text}` is no event: each position has its own"
        help = (f"write `days_to_expiry <= {days} days`",)
        reading.report("N108", message, node.event.span, help=help)
        return None
    calendar = _calendar(reading, node.event)
    distance = 0 if node.distance is None else _distance(reading, node, node.distance)
    if calendar is None or distance is None:
        return None
    nearer = distance if node.exact else 1
    first, last = {
        "on": (0, 0),
        "before": (nearer, distance),
        "after": (-distance, -nearer),
        "of": (-distance, distance),
    }[node.side]
    return EventWindow(calendar, first, last, node.span)


@reads(tree.Every)
def _every(reading: Reading, node: tree.Every) -> Expression | None:
    count = reading.window(node.window, "an interval")
    return None if count is None else EverySession(count, node.span)


def is_calendar(reading: Reading, name: str) -> bool:
    """Whether a name means a calendar here: a declared one, or one that is always there."""
    return name in reading.names.calendars or (name in BY_RULE and name not in reading.names.series)


def read_event_value(reading: Reading, node: tree.Name) -> Expression | None:
    """`CPI.actual`, `CPI.expected`, `CPI.surprise` of a calendar."""
    name, *column = node.parts
    reading.names.used.add(name)
    if not column:
        hint = f"write `on {name}`, or `within 2 sessions before {name}`"
        reading.report(
            "T201", f"`{name}` is a calendar of events, not a value", node.span, help=(hint,)
        )
        return None
    if name in BY_RULE:
        reading.report("T201", f"`{name}` has dates only, and brings no value", node.span,
                       help=(f"write `on {name}`",))  # fmt: skip
        return None
    if len(column) > 1 or column[0] not in VALUES:
        shown = ".".join(column)
        reading.found.append(unknown(shown, node.span, f"value of {name}", list(VALUES)))
        return None
    return EventValue(name, column[0], node.span)


def read_date_word(node: tree.Name) -> Expression | None:
    """`weekday`, `month`, and the names of days and months; None for any other name."""
    name = node.dotted
    if name in DATES:
        kind = DATES[name].result
        assert isinstance(kind, Kind), "a word of dates has one kind"
        return DateWord(name, kind, node.span)
    if name in DATE_NAMES:
        number, kind = DATE_NAMES[name]
        return Constant(float(number), kind, node.span)
    return None


def _calendar(reading: Reading, node: tree.Name) -> str | None:
    name, *column = node.parts
    if not is_calendar(reading, name):
        _undeclared(reading, node, name)
        return None
    reading.names.used.add(name)
    if column:
        reading.report("T201", f"`{node.span.text}` is a value, not a calendar", node.span,
                       help=(f"write the calendar alone: `{name}`",))  # fmt: skip
        return None
    return name


def _undeclared(reading: Reading, node: tree.Name, name: str) -> None:
    if name in reading.names.lost:
        return  # the line that could not be read may declare it
    if name in reading.names.series:
        reading.report("N108", f"`{name}` is a series, not a calendar of events", node.span)
        return
    near = nearest(name, [*reading.names.calendars, *BY_RULE, PACKAGED])
    declare = f"declare it: `events {name.upper()}`"
    if near is None or near == name:
        help: tuple[str, ...] = (declare,)
    elif near in reading.names.calendars or near in BY_RULE:
        help = (f"did you mean `{near}`?",)
    else:
        help = (f"did you mean `{near}`? it is declared by `events {near}`",)
    reading.report("N108", f"no calendar `{name}` is declared", node.span, help=help)


def _in_sessions(written: tree.Expression) -> str:
    """What a distance in days may have meant."""
    days = written.value if isinstance(written, tree.Number) and written.unit == "days" else 2
    return "1 session" if days == 1 else f"{days} sessions"


def _distance(reading: Reading, node: tree.NearEvent, written: tree.Expression) -> int | None:
    """Whole sessions, at least one."""
    if isinstance(written, tree.Name) and written.dotted == "day":
        shown = f"1 session {node.side} {node.event.span.text}"
        message = "a distance to an event is counted in sessions"
        reading.report("T202", message, written.span, help=(f"write `{shown}`",))
        return None
    value = reading.read(written)
    if value is None:
        return None
    if value.kind is Kind.DAYS:
        shown = f"{_in_sessions(written)} {node.side} {node.event.span.text}"
        reading.report(
            "T201",
            f"a distance to an event is counted in sessions, and `{written.span.text}` is "
            f"{value.kind}",
            written.span,
            help=(f"write `{shown}`" if node.exact else f"write `within {shown}`",),
        )
        return None
    return reading.window(written, "a distance to an event")
