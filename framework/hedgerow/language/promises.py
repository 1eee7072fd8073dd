"""Parse tree to promises: limits, invariants, claims and scenario tests."""

from __future__ import annotations

from hedgerow.language import tree as nodes
from hedgerow.language.literals import name, number, text, whole
from hedgerow.language.reading import Piece, Reading, last_tree, subtree, subtrees, token, tokens
from hedgerow.language.values import readable, value


def limit(parsed: Piece, reading: Reading) -> nodes.Limit:
    return nodes.Limit(value(last_tree(parsed), reading), span=reading.span(parsed))


def invariant(parsed: Piece, reading: Reading) -> nodes.Invariant:
    """`always`, `never`, `whenever`, `after`: their operands in the order written."""
    label = subtree(parsed, "text")
    operands = tuple(value(item, reading) for item in subtrees(parsed) if item is not label)
    pattern = str(parsed.children[0]) if parsed.data == "always" else str(parsed.data)
    return nodes.Invariant(
        pattern, operands, text(label, reading) if label else None, span=reading.span(parsed)
    )


def at_most_of(parsed: Piece, reading: Reading) -> nodes.Invariant:
    count, *rest = subtrees(parsed)
    label = subtree(parsed, "text")
    operands = (
        whole(count, reading, "that"),
        *(value(item, reading) for item in rest if item is not label),
    )
    return nodes.Invariant(
        "at_most", operands, text(label, reading) if label else None, span=reading.span(parsed)
    )


def claim(parsed: Piece, reading: Reading) -> nodes.Claim:
    said, baseline, *conditions = readable(parsed, reading)
    if len(subtrees(parsed)) == 2:
        report_empty(parsed, "condition", reading)
    return nodes.Claim(
        text(said, reading),
        name(baseline, reading),
        tuple(value(item, reading) for item in conditions),
        span=reading.span(parsed),
    )


def test(parsed: Piece, reading: Reading) -> nodes.Scenario:
    refuse_empty(parsed, "series", "line", reading, "expect")
    found = readable(parsed, reading)
    return nodes.Scenario(
        text(found[0], reading),
        tuple(_series(item, reading) for item in found if item.data == "series"),
        tuple(_expect(item, reading) for item in found if item.data == "expect"),
        span=reading.span(parsed),
    )


def _series(parsed: Piece, reading: Reading) -> nodes.ScenarioSeries:
    series, *steps = parsed.children
    return nodes.ScenarioSeries(
        name(series, reading),
        tuple(_step(item, reading) for item in steps),
        span=reading.span(parsed),
    )


def _step(parsed: Piece, reading: Reading) -> nodes.Step:
    signs, level = tokens(parsed, "PLUS", "MINUS"), subtree(parsed, "number")
    times = tokens(parsed, "REPEAT")
    repeat = int(times[0][1:]) if times and len(times[0]) <= len("x99999") else 0
    if times and not repeat:
        reading.report(
            "S121",
            f"`{times[0][:20]}` is not a number of sessions",
            reading.span(times[0]),
            help="write x1, x2, x3, ... up to x99999",
        )
    return nodes.Step(
        number(level, reading) if level else None,
        str(signs[0]) if signs else None,
        max(1, repeat),
        span=reading.span(parsed),
    )


def _expect(parsed: Piece, reading: Reading) -> nodes.Expect:
    subject, day = subtree(parsed, "name"), subtree(parsed, "day")
    assert subject is not None
    return nodes.Expect(
        bool(tokens(parsed, "NO")),
        str(token(parsed, "ENTRY", "EXIT", "ROLL")),
        name(subject, reading),
        int(whole(last_tree(day), reading, "days").value) if day else None,
        span=reading.span(parsed),
    )


def refuse_empty(
    parsed: Piece, rule: str, what: str, reading: Reading, other: str = "broken"
) -> None:
    if not subtrees(parsed, rule, other, "broken"):
        report_empty(parsed, what, reading)


def report_empty(parsed: Piece, what: str, reading: Reading) -> None:
    word = reading.span(parsed).text.split(None, 1)[0]
    at, help = reading.span(parsed.children[0]), f"write a {what} into it, or delete it"
    reading.report("S120", f"this `{word}` holds no {what}", at, help=help)
