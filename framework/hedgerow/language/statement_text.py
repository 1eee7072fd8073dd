"""Statements as pieces: words, values, and blocks that the writer puts on lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hedgerow.language import tree as nodes
from hedgerow.language.value_text import Binding, text_from_number, text_from_value, text_of_part
from hedgerow.language.writer import Block, Piece


def pieces(node: nodes.Node) -> list[Piece]:
    """What stands in a statement, a clause or a line of a block, in order."""
    return _FORMS[type(node)](node) if type(node) in _FORMS else [node]  # type: ignore[list-item]


def header_line(header: nodes.Header) -> str:
    parent = f' of "{header.parent}"' if header.parent is not None else ""
    return f"{header.kind} {header.name} {header.version}{parent}"


def _label(text: str | None) -> list[Piece]:
    return [f' "{text}"'] if text is not None else []


def _declare(node: nodes.Declare) -> list[Piece]:
    return [f"{node.keyword} {', '.join(name.dotted for name in node.names)}"]


def _param(node: nodes.Param) -> list[Piece]:
    found: list[Piece] = [f"param {node.name} = ", node.value]
    if node.low is not None and node.high is not None:
        found += [" from ", node.low, " to ", node.high]
        if node.step is not None:
            found += [" step ", node.step]
    return [*found, " locked"] if node.locked else found


def _structure(node: nodes.Structure) -> list[Piece]:
    parameters = ", ".join(_parameter(item) for item in node.parameters)
    after = node.parameters[-1].span.stop if node.parameters else node.name_span.stop
    return [f"structure {node.name}({parameters}) ", Block(node.legs, after, node.span.stop)]


def _parameter(node: nodes.Parameter) -> str:
    return node.name if node.default is None else f"{node.name} = {text_from_value(node.default)}"


def _leg(node: nodes.Leg) -> list[Piece]:
    words: list[Piece] = [f"{node.name}: {node.action} "]
    if isinstance(node.ratio, nodes.Number):
        words.append(f"{text_from_number(node.ratio)} ")
    elif node.ratio is not None:
        words.append(f"{text_from_value(node.ratio)} x ")
    return [*words, node.structure]


def _shock(node: nodes.Shock) -> list[Piece]:
    return [f"shock {node.name} ", Block(node.moves, node.name_span.stop, node.span.stop)]


def _move(node: nodes.Move) -> list[Piece]:
    return [
        f"{node.series.dotted} {node.operator} ",
        text_of_part(node.amount, Binding.PRODUCT),
    ]


def _entry(node: nodes.Entry) -> list[Piece]:
    return [f"entry {node.name} ", Block(node.clauses, node.name_span.stop, node.span.stop)]


def _layers(node: nodes.Layers) -> list[Piece]:
    return [f"layers {node.name} ", Block(node.layers, node.name_span.stop, node.span.stop)]


def _layer(node: nodes.Layer) -> list[Piece]:
    return [f"layer {node.name}", *_layer_rest(node, node.name_span.stop)]


def _layer_rest(node: nodes.Layer, after: int) -> list[Piece]:
    found: list[Piece] = []
    for word, threshold in (("at", node.at), ("until", node.until)):
        if threshold is not None:
            found += [f" {word} ", threshold]
            after = threshold.span.stop
    return [*found, " ", Block(node.clauses, after, node.span.stop)]


def _invariant(node: nodes.Invariant) -> list[Piece]:
    first, *rest = node.operands
    label = _label(node.label)
    if node.pattern == "whenever":
        return ["whenever ", first, " then ", rest[0], " within ", _window(rest[1]), *label]
    if node.pattern == "after":
        return ["after ", first, " no ", _bare(rest[0]), " for ", _window(rest[1]), *label]
    if node.pattern == "at_most":
        window: list[Piece] = [" within ", _window(rest[1])] if len(rest) > 1 else []
        return ["at most ", first, " ", _bare(rest[0]), *window, *label]
    return [f"{node.pattern} ", first, *label]


def _window(value: nodes.Expression) -> str:
    return text_of_part(value, Binding.UNARY)


def _bare(value: nodes.Expression) -> str:
    """`base open`: an open position counted or forbidden, without `is`."""
    if isinstance(value, nodes.State):
        return f"{value.subject.dotted} {value.state}"
    return text_from_value(value)


def _claim(node: nodes.Claim) -> list[Piece]:
    block = Block(node.conditions, node.baseline.span.stop, node.span.stop)
    return [f'claim "{node.text}" against {node.baseline.dotted} ', block]


def _scenario(node: nodes.Scenario) -> list[Piece]:
    lines = sorted((*node.series, *node.expectations), key=lambda item: item.span.start)
    after = node.span.start + len('test ""') + len(node.text)
    return [f'test "{node.text}" ', Block(lines, after, node.span.stop)]


def _series(node: nodes.ScenarioSeries) -> list[Piece]:
    steps = ", ".join(_step(step) for step in node.steps)
    return [f"{node.series.dotted}: {steps}"]


def _step(node: nodes.Step) -> str:
    value = text_from_number(node.value) if node.value is not None else "_"
    times = f" x{node.repeat}" if node.repeat != 1 else ""
    return f"{node.relative or ''}{value}{times}"


def _expect(node: nodes.Expect) -> list[Piece]:
    no = "no " if node.negated else ""
    day = f" on day {node.day}" if node.day is not None else ""
    return [f"expect {no}{node.action} {node.subject.dotted}{day}"]


def _set(node: nodes.Set) -> list[Piece]:
    was: list[Piece] = [" was ", node.was] if node.was is not None else []
    return [f"set {node.target.dotted} = ", node.value, *was]


def _add(node: nodes.Add) -> list[Piece]:
    added = node.addition
    if node.target is None:
        words, *rest = pieces(added)
        if isinstance(added, nodes.Layers):
            words = f"layers.{added.name} "
        return [f"add {words}", *rest]
    target = node.target.dotted
    if isinstance(added, nodes.Layer):
        after = max(node.target.span.stop, added.name_span.stop)
        return [f"add layer {added.name} to {target}", *_layer_rest(added, after)]
    words, *rest = pieces(added)
    verb, _, tail = str(words).partition(" ")
    return [f"add {verb} to {target} {tail}", *rest]


def _open(node: nodes.Open) -> list[Piece]:
    return [f"{node.action} ", node.structure]


def _size(node: nodes.Size) -> list[Piece]:
    return ["size ", node.amount] if node.basis == "count" else [f"size {node.basis} ", node.amount]


def _exit(node: nodes.Exit) -> list[Piece]:
    return ["exit when ", node.condition, *_label(node.reason)]


def _roll(node: nodes.Roll) -> list[Piece]:
    found: list[Piece] = ["roll when ", node.condition]
    if node.into is not None:
        found += [" into ", node.into]
    if node.times is not None:
        found.append(f" at most {text_from_number(node.times)} times")
    return [*found, *_label(node.reason)]


def _group(node: nodes.Group) -> list[Piece]:
    return [f"{node.quantifier} ", Block(node.conditions, node.span.start, node.span.stop)]


_FORMS: dict[type, Callable[[Any], list[Piece]]] = {
    nodes.Declare: _declare,
    nodes.Param: _param,
    nodes.Let: lambda node: [f"let {node.name} = ", node.value],
    nodes.SdBasis: lambda node: ["sd = ", node.value],
    nodes.Structure: _structure,
    nodes.Leg: _leg,
    nodes.Shock: _shock,
    nodes.Move: _move,
    nodes.Entry: _entry,
    nodes.Layers: _layers,
    nodes.Layer: _layer,
    nodes.Limit: lambda node: ["limit ", node.condition],
    nodes.Invariant: _invariant,
    nodes.Claim: _claim,
    nodes.Scenario: _scenario,
    nodes.ScenarioSeries: _series,
    nodes.Expect: _expect,
    nodes.Set: _set,
    nodes.Drop: lambda node: [f"drop {node.target.dotted}"],
    nodes.Add: _add,
    nodes.Open: _open,
    nodes.When: lambda node: ["when ", node.condition],
    nodes.Size: _size,
    nodes.Exit: _exit,
    nodes.Roll: _roll,
    nodes.AtMost: lambda node: [f"at most {text_from_number(node.count)} open"],
    nodes.Rebalance: lambda node: ["rebalance when ", node.condition],
    nodes.Group: _group,
}
