"""Parse tree to the clauses of an entry or a layer."""

from __future__ import annotations

from collections.abc import Callable

from hedgerow.language import tree as nodes
from hedgerow.language.literals import text, whole
from hedgerow.language.reading import Piece, Reading, last_tree, subtree, subtrees, token, tokens
from hedgerow.language.values import call, value

_NOT_CLAUSES = ("at", "until", "name")  # what else stands right under an entry or a layer


def clauses(parsed: Piece, reading: Reading) -> tuple[nodes.Clause, ...]:
    """The clauses of an entry or a layer, with a Broken for each line that could not be read."""
    found = [item for item in subtrees(parsed) if item.data not in _NOT_CLAUSES]
    if not found:
        word = reading.span(parsed).text.split(None, 1)[0]
        at = reading.span(token(parsed, "NAME"))
        help = "write an order and a size into it, or delete it"
        reading.report("S120", f"{word} `{at.text}` holds no rule", at, help=help)
        return (nodes.Broken(span=at),)  # that an order and a size are missing follows from it
    return tuple(_MAKERS[item.data](item, reading) for item in found)


def let(parsed: Piece, reading: Reading) -> nodes.Let:
    written = token(parsed, "NAME")
    return nodes.Let(
        str(written), value(last_tree(parsed), reading),
        span=reading.span(parsed), name_span=reading.span(written),
    )  # fmt: skip


def open_position(parsed: Piece, reading: Reading) -> nodes.Open:
    action = token(parsed, "BUY", "SELL", "OFFSET")
    return nodes.Open(str(action), call(last_tree(parsed), reading), span=reading.span(parsed))


def exit_rule(parsed: Piece, reading: Reading) -> nodes.Exit:
    condition, reason = subtrees(parsed)[0], subtree(parsed, "text")
    return nodes.Exit(
        value(condition, reading), text(reason, reading) if reason else None,
        span=reading.span(parsed),
    )  # fmt: skip


def roll(parsed: Piece, reading: Reading) -> nodes.Roll:
    into, times, reason = (subtree(parsed, rule) for rule in ("into", "times", "text"))
    return nodes.Roll(
        value(subtrees(parsed)[0], reading),
        call(last_tree(into), reading) if into else None,
        whole(last_tree(times), reading, "times") if times else None,
        text(reason, reading) if reason else None,
        span=reading.span(parsed),
    )


def rebalance(parsed: Piece, reading: Reading) -> nodes.Rebalance:
    return nodes.Rebalance(value(last_tree(parsed), reading), span=reading.span(parsed))


def at_most(parsed: Piece, reading: Reading) -> nodes.AtMost:
    count = whole(last_tree(parsed), reading, "open positions")
    return nodes.AtMost(count, span=reading.span(parsed))


def _when(parsed: Piece, reading: Reading) -> nodes.When:
    return nodes.When(value(last_tree(parsed), reading), span=reading.span(parsed))


def _size(parsed: Piece, reading: Reading) -> nodes.Size:
    basis = tokens(parsed, "RISK", "SPEND", "COVER")
    return nodes.Size(
        str(basis[0]) if basis else "count",
        value(last_tree(parsed), reading),
        span=reading.span(parsed),
    )


def broken(parsed: Piece, reading: Reading) -> nodes.Broken:
    return reading.lost(parsed)


_MAKERS: dict[str, Callable[[Piece, Reading], nodes.Clause]] = {
    "open": open_position,
    "when": _when,
    "size": _size,
    "exit": exit_rule,
    "roll": roll,
    "at_most": at_most,
    "rebalance": rebalance,
    "let": let,
    "broken": broken,
}
