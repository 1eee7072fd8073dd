"""Parse tree to statements: the header, what a file declares, its blocks and its promises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lark import Token, Tree

from hedgerow.language import tree as nodes
from hedgerow.language.clauses import clauses, exit_rule, open_position, rebalance, roll
from hedgerow.language.clauses import let as let_clause
from hedgerow.language.reading import Reading, last_tree, subtree, subtrees, token, tokens
from hedgerow.language.values import (
    call,
    name,
    number,
    readable,
    text,
    value,
    whole,
)  # fmt: skip

Piece = Tree[Any]


def header(parsed: Piece, reading: Reading) -> nodes.Header:
    """`strategy alvh 1.0.0`, `variant alvh_tight 1.1.0 of "alvh.rules"`; the text comes later."""
    written = token(parsed, "NAME")
    parent = subtree(parsed, "text")
    return nodes.Header(
        str(parsed.data),
        str(written),
        str(token(parsed, "VERSION")),
        text(parent, reading) if parent else None,
        None,
        span=reading.span(parsed),
        name_span=reading.span(written),
    )


def statement(parsed: Piece, reading: Reading) -> nodes.Statement:
    return _MAKERS[parsed.data](parsed, reading)


def _broken(parsed: Piece, reading: Reading) -> nodes.Broken:
    return reading.lost(parsed)


def _declare(parsed: Piece, reading: Reading) -> nodes.Declare:
    names = tuple(name(item, reading) for item in subtrees(parsed, "name"))
    return nodes.Declare(str(parsed.children[0]), names, span=reading.span(parsed))


def _param(parsed: Piece, reading: Reading) -> nodes.Param:
    written = token(parsed, "NAME")
    low = high = step = None
    limits = subtree(parsed, "range")
    if limits is not None:
        low, high, *rest = (
            value(item, reading) for item in limits.children if isinstance(item, Tree)
        )
        step = rest[0] if rest else None
    first = next(item for item in parsed.children if isinstance(item, Tree))
    return nodes.Param(
        str(written), value(first, reading), low, high, step, bool(tokens(parsed, "LOCKED")),
        span=reading.span(parsed), name_span=reading.span(written),
    )  # fmt: skip


def _sd_basis(parsed: Piece, reading: Reading) -> nodes.SdBasis:
    return nodes.SdBasis(value(last_tree(parsed), reading), span=reading.span(parsed))


def _structure(parsed: Piece, reading: Reading) -> nodes.Structure:
    written = token(parsed, "NAME")
    found = readable(parsed, reading)
    _refuse_empty(parsed, "leg", "leg", reading)
    return nodes.Structure(
        str(written),
        tuple(_parameter(item, reading) for item in found if item.data == "parameter"),
        tuple(_leg(item, reading) for item in found if item.data == "leg"),
        span=reading.span(parsed),
        name_span=reading.span(written),
    )


def _parameter(parsed: Piece, reading: Reading) -> nodes.Parameter:
    default = value(last_tree(parsed), reading) if len(parsed.children) > 1 else None
    return nodes.Parameter(str(parsed.children[0]), default, span=reading.span(parsed))


def _leg(parsed: Piece, reading: Reading) -> nodes.Leg:
    written = token(parsed, "NAME")
    ratio = subtree(parsed, "ratio")
    structure = subtree(parsed, "call")
    assert structure is not None
    return nodes.Leg(
        str(written),
        str(token(parsed, "BUY", "SELL")),
        call(structure, reading),
        value(ratio.children[0], reading) if ratio else None,
        span=reading.span(parsed),
        name_span=reading.span(written),
    )


def _shock(parsed: Piece, reading: Reading) -> nodes.Shock:
    written = token(parsed, "NAME")
    _refuse_empty(parsed, "move", "move", reading)
    moves = tuple(_move(item, reading) for item in readable(parsed, reading))
    return nodes.Shock(
        str(written), moves, span=reading.span(parsed), name_span=reading.span(written)
    )


def _move(parsed: Piece, reading: Reading) -> nodes.Move:
    series, sign, amount = parsed.children
    return nodes.Move(
        name(series, reading), str(sign), value(amount, reading), span=reading.span(parsed)
    )


def _entry(parsed: Piece, reading: Reading) -> nodes.Entry:
    written = token(parsed, "NAME")
    return nodes.Entry(
        str(written), clauses(parsed, reading),
        span=reading.span(parsed), name_span=reading.span(written),
    )  # fmt: skip


def _layers(parsed: Piece, reading: Reading) -> nodes.Layers:
    written = token(parsed, "NAME", "ATTRIBUTE")
    _refuse_empty(parsed, "layer", "layer", reading)
    layers = tuple(_layer(item, reading) for item in readable(parsed, reading))
    return nodes.Layers(
        str(written).lstrip("."), layers,
        span=reading.span(parsed), name_span=reading.span(written),
    )  # fmt: skip


def _layer(parsed: Piece, reading: Reading) -> nodes.Layer:
    written = token(parsed, "NAME")
    at, until = subtree(parsed, "at"), subtree(parsed, "until")
    return nodes.Layer(
        str(written),
        value(last_tree(at), reading) if at else None,
        value(last_tree(until), reading) if until else None,
        clauses(parsed, reading),
        span=reading.span(parsed),
        name_span=reading.span(written),
    )


def _limit(parsed: Piece, reading: Reading) -> nodes.Limit:
    return nodes.Limit(value(last_tree(parsed), reading), span=reading.span(parsed))


def _invariant(parsed: Piece, reading: Reading) -> nodes.Invariant:
    """`always`, `never`, `whenever`, `after`: their operands in the order written."""
    label = subtree(parsed, "text")
    operands = tuple(
        value(item, reading)
        for item in parsed.children
        if isinstance(item, Tree) and item is not label
    )
    pattern = str(parsed.children[0]) if parsed.data == "always" else str(parsed.data)
    return nodes.Invariant(
        pattern, operands, text(label, reading) if label else None, span=reading.span(parsed)
    )


def _at_most_of(parsed: Piece, reading: Reading) -> nodes.Invariant:
    found = [item for item in parsed.children if isinstance(item, Tree)]
    label = subtree(parsed, "text")
    rest = [item for item in found[1:] if item is not label]
    operands = (whole(found[0], reading, "that"), *(value(item, reading) for item in rest))
    return nodes.Invariant(
        "at_most", operands, text(label, reading) if label else None, span=reading.span(parsed)
    )


def _claim(parsed: Piece, reading: Reading) -> nodes.Claim:
    said, baseline, *conditions = readable(parsed, reading)
    if len([item for item in parsed.children if isinstance(item, Tree)]) == 2:
        _report_empty(parsed, "condition", reading)
    return nodes.Claim(
        text(said, reading),
        name(baseline, reading),
        tuple(value(item, reading) for item in conditions),
        span=reading.span(parsed),
    )


def _test(parsed: Piece, reading: Reading) -> nodes.Scenario:
    _refuse_empty(parsed, "series", "line", reading, "expect")
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


def _set(parsed: Piece, reading: Reading) -> nodes.Set:
    target, given, *rest = (item for item in parsed.children if isinstance(item, Tree))
    was = value(last_tree(rest[0]), reading) if rest else None
    return nodes.Set(name(target, reading), value(given, reading), was, span=reading.span(parsed))


def _drop(parsed: Piece, reading: Reading) -> nodes.Drop:
    return nodes.Drop(name(last_tree(parsed), reading), span=reading.span(parsed))


def _add(parsed: Piece, reading: Reading) -> nodes.Add:
    return nodes.Add(None, statement(last_tree(parsed), reading), span=reading.span(parsed))


def _add_layers(parsed: Piece, reading: Reading) -> nodes.Add:
    return nodes.Add(None, _layers(parsed, reading), span=reading.span(parsed))


def _add_layer(parsed: Piece, reading: Reading) -> nodes.Add:
    target = subtree(parsed, "name")
    assert target is not None
    return nodes.Add(name(target, reading), _layer(parsed, reading), span=reading.span(parsed))


def _add_clause(parsed: Piece, reading: Reading) -> nodes.Add:
    """A clause for an entry that the parent has: the words `to NAME` stand inside the clause."""
    target = next(item for item in parsed.children if isinstance(item, Tree))
    makers: dict[str, Callable[[Piece, Reading], nodes.Clause]] = {
        "add_open": open_position,
        "add_exit": exit_rule,
        "add_roll": roll,
        "add_rebalance": rebalance,
    }
    rest = [item for item in parsed.children[1:] if item is not target and not _is_to(item)]
    clause = makers[parsed.data](Tree(parsed.data, rest, parsed.meta), reading)
    return nodes.Add(name(target, reading), clause, span=reading.span(parsed))


def _is_to(item: Piece | Token) -> bool:
    return isinstance(item, Token) and item.type == "TO"


def _refuse_empty(
    parsed: Piece, rule: str, what: str, reading: Reading, other: str = "broken"
) -> None:
    if not subtrees(parsed, rule, other, "broken"):
        _report_empty(parsed, what, reading)


def _report_empty(parsed: Piece, what: str, reading: Reading) -> None:
    word = reading.span(parsed).text.split(None, 1)[0]
    reading.report("S120", f"this `{word}` holds no {what}", reading.span(parsed.children[0]))


_MAKERS: dict[str, Callable[[Piece, Reading], nodes.Statement]] = {
    "broken": _broken,
    "declare": _declare,
    "param": _param,
    "let": let_clause,
    "sd_basis": _sd_basis,
    "structure": _structure,
    "shock": _shock,
    "entry": _entry,
    "layers": _layers,
    "limit": _limit,
    "always": _invariant,
    "whenever": _invariant,
    "after": _invariant,
    "at_most_of": _at_most_of,
    "claim": _claim,
    "test": _test,
    "set": _set,
    "drop": _drop,
    "add": _add,
    "add_layers": _add_layers,
    "add_layer": _add_layer,
    "add_open": _add_clause,
    "add_exit": _add_clause,
    "add_roll": _add_clause,
    "add_rebalance": _add_clause,
}
