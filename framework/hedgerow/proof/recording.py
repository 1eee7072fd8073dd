"""What the rules decided in a test, as its lines would say it: the edits that make a test pass.

A line that did not come true says afterwards what happened instead: the decision's nearest day, or
that it never came. A test that expects nothing is given every decision, and what never opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hedgerow.book.book import Book, Expectation, Scenario
from hedgerow.proof.rehearsal import Rehearsal, came_true, days_of
from hedgerow.text.diagnostic import Edit
from hedgerow.text.source import Span


def recorded(book: Book, scenario: Scenario, done: Rehearsal) -> tuple[Edit, ...]:
    """Changes of the file that holds the scenario; none where every line came true."""
    if not scenario.expectations:
        return (_added(scenario, list(everything_decided(book, done))),)
    kept = {each.text for each in scenario.expectations if came_true(each, done.decided)}
    edits = []
    for each in scenario.expectations:
        if came_true(each, done.decided):
            continue
        text = _instead(each, days_of(each, done.decided))
        edits.append(Edit(each.span.whole_line, "") if text in kept else Edit(each.span, text))
        kept.add(text)
    return tuple(edits)


def _instead(expected: Expectation, days: Sequence[int]) -> str:
    """The line that is true, of the same decision."""
    subject = expected.text.split()[3 if expected.negated else 2]
    if not days:
        return f"expect no {expected.action} {subject}"
    meant = expected.day or days[0]
    day = min(days, key=lambda each: (abs(each - meant), each))
    return f"expect {expected.action} {subject} on day {day}"


def everything_decided(book: Book, done: Rehearsal) -> Iterator[str]:
    """The lines that expect all of it."""
    for day, action, rule in done.decided:
        yield f"expect {action} {rule} on day {day}"
    opened = {rule for _, action, rule in done.decided if action == "entry"}
    quiet = [rule for rule in book.rules if rule.path not in opened]
    active = {rule.stack for rule in book.rules if rule.path in opened}
    yield from dict.fromkeys(
        f"expect no entry {rule.path if rule.stack in active else rule.stack or rule.path}"
        for rule in quiet
    )


def _added(scenario: Scenario, lines: Sequence[str]) -> Edit:
    """Lines before the brace that ends the test."""
    source, brace = scenario.span.source, scenario.span.stop - 1
    start = source.text.rfind("\n", 0, brace) + 1
    text = "".join(f"  {line}\n" for line in lines)
    if source.text[start:brace].strip():
        return Edit(Span(source, brace, brace), f"\n{text}")
    return Edit(Span(source, start, start), text)
