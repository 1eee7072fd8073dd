"""Tests: made-up prices day by day, and the decisions expected of the rules."""

from __future__ import annotations

from hedgerow.book.book import Expectation, Scenario, ScenarioPath
from hedgerow.book.invariants import read_decided
from hedgerow.book.names import unknown
from hedgerow.book.reading import LONGEST_WINDOW, Reading
from hedgerow.language import tree
from hedgerow.text.diagnostic import Diagnostic, Label
from hedgerow.vocabulary.units import Kind, base_value, kind_of

PRICING = ("SPX", "VIX")  # contracts are priced from both, so a scenario may always give them
MOST_DAYS = LONGEST_WINDOW
UNSAID_DAYS = 20  # of a test that neither gives a series nor names a day

Levels = tuple[float | None, ...]


def read_scenario(reading: Reading, node: tree.Scenario) -> Scenario | None:
    """The scenario, or None where a part of it was refused."""
    paths = _paths(reading, node)
    if paths is None:
        return None
    days = max((len(each.levels) for each in paths), default=0)
    expectations = [_expectation(reading, each, days) for each in node.expectations]
    lost = reading.names.broken_in(node.span) or "expect" in reading.names.lost
    if not (node.expectations or lost):
        reading.report("K605", "this test expects nothing, so it can't fail", node.span,
                       help=("add a line such as `expect entry NAME on day 5`, or let `hedgerow "
                             "test --record` write what is decided",))  # fmt: skip
    known = tuple(each for each in expectations if each is not None)
    if len(known) < len(expectations) or _contradict(reading, known):
        return None
    named = max((each.day or 0 for each in known), default=0)
    return Scenario(node.text, paths, days or named or UNSAID_DAYS, known, node.span)


def _paths(reading: Reading, node: tree.Scenario) -> tuple[ScenarioPath, ...] | None:
    first: dict[str, tree.ScenarioSeries] = {}
    found: list[ScenarioPath | None] = []
    for given in node.series:
        name = given.series.dotted
        if name in first:
            labels = (Label(first[name].span, "given here first"),)
            reading.report("K601", f"`{name}` is given twice in one test", given.span,
                           labels=labels, help=("join the two lines with a comma",))  # fmt: skip
            found.append(None)
            continue
        first[name] = given
        levels = _levels(reading, given) if _is_known(reading, given.series) else None
        found.append(None if levels is None else ScenarioPath(name, levels))
    known = tuple(each for each in found if each is not None)
    return known if len(known) == len(found) else None


def _is_known(reading: Reading, name: tree.Name) -> bool:
    """A declared series, or one of the two that price the contracts."""
    written = name.dotted
    if written in reading.names.series or written in PRICING:
        return True
    if written in reading.names.calendars:
        message = f"`{written}` is a calendar, and no event is announced on made-up days"
        reading.report("N102", message, name.span, help=("leave the line out",))
    elif reading.names.lost.isdisjoint(name.parts):
        near = unknown(written, name.span, "series", [*reading.names.series, *PRICING]).help
        help = near or (f"declare it: `needs {written}`, or leave the line out",)
        reading.report("N102", f"`{written}` is not declared", name.span, help=help)
    return False


def _levels(reading: Reading, given: tree.ScenarioSeries) -> Levels | None:
    """A level a day; a step that is relative starts from the last level there was."""
    levels: list[float | None] = []
    last: float | None = None
    needed = given.series.dotted in PRICING
    for step in given.steps:
        if len(levels) + step.repeat > MOST_DAYS:
            reading.report("T207", f"a test has at most {MOST_DAYS} days", step.span)
            return None
        if step.value is None:
            if needed and last is None:
                _no_level(reading, step, f"`{given.series.span.text}` prices the contracts, and is "
                          "missing on the first day")  # fmt: skip
                return None
            levels += [None] * step.repeat
            continue
        for _ in range(step.repeat):
            last = _level(reading, step, step.value, last)
            if last is None:
                return None
            levels.append(last)
    return tuple(levels)


def _level(
    reading: Reading, step: tree.Step, number: tree.Number, last: float | None
) -> float | None:
    kind, amount = kind_of(number.value, number.unit), base_value(number.value, number.unit)
    bare = (Kind.LITERAL, Kind.ZERO, Kind.POINTS)
    if step.relative is None and kind not in bare:
        reading.report("T201", f"a level is a plain number, and `{number.span.text}` is {kind}",
                       step.span, help=(f"write `+{number.span.text}` or `-{number.span.text}` "
                                        "for a change",))  # fmt: skip
        return None
    if step.relative is not None and kind not in (*bare, Kind.RATIO):
        reading.report("T201", f"a series moves by points or by percent, and `{number.span.text}` "
                       f"is {kind}", step.span)  # fmt: skip
        return None
    if step.relative is None:
        level = amount
    elif last is None:
        _no_level(reading, step, f"`{step.span.text}` is relative, and there is no level before it")
        return None
    else:
        change = amount * last if kind is Kind.RATIO else amount
        level = last + (change if step.relative == "+" else -change)
    if level <= 0:
        reading.report("T207", f"`{step.span.text}` makes a level of {level:g}: levels are above "
                       "zero", step.span)  # fmt: skip
        return None
    return level


def _no_level(reading: Reading, step: tree.Step, message: str) -> None:
    reading.report("K602", message, step.span, help=("begin the series with a level: `2000`",))


def _expectation(reading: Reading, node: tree.Expect, days: int) -> Expectation | None:
    decided = read_decided(reading, node.action, node.subject, node.span)
    if days and node.day is not None and node.day > days:
        reading.report(
            "K603", f"the test ends on day {days}, and this is expected on day {node.day}",
            node.span, help=("give the series more days, or another day here",),
        )  # fmt: skip
        return None
    if node.day is not None and node.day > MOST_DAYS:
        reading.report("T207", f"a test has at most {MOST_DAYS} days", node.span)
        return None
    if decided is None:
        return None
    return Expectation(
        node.negated, node.action, decided.rules, node.day, node.span.flat, node.span
    )


def _contradict(reading: Reading, expected: tuple[Expectation, ...]) -> bool:
    """Whether one line wants what another forbids; reported once."""
    for wanted in expected:
        for forbidden in expected:
            same = (wanted.action, wanted.rules) == (forbidden.action, forbidden.rules)
            if same and forbidden.negated > wanted.negated and forbidden.day in (None, wanted.day):
                reading.found.append(Diagnostic(
                    "K604", "these two lines can't both come true", forbidden.span,
                    (Label(wanted.span, "this is expected"),),
                    help=("name the day on which it must not happen, or delete one of them",),
                ))  # fmt: skip
                return True
    return False
