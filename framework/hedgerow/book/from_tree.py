"""Tree to book: names resolved, kinds checked, every mistake collected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from msgspec.structs import replace

from hedgerow.book import calls, events, leaves, operators, temporal  # their readers register
from hedgerow.book.book import (
    Book,
    Claim,
    Invariant,
    Limit,
    Parameter,
    Rule,
    Scenario,
)
from hedgerow.book.checks import CHECKS, Checked
from hedgerow.book.checks.facts import Facts
from hedgerow.book.claims import read_claim
from hedgerow.book.deviation import read_basis
from hedgerow.book.expression import Constant, Expression
from hedgerow.book.fingerprint import fingerprint
from hedgerow.book.invariants import read_invariant
from hedgerow.book.names import Value, in_dependency_order, names_of
from hedgerow.book.reading import Reading
from hedgerow.book.rules import read_rule
from hedgerow.book.scenarios import read_scenario
from hedgerow.book.shocks import read_shocks, shipped_among
from hedgerow.book.structures import check_structure, leg_names
from hedgerow.language import tree
from hedgerow.language.tree import Tree
from hedgerow.text.diagnostic import Diagnostic, has_errors, in_order
from hedgerow.text.source import Span
from hedgerow.vocabulary.units import fits

__all__ = [
    "book_from_tree", "calls", "events", "leaves", "mistakes_in_tree", "operators", "temporal",
]  # fmt: skip

Known = TypeVar("Known")


def book_from_tree(file: Tree) -> tuple[Book | None, tuple[Diagnostic, ...]]:
    """The book, or None where anything is wrong; with everything there is to report.

    A variant has been resolved by then: what stands here is a whole strategy.
    """
    draft, diagnostics = _read(file)
    if draft is None or has_errors(diagnostics):
        return None, diagnostics
    _nothing_is_lost(draft, file)
    return replace(draft, fingerprint=fingerprint(file)), diagnostics


def _nothing_is_lost(book: Book, file: Tree) -> None:
    """A rule or a limit refused without a word would leave a strategy that nobody wrote."""
    layers = [layer for each in file.statements if isinstance(each, tree.Layers)
              for layer in each.layers]  # fmt: skip
    written = Counter(type(each) for each in (*file.statements, *layers))
    assert len(book.rules) == written[tree.Entry] + written[tree.Layer]
    assert len(book.limits) == written[tree.Limit]
    assert len(book.invariants) == written[tree.Invariant]
    assert len(book.claims) == written[tree.Claim]
    assert len(book.tests) == written[tree.Scenario]


def mistakes_in_tree(file: Tree) -> tuple[Diagnostic, ...]:
    """What `book_from_tree` reports, in half the time: no book is made."""
    return _read(file)[1]


def _read(file: Tree) -> tuple[Book | None, tuple[Diagnostic, ...]]:
    """The book without its fingerprint, and everything there is to report."""
    assert file.header is None or file.header.kind == "strategy", "a variant comes resolved"
    names, found = names_of(file)
    reading = Reading(names)
    reading.found.extend(found)
    order, cycles = in_dependency_order(names)
    reading.found.extend(cycles)
    for path, node in names.rules.items():  # a let may speak of legs
        reading.legs[path] = leg_names(names, node.clauses)
    for name in order:
        reading.values[name] = reading.read(names.values[name].value)
    _read_sd(reading, file)
    draft = _book(reading, file)
    return draft, in_order(reading.found)


def _book(reading: Reading, file: Tree) -> Book | None:
    """Everything that could be read, as a book; whether it may be used, the diagnostics say."""
    names = reading.names
    shocks = read_shocks(reading)
    parameters = _known(_parameter(reading, each) for each in names.values.values())
    for structure in names.structures.values():
        check_structure(reading, structure)
    rules = _known(_rules(reading, file))
    limits = _known(_limit(reading, each) for each in file.statements)
    invariants, claims, tests = _promises(reading, file)
    complete = not (names.broken or has_errors(reading.found))
    checked = Checked(file, names, rules, limits, Facts(parameters), complete)
    reading.found.extend(each for check in CHECKS for each in check(checked))
    if file.header is None or names.broken:
        return None
    return Book(
        name=file.header.name,
        version=file.header.version,
        doc=file.header.doc or "",
        needs=tuple(name for name in names.series if name not in names.wants),
        wants=tuple(name for name in names.series if name in names.wants),
        events=tuple(names.calendars),
        parameters=parameters,
        shocks=(*shocks, *shipped_among(reading.shipped)),
        rules=rules,
        limits=limits,
        invariants=invariants,
        claims=claims,
        tests=tests,
        fingerprint="",  # costs as much as all the rest, and editors never ask for it
        text=file.source.text,
    )


def _known(values: Iterable[Known | None]) -> tuple[Known, ...]:
    return tuple(value for value in values if value is not None)


def _promises(
    reading: Reading, file: Tree
) -> tuple[tuple[Invariant, ...], tuple[Claim, ...], tuple[Scenario, ...]]:
    written = file.statements
    return (
        _known(read_invariant(reading, each) for each in written if type(each) is tree.Invariant),
        _known(read_claim(reading, each) for each in written if type(each) is tree.Claim),
        _known(read_scenario(reading, each) for each in written if type(each) is tree.Scenario),
    )


def _rules(reading: Reading, file: Tree) -> list[Rule | None]:
    rules: list[Rule | None] = []
    for statement in file.statements:
        if isinstance(statement, tree.Entry):
            rules.append(read_rule(reading, statement.name, statement, None))
        elif isinstance(statement, tree.Layers):
            before = None
            for layer in statement.layers:
                path = f"{statement.name}.{layer.name}"
                rules.append(read_rule(reading, path, layer, before))
                before = path if layer.at else before
    return rules


def _read_sd(reading: Reading, file: Tree) -> None:
    bases = [each for each in file.statements if isinstance(each, tree.SdBasis)]
    for extra in bases[1:]:
        reading.report("S181", "a file has one `sd = ...`", extra.span)
    if bases:
        reading.sd_window = read_basis(reading, bases[0])


def _limit(reading: Reading, node: tree.Statement) -> Limit | None:
    condition = reading.condition(node.condition) if isinstance(node, tree.Limit) else None
    if condition is None:
        return None
    return Limit(condition, condition.span.flat, condition.span)


def _parameter(reading: Reading, node: Value) -> Parameter | None:
    if isinstance(node, tree.Let):
        return None
    value = reading.values.get(node.name)
    ends = [reading.read(each) if each else None for each in (node.low, node.high, node.step)]
    if value is None:
        return None
    for end in ends:
        if end is not None and not fits(end.kind, value.kind):
            if value.span.source is end.span.source:
                reading.wrong_kind(end.span, end.kind, value.kind, f"the range of `{node.name}`")
            else:  # a variant set the value: the range of its parent is right
                reading.wrong_kind(value.span, value.kind, end.kind, f"`{node.name}`")
            return None
    low, high, step = ends
    if mistake := _misplaced(node, value, *map(_number, ends)):
        message, span, help = mistake
        reading.report("T207", message, span, help=(help,))
        return None
    return Parameter(node.name, value, low, high, step, node.span)


def _number(value: Expression | None) -> float | None:
    """Where it is known before the run."""
    return value.value if isinstance(value, Constant) else None


def _misplaced(
    node: tree.Param,
    value: Expression,
    low: float | None,
    high: float | None,
    step: float | None,
) -> tuple[str, Span, str] | None:
    """What is wrong with a range, where, and the way out."""
    if node.low and low is not None and high is not None and low > high:
        return f"the range of `{node.name}` runs downward", node.low.span, "write the low end first"
    if node.step and step is not None and step <= 0:
        return (
            f"a step of `{node.step.span.text}` leads nowhere",
            node.step.span,
            "write one above 0",
        )
    if not isinstance(value, Constant):
        return None
    if (low is not None and value.value < low) or (high is not None and high < value.value):
        outside = f"`{node.name}` lies outside its own range"
        return outside, node.value.span, "change the value, or widen the range"
    return None
