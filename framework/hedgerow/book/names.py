"""One table of names a file: params, lets, entries, layers, stacks, shocks, structures.

Order of declaration does not matter. The same name twice is an error, wherever the two stand; only
layers of different stacks may share one, because they are called by stack and name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct, field

from hedgerow.book.habits import meant_by
from hedgerow.language import tree
from hedgerow.language.tree import Tree
from hedgerow.text.diagnostic import Diagnostic, Label, nearest
from hedgerow.text.placed import told_fields
from hedgerow.text.source import Span

Value = tree.Param | tree.Let
RuleNode = tree.Entry | tree.Layer
_MOST_TOLD = 8  # names a person reads through


class Names(Struct):
    """What each name of a file stands for, and where it was used."""

    strategy: str = ""  # its own name
    series: dict[str, tree.Name] = field(default_factory=dict)
    wants: set[str] = field(default_factory=set)
    calendars: dict[str, tree.Name] = field(default_factory=dict)  # of events
    values: dict[str, Value] = field(default_factory=dict)
    shocks: dict[str, tree.Shock] = field(default_factory=dict)
    structures: dict[str, tree.Structure] = field(default_factory=dict)
    rules: dict[str, RuleNode] = field(default_factory=dict)  # by path
    stacks: dict[str, tuple[str, ...]] = field(default_factory=dict)  # stack -> paths of layers
    used: set[str] = field(default_factory=set)
    broken: list[Span] = field(default_factory=list)  # pieces that could not be read
    lost: set[str] = field(default_factory=set)  # words in such pieces: they may be declared there

    def broken_in(self, block: Span) -> bool:
        """Whether a line of this block could not be read, so that more may be said in it."""
        return any(
            each.source is block.source and block.start <= each.start < block.stop
            for each in self.broken
        )

    def rule_paths(self, written: str, near: str | None) -> tuple[str, ...]:
        """Paths a rule's short or full name may mean; a layer of the stack `near` comes first."""
        if written in self.rules:
            return (written,)
        if near is not None and f"{near}.{written}" in self.rules:
            return (f"{near}.{written}",)
        return tuple(path for path in self.rules if path.rpartition(".")[2] == written)


def names_of(file: Tree) -> tuple[Names, list[Diagnostic]]:
    """The table, and names that stand twice."""
    names, found = Names(file.header.name if file.header else ""), []
    first: dict[str, Span] = {}
    names.broken = [part.span for part in walk(file.statements) if isinstance(part, tree.Broken)]
    names.lost = set(re.findall(r"\w+", " ".join(span.text for span in names.broken)))
    for name, span in _declared(file, names):
        if name in first:
            found.append(_twice(name, first[name], span))
        first.setdefault(name, span)
    return names, found


def _declared(file: Tree, names: Names) -> Iterator[tuple[str, Span]]:
    for statement in file.statements:
        match statement:
            case tree.Declare(keyword="needs" | "wants" as keyword):
                for name in statement.names:
                    names.series.setdefault(name.parts[0], name)
                    if keyword == "wants":
                        names.wants.add(name.parts[0])
                    yield name.parts[0], name.span
            case tree.Declare(keyword="events"):
                for name in statement.names:
                    names.calendars.setdefault(name.parts[0], name)
                    yield name.parts[0], name.span
            case tree.Param() | tree.Let():
                names.values.setdefault(statement.name, statement)
                yield statement.name, statement.name_span
            case tree.Shock():
                names.shocks.setdefault(statement.name, statement)
                yield statement.name, statement.name_span
            case tree.Structure():
                names.structures.setdefault(statement.name, statement)
                yield statement.name, statement.name_span
            case tree.Entry():
                names.rules.setdefault(statement.name, statement)
                yield statement.name, statement.name_span
            case tree.Layers():
                yield statement.name, statement.name_span
                yield from _layers(statement, names)


def _layers(stack: tree.Layers, names: Names) -> Iterator[tuple[str, Span]]:
    paths = []
    for layer in stack.layers:
        path = f"{stack.name}.{layer.name}"
        names.rules.setdefault(path, layer)
        paths.append(path)
        yield path, layer.name_span
    names.stacks.setdefault(stack.name, tuple(paths))


def _twice(name: str, first: Span, again: Span) -> Diagnostic:
    return Diagnostic(
        "N104",
        f"`{name}` is declared a second time",
        again,
        labels=(Label(first, "first declared here"),),
        help=("give one of the two another name, or delete it",),
    )


def unknown(
    name: str, span: Span, what: str, candidates: list[str], shipped: Sequence[str] = ()
) -> Diagnostic:
    """A name nobody declared, with the nearest one that was, or that is `shipped`."""
    hint = meant_by(name)
    if not hint:
        near = nearest(name, [*candidates, *shipped])
        hint = f"did you mean `{near}`?" if near else ""
    there = dict.fromkeys(candidates)
    if not hint and 0 < len(there) <= _MOST_TOLD:
        hint = f"there is {', '.join(f'`{each}`' for each in there)}"
    if not hint and there:
        hint = "`hedgerow words` lists what rules can say"
    message = f"there is no {what} called `{name}`"
    return Diagnostic("N101", message, span, help=(hint,) if hint else ())


def walk(node: object) -> Iterator[tree.Node]:
    """Every node below and including this one, in the order written."""
    stack = [node]
    while stack:
        top = stack.pop()
        if isinstance(top, tuple):
            stack.extend(reversed(top))
        elif isinstance(top, tree.Node):
            yield top
            stack.extend([getattr(top, each) for each in _parts(type(top))])


@cache
def _parts(kind: type[tree.Node]) -> tuple[str, ...]:
    """The fields that can hold nodes, the last one first."""
    return told_fields(kind)[::-1]


def in_dependency_order(names: Names) -> tuple[list[str], list[Diagnostic]]:
    """Params and lets, each after those it uses; cycles as diagnostics, their members left out."""
    uses = {name: _used_values(node, names) for name, node in names.values.items()}
    order: list[str] = []
    state: dict[str, int] = {}  # 1 while open, 2 when done
    found: list[Diagnostic] = []
    for root in names.values:
        path: list[str] = []
        stack: list[tuple[str, bool]] = [(root, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                path.pop()
                if state[name] == 1:
                    order.append(name)
                state[name] = 2
            elif state.get(name) is None:
                state[name] = 1
                path.append(name)
                stack.append((name, True))
                stack.extend((used, False) for used in uses[name] if state.get(used) != 2)
            elif state[name] == 1 and name in path:
                circle = path[path.index(name) :]
                found.append(_cycle(circle, names))
                for member in circle:
                    state[member] = 3
    return order, found


def _used_values(node: Value, names: Names) -> list[str]:
    inside = (each for each in walk(node) if isinstance(each, tree.Name))
    return list(dict.fromkeys(each.parts[0] for each in inside if each.parts[0] in names.values))


def _cycle(circle: list[str], names: Names) -> Diagnostic:
    first = names.values[circle[0]]
    told = circle[:_MOST_TOLD]
    between = [] if told == circle else [f"... ({len(circle) - len(told)} more)"]
    shown = " -> ".join([*told, *between, circle[0]])
    return Diagnostic(
        "N105",
        f"`{circle[0]}` is defined by itself: {shown}",
        first.name_span,
        labels=tuple(
            Label(names.values[name].name_span, "part of the circle") for name in told[1:]
        ),
        help=("define one of them without the others",),
    )
