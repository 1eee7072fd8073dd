"""Every name of a file, where it is declared and everywhere it is used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from hedgerow.book.names import Names, walk
from hedgerow.editor.document import Document
from hedgerow.language import tree
from hedgerow.text.source import Span

_WORD = re.compile(r"#[^\n]*|[A-Za-z_][A-Za-z0-9_]*")


class Family(StrEnum):
    """What a name stands for; the value is its English name."""

    SERIES = "series"
    CALENDAR = "calendar"
    VALUE = "value"
    LOCAL = "local value"
    SHOCK = "shock"
    STRUCTURE = "structure"
    PARAMETER = "parameter"
    LEG = "leg"
    RULE = "rule"
    STACK = "layer stack"


class Symbol(Struct, frozen=True):
    """One declared thing of a file."""

    family: Family
    name: str  # as it is written at its declaration
    within: str = ""  # the rule or structure it is known in; the stack of a layer


class Occurrence(Struct, frozen=True):
    symbol: Symbol
    span: Span  # in the whole text: the one word, not what stands before or behind its dots
    declares: bool = False


class _Scope(Struct, frozen=True):
    """Where a name is read: in which rule, among which names of its own."""

    rule: str = ""
    own: tuple[Symbol, ...] = ()


def occurrences(document: Document) -> tuple[Occurrence, ...]:
    """All of them, in order of place."""
    found = {
        (each.span.start, each.span.stop): each
        for statement in document.tree.statements
        for each in _Finder(document, document.names).in_statement(statement, _Scope())
    }
    return tuple(sorted(found.values(), key=lambda each: each.span.start))


def occurrence_at(document: Document, offset: int) -> Occurrence | None:
    """The name that a cursor stands in, or right behind."""
    return next(
        (each for each in occurrences(document) if each.span.start <= offset <= each.span.stop),
        None,
    )


def resolve(names: Names, parts: tuple[str, ...], rule: str = "") -> tuple[Symbol, ...]:
    """What the first parts of a dotted name stand for; none for words of the vocabulary."""
    first = parts[0]
    if first in names.series:
        return (Symbol(Family.SERIES, first),)
    if len(parts) == 1 and first in names.values:
        return (Symbol(Family.VALUE, first),)
    if len(parts) == 1 and first in names.shocks:
        return (Symbol(Family.SHOCK, first),)
    if first in names.structures:
        return (Symbol(Family.STRUCTURE, first),)
    if ".".join(parts[:2]) in names.rules and len(parts) > 1:
        return (Symbol(Family.STACK, first), Symbol(Family.RULE, parts[1], first))
    if first in names.stacks:
        return (Symbol(Family.STACK, first),)
    paths = names.rule_paths(first, rule.rpartition(".")[0] or None)
    if len(paths) == 1:
        stack, _, name = paths[0].rpartition(".")
        return (Symbol(Family.RULE, name, stack),)
    return ()


class _Finder:
    def __init__(self, document: Document, names: Names) -> None:
        self._document = document
        self._names = names

    def in_statement(self, node: tree.Node, scope: _Scope) -> Iterator[Occurrence]:
        match node:
            case tree.Declare():
                family = Family.CALENDAR if node.keyword == "events" else Family.SERIES
                for name in node.names:
                    yield from self._words(name, (Symbol(family, name.parts[0]),), declares=True)
            case tree.Param() | tree.Let():
                yield self._declared(Symbol(Family.VALUE, node.name), node.name_span)
                yield from self._uses(node, scope)
            case tree.Shock():
                yield self._declared(Symbol(Family.SHOCK, node.name), node.name_span)
                yield from self._uses(node, scope)
            case tree.Structure():
                yield from self._in_structure(node)
            case tree.Entry():
                yield self._declared(Symbol(Family.RULE, node.name), node.name_span)
                yield from self._in_rule(node, node.name)
            case tree.Layers():
                yield self._declared(Symbol(Family.STACK, node.name), node.name_span)
                for layer in node.layers:
                    yield from self._in_layer(layer, node.name)
            case tree.Add():
                yield from self._in_addition(node)
            case _:
                yield from self._uses(node, scope)

    def _in_addition(self, node: tree.Add) -> Iterator[Occurrence]:
        into = node.target.dotted if node.target else ""
        if node.target is not None:
            yield from self._uses(node.target, _Scope())
        if isinstance(node.addition, tree.Layer):
            yield from self._in_layer(node.addition, into)
        else:
            yield from self.in_statement(node.addition, _Scope(into))

    def _in_layer(self, layer: tree.Layer, stack: str) -> Iterator[Occurrence]:
        yield self._declared(Symbol(Family.RULE, layer.name, stack), layer.name_span)
        yield from self._in_rule(layer, f"{stack}.{layer.name}")

    def _in_rule(self, node: tree.Entry | tree.Layer, path: str) -> Iterator[Occurrence]:
        lets = [each for each in node.clauses if isinstance(each, tree.Let)]
        scope = _Scope(path, tuple(Symbol(Family.LOCAL, each.name, path) for each in lets))
        for each, symbol in zip(lets, scope.own, strict=True):
            yield self._declared(symbol, each.name_span)
        yield from self._uses(node, scope)

    def _in_structure(self, node: tree.Structure) -> Iterator[Occurrence]:
        name = node.name
        yield self._declared(Symbol(Family.STRUCTURE, name), node.name_span)
        parameters = [Symbol(Family.PARAMETER, each.name, name) for each in node.parameters]
        legs = [Symbol(Family.LEG, each.name, name) for each in node.legs]
        for parameter, symbol in zip(node.parameters, parameters, strict=True):
            start = parameter.span.start
            word = Span(parameter.span.source, start, start + len(parameter.name))
            yield self._declared(symbol, word)
        for leg, symbol in zip(node.legs, legs, strict=True):
            yield self._declared(symbol, leg.name_span)
        # `strike = put` may name a parameter or a leg of the same name: the parameter comes first.
        yield from self._uses(node, _Scope("", (*parameters, *legs)))

    def _uses(self, node: tree.Node, scope: _Scope) -> Iterator[Occurrence]:
        functions: set[int] = set()
        for each in walk(node):
            if isinstance(each, tree.Call):
                functions.add(id(each.function))
                yield from self._structure_called(each)
            elif isinstance(each, tree.NearEvent):
                functions.add(id(each.event))
                yield from self._words(each.event, (Symbol(Family.CALENDAR, each.event.parts[0]),))
            elif isinstance(each, tree.Name) and id(each) not in functions:
                yield from self._words(each, self._symbols(each, scope))

    def _symbols(self, name: tree.Name, scope: _Scope) -> tuple[Symbol, ...]:
        own = next((each for each in scope.own if name.parts == (each.name,)), None)
        return (own,) if own else resolve(self._names, name.parts, scope.rule)

    def _structure_called(self, call: tree.Call) -> Iterator[Occurrence]:
        name = call.function.parts[0]
        if name in self._names.structures:
            symbol = Symbol(Family.STRUCTURE, name)
            yield from self._words(call.function, (symbol,))
            for argument in call.arguments:
                if argument.name is not None:
                    start = argument.span.start
                    word = Span(argument.span.source, start, start + len(argument.name))
                    parameter = Symbol(Family.PARAMETER, argument.name, name)
                    yield Occurrence(parameter, self._document.at(word))

    def _declared(self, symbol: Symbol, span: Span) -> Occurrence:
        return Occurrence(symbol, self._document.at(span), declares=True)

    def _words(
        self, name: tree.Name, symbols: tuple[Symbol, ...], *, declares: bool = False
    ) -> Iterator[Occurrence]:
        span = self._document.at(name.span)
        words = [each for each in _WORD.finditer(span.text) if not each[0].startswith("#")]
        for symbol, word in zip(symbols, words, strict=False):
            here = Span(span.source, span.start + word.start(), span.start + word.end())
            yield Occurrence(symbol, here, declares)
