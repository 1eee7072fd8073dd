"""Parse tree to statements: the header, what a file declares, its blocks and its promises."""

from __future__ import annotations

from collections.abc import Callable

from lark import Token, Tree

from hedgerow.language import tree as nodes
from hedgerow.language.clauses import broken, clauses, exit_rule, open_position, rebalance, roll
from hedgerow.language.clauses import let as let_clause
from hedgerow.language.literals import name, text
from hedgerow.language.promises import at_most_of, claim, invariant, limit, refuse_empty, test
from hedgerow.language.reading import Piece, Reading, last_tree, subtree, subtrees, token, tokens
from hedgerow.language.values import call, readable, value


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


def _declare(parsed: Piece, reading: Reading) -> nodes.Declare:
    names = tuple(name(item, reading) for item in subtrees(parsed, "name"))
    return nodes.Declare(str(parsed.children[0]), names, span=reading.span(parsed))


def _param(parsed: Piece, reading: Reading) -> nodes.Param:
    written = token(parsed, "NAME")
    low = high = step = None
    limits = subtree(parsed, "range")
    if limits is not None:
        low, high, *rest = (value(item, reading) for item in subtrees(limits))
        step = rest[0] if rest else None
    return nodes.Param(
        str(written), value(subtrees(parsed)[0], reading), low, high, step,
        bool(tokens(parsed, "LOCKED")),
        span=reading.span(parsed), name_span=reading.span(written),
    )  # fmt: skip


def _sd_basis(parsed: Piece, reading: Reading) -> nodes.SdBasis:
    return nodes.SdBasis(value(last_tree(parsed), reading), span=reading.span(parsed))


def _structure(parsed: Piece, reading: Reading) -> nodes.Structure:
    written = token(parsed, "NAME")
    found = readable(parsed, reading)
    refuse_empty(parsed, "leg", "leg", reading)
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
    refuse_empty(parsed, "move", "move", reading)
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
    refuse_empty(parsed, "layer", "layer", reading)
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


def _set(parsed: Piece, reading: Reading) -> nodes.Set:
    target, given, *rest = subtrees(parsed)
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
    target = subtrees(parsed)[0]
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


_MAKERS: dict[str, Callable[[Piece, Reading], nodes.Statement]] = {
    "broken": broken,
    "declare": _declare,
    "param": _param,
    "let": let_clause,
    "sd_basis": _sd_basis,
    "structure": _structure,
    "shock": _shock,
    "entry": _entry,
    "layers": _layers,
    "limit": limit,
    "always": invariant,
    "whenever": invariant,
    "after": invariant,
    "at_most_of": at_most_of,
    "claim": claim,
    "test": test,
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
