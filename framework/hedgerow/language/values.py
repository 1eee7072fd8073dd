"""Parse tree to expressions: values, conditions, names and numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from lark import Tree

from hedgerow.language import tree as nodes
from hedgerow.language.literals import name, number, truth
from hedgerow.language.reading import Parsed, Piece, Reading, last_tree, subtree, subtrees, token
from hedgerow.text.diagnostic import Diagnostic, replace

_SAME_OPERATOR = {"≤": "<=", "≥": ">=", "≠": "!="}
_STRETCHED = {"held": "for", "recent": "within last", "becomes": "becomes"}
_PRICES = ("close", "high", "low", "volume", "hl2", "hlc3", "ohlc4")


def value(parsed: Parsed, reading: Reading) -> nodes.Expression:
    """The expression that a piece of a parse tree stands for."""
    assert isinstance(parsed, Tree)
    return _MAKERS[parsed.data](parsed, reading)


def _values(parsed: Piece, reading: Reading) -> Iterator[nodes.Expression]:
    """Those of all pieces under a rule."""
    return (value(item, reading) for item in subtrees(parsed))


def call(parsed: Piece, reading: Reading) -> nodes.Call:
    function, *rest = parsed.children
    arguments = tuple(_argument(item, reading) for item in rest)
    return nodes.Call(name(function, reading), arguments, span=reading.span(parsed))


def group(parsed: Piece, reading: Reading) -> nodes.Group:
    word = token(parsed, "ALL", "ANY")
    conditions = tuple(value(item, reading) for item in readable(parsed, reading))
    if not parsed.children[1:]:
        message, help = f"`{word} {{ }}` holds no condition", "write one into it, as in `VIX < 20`"
        reading.report("S120", message, reading.span(parsed), help=help)
    return nodes.Group(str(word), conditions, span=reading.span(parsed))


def readable(parsed: Piece, reading: Reading) -> list[Piece]:
    """The pieces under a block; lines that could not be read are set aside."""
    reading.broken += [reading.lost(item) for item in subtrees(parsed, "broken")]
    return [item for item in subtrees(parsed) if item.data != "broken"]


def happens(parsed: Piece, reading: Reading) -> nodes.Happens:
    action, subject = parsed.children
    return nodes.Happens(str(action), name(subject, reading), span=reading.span(parsed))


def holding(parsed: Piece, reading: Reading) -> nodes.State:
    subject = name(parsed.children[0], reading)
    return nodes.State(subject, "open", False, span=reading.span(parsed))


def _argument(parsed: Piece, reading: Reading) -> nodes.Argument:
    given = str(parsed.children[0]) if parsed.data == "named" else None
    return nodes.Argument(given, value(last_tree(parsed), reading), span=reading.span(parsed))


def _inner(parsed: Piece, reading: Reading) -> nodes.Expression:
    return value(parsed.children[0], reading)


def _unary(parsed: Piece, reading: Reading) -> nodes.Expression:
    operator, operand = parsed.children
    if str(operator) == "not" and operand.data in _STRETCHED:
        _refuse_not(parsed, operand, reading)
    return nodes.Unary(str(operator), value(operand, reading), span=reading.span(parsed))


def _refuse_not(whole_part: Piece, operand: Piece, reading: Reading) -> None:
    """`not calm for 3 sessions`: three sessions without calm, or fewer than three with it?"""
    word, span, inner = _STRETCHED[operand.data], *map(reading.span, (operand, operand.children[0]))
    stretch, all_of_it = span.text[len(inner.text) :], reading.span(whole_part)
    message = f"`not` and `{word}` stand together without parentheses"
    help = ("put parentheses around what belongs together",)
    fixes = (
        replace(f"read `{word}` first", all_of_it, f"not ({span.text})", safe=False),
        replace("read `not` first", all_of_it, f"(not {inner.text}){stretch}", safe=False),
    )
    reading.diagnostics.append(Diagnostic("S127", message, all_of_it, help=help, fixes=fixes))


def _binary(parsed: Piece, reading: Reading) -> nodes.Expression:
    left, operator, right = parsed.children
    word = _SAME_OPERATOR.get(str(operator), str(operator))
    if word == "or":
        _refuse_mixing(parsed, left, reading)
        _refuse_mixing(parsed, right, reading)
    return nodes.Binary(
        word, value(left, reading), value(right, reading), span=reading.span(parsed)
    )


def _refuse_mixing(whole_part: Piece, side: Piece, reading: Reading) -> None:
    """`a and b or c` means two things to two readers; the parentheses have to be written."""
    joined_by_and = side.data == "binary" and str(side.children[1]) == "and"
    if not joined_by_and:
        return
    span = reading.span(side)
    reading.report(
        "S113",
        "`and` and `or` are mixed without parentheses",
        reading.span(whole_part),
        help="`and` is read first; put parentheses around what belongs together",
        fix=replace("write the parentheses", span, f"({span.text})"),
    )


def _lag(parsed: Piece, reading: Reading) -> nodes.Expression:
    of, sessions = value(parsed.children[0], reading), number(parsed.children[1], reading)
    span = reading.span(parsed)
    if isinstance(of, nodes.Name) and _is_price_of_nothing(of, reading):
        price = of.parts[0]
        series = "SPX" if price == "close" else f"SPX.{price}"
        reading.report(
            "S114",
            f"`{span.text}` does not say of which series",
            span,
            help=f"name the series: `{series}[{sessions.span.text}]`",
            fix=replace(f"write `{series}`", of.span, series, safe=False),
        )
        # 0 fits every type, so nothing is reported that only follows from this.
        return nodes.Number(Decimal(0), None, span=span)
    return nodes.Lag(of, sessions, span=span)


def _is_price_of_nothing(found: nodes.Name, reading: Reading) -> bool:
    """Whether this is a bare `close` or `high`, which the file itself does not declare."""
    if len(found.parts) != 1 or found.parts[0] not in _PRICES:
        return False
    declared = rf"\b(?:let|param)[ \t]+{found.parts[0]}\b"
    return re.search(declared, reading.prepared.text) is None


def _of(parsed: Piece, reading: Reading) -> nodes.Expression:
    part, whole_value = _values(parsed, reading)
    span = reading.span(parsed)
    expiry = isinstance(part, nodes.Name) and part.parts == ("expiry",)
    if expiry and isinstance(whole_value, nodes.Name):
        return nodes.ExpiryOf(whole_value, span=span)
    return nodes.Of(part, whole_value, span=span)


def _between(parsed: Piece, reading: Reading) -> nodes.Expression:
    of, low, high = _values(parsed, reading)
    return nodes.Between(of, low, high, span=reading.span(parsed))


def _crosses(parsed: Piece, reading: Reading) -> nodes.Expression:
    left, right = _values(parsed, reading)
    direction = str(token(parsed, "ABOVE", "BELOW"))
    return nodes.Crosses(left, direction, right, span=reading.span(parsed))


def _trend(parsed: Piece, reading: Reading) -> nodes.Expression:
    of, window = _values(parsed, reading)
    direction = str(token(parsed, "RISES", "FALLS"))
    return nodes.Trend(of, direction, window, span=reading.span(parsed))


def _held(parsed: Piece, reading: Reading) -> nodes.Expression:
    condition, window = _values(parsed, reading)
    return nodes.Held(condition, window, span=reading.span(parsed))


def _recent(parsed: Piece, reading: Reading) -> nodes.Expression:
    condition, window = _values(parsed, reading)
    return nodes.Recent(condition, window, span=reading.span(parsed))


def _becomes(parsed: Piece, reading: Reading) -> nodes.Expression:
    condition = value(parsed.children[0], reading)
    return nodes.Becomes(condition, truth(last_tree(parsed), reading), span=reading.span(parsed))


def _near(parsed: Piece, reading: Reading) -> nodes.Expression:
    distance, event = subtrees(parsed)
    side = token(parsed, "BEFORE", "AFTER", "OF")
    return nodes.NearEvent(
        parsed.data == "exact",
        value(distance, reading),
        str(side),
        name(event, reading),
        span=reading.span(parsed),
    )


def _on(parsed: Piece, reading: Reading) -> nodes.Expression:
    event = name(last_tree(parsed), reading)
    return nodes.NearEvent(True, None, "on", event, span=reading.span(parsed))


def _every(parsed: Piece, reading: Reading) -> nodes.Expression:
    return nodes.Every(value(last_tree(parsed), reading), span=reading.span(parsed))


def _since(parsed: Piece, reading: Reading) -> nodes.Expression:
    return nodes.Since(value(last_tree(parsed), reading), span=reading.span(parsed))


def _cycle(parsed: Piece, reading: Reading) -> nodes.Expression:
    word = str(parsed.children[0])
    return nodes.Cycle(word, value(last_tree(parsed), reading), span=reading.span(parsed))


def _state(parsed: Piece, reading: Reading) -> nodes.Expression:
    subject = name(parsed.children[0], reading)
    word = str(token(parsed, "OPEN", "ARMED", "DISARMED"))
    return nodes.State(subject, word, False, span=reading.span(parsed))


def _no_open(parsed: Piece, reading: Reading) -> nodes.Expression:
    found = subtree(parsed, "name")
    assert found is not None
    return nodes.State(name(found, reading), "open", True, span=reading.span(parsed))


def _if(parsed: Piece, reading: Reading) -> nodes.Expression:
    condition, then, other = _values(parsed, reading)
    return nodes.If(condition, then, other, span=reading.span(parsed))


def _otherwise(parsed: Piece, reading: Reading) -> nodes.Expression:
    of, default = _values(parsed, reading)
    return nodes.Otherwise(of, default, span=reading.span(parsed))


_MAKERS: dict[str, Callable[[Piece, Reading], nodes.Expression]] = {
    "name": name,
    "number": number,
    "truth": truth,
    "call": call,
    "group": group,
    "group_of_one": _inner,
    "happens": happens,
    "holding": holding,
    "unary": _unary,
    "binary": _binary,
    "lag": _lag,
    "of": _of,
    "between": _between,
    "crosses": _crosses,
    "trend": _trend,
    "held": _held,
    "recent": _recent,
    "becomes": _becomes,
    "near": _near,
    "exact": _near,
    "on": _on,
    "every": _every,
    "since": _since,
    "cycle": _cycle,
    "state": _state,
    "no_open": _no_open,
    "if": _if,
    "otherwise": _otherwise,
}
