"""Operators that look back in time; none looks forward."""

from __future__ import annotations

from hedgerow.book.expression import Apply, Expression
from hedgerow.book.operators import one_kind
from hedgerow.book.reading import LONGEST_WINDOW, Reading, reads
from hedgerow.language import tree
from hedgerow.text.source import Span
from hedgerow.vocabulary.units import Kind


@reads(tree.Held)
def _held(reading: Reading, node: tree.Held) -> Expression | None:
    return _windowed(reading, "for", reading.condition(node.condition), node)


@reads(tree.Recent)
def _recent(reading: Reading, node: tree.Recent) -> Expression | None:
    return _windowed(reading, "within last", reading.condition(node.condition), node)


@reads(tree.Trend)
def _trend(reading: Reading, node: tree.Trend) -> Expression | None:
    return _windowed(reading, node.direction, reading.read(node.value), node)


@reads(tree.Becomes)
def _becomes(reading: Reading, node: tree.Becomes) -> Expression | None:
    value = reading.condition(node.condition)
    if value is not None and not node.value.value:
        value = Apply("not", (value,), Kind.TRUTH, node.span)
    return _looking_back(reading, "becomes", value, Kind.TRUTH, node.span)


@reads(tree.Since)
def _since(reading: Reading, node: tree.Since) -> Expression | None:
    value = reading.condition(node.condition)
    return _looking_back(reading, "since", value, Kind.SESSIONS, node.span)


@reads(tree.Crosses)
def _crosses(reading: Reading, node: tree.Crosses) -> Expression | None:
    left, right = reading.read(node.left), reading.read(node.right)
    if left is None or right is None or one_kind(reading, [left, right]) is None:
        return None
    operator = f"crosses {node.direction}"
    return reading.made(Apply(operator, (left, right), Kind.TRUTH, node.span))


def _windowed(
    reading: Reading,
    operator: str,
    value: Expression | None,
    node: tree.Held | tree.Recent | tree.Trend,
) -> Expression | None:
    window = reading.window(node.window)
    if value is None or window is None:
        return None
    return reading.made(Apply(operator, (value,), Kind.TRUTH, node.span, window))


def _looking_back(
    reading: Reading, operator: str, value: Expression | None, kind: Kind, span: Span
) -> Expression | None:
    return None if value is None else reading.made(Apply(operator, (value,), kind, span))


@reads(tree.Lag)
def _lag(reading: Reading, node: tree.Lag) -> Expression | None:
    value = reading.read(node.of)
    back = node.sessions.value
    if back != int(back) or back > LONGEST_WINDOW:
        reading.report(
            "T207",
            f"`[{node.sessions.span.text}]` counts whole sessions back, at most {LONGEST_WINDOW}",
            node.span,
            help=("`[1]` is one session ago",),
        )
        return None
    if value is None or back == 0:
        return value
    return reading.made(Apply("lag", (value,), value.kind, node.span, int(back)))
