"""Which units a number may have where it stands, by what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hedgerow.book.names import walk
from hedgerow.book.reading import Reading
from hedgerow.editor.document import Document
from hedgerow.editor.place import Place
from hedgerow.language import tree
from hedgerow.language.from_text import tree_from_text
from hedgerow.language.tree import Broken
from hedgerow.text.source import Source
from hedgerow.vocabulary import WORDS
from hedgerow.vocabulary.structures import PRIMITIVES
from hedgerow.vocabulary.units import UNITS, Kind, Mismatch, common, result_of
from hedgerow.vocabulary.word import Role

_PROBE = "7654321"  # the number whose unit is asked for, as nobody writes one
# What may be missing behind a number for its line to be whole.
_ENDINGS = ("", " and 0", " then 0 else 0", " else 0", " to 0", " before FOMC", " of x")
_DAYS, _STRIKES = ("expiry", "near", "far"), ("%", "sd", "delta", "points")
_HEADS = {"clause": "entry e {{\n{}\n}}", "layer": "layers s {{\n{}\n}}",
          "condition": "entry e {{\nwhen all {{\n{}\n}}\n}}",
          "move": "shock s {{\n{}\n}}", "leg": "structure s(U) {{\n{}\n}}"}  # fmt: skip
# Kinds that make a part of something, and kinds of which parts are commonly compared.
_PARTS, _WHOLES = (Kind.RATIO, Kind.MULTIPLE), (Kind.MONEY, Kind.LEVEL, Kind.POINTS)

Nodes = Sequence[tree.Node]


def units_at(document: Document, place: Place, rest: str) -> tuple[str, ...]:
    """The unit words that fit behind the number that `place.written` ends with.

    `rest` is what stands behind it on the line.
    """
    path = _path_to_number(place, rest)
    if path is None:
        return tuple(unit for unit in UNITS if unit != "$")
    reading = document.reading(place.rule)
    return tuple(unit for unit in UNITS if unit != "$" and _fits(UNITS[unit].kind, path, reading))


def _path_to_number(place: Place, rest: str) -> Nodes | None:
    """The number and what it is part of, innermost first; None where no line can be made of it."""
    before = place.written.rstrip().rstrip("0123456789.,")
    open_ = before.count("(") - before.count(")")
    tail = " {\n}" if place.kind.start == "layer" else ""
    closing = ")" * max(0, open_) + tail
    for ending in (rest, *(f"{each}{closing}" for each in _ENDINGS)):
        line = f"{before}{_PROBE}{ending}"
        text = _HEADS.get(place.kind.start, "{}").format(line)
        file, _ = tree_from_text(Source("probe", f"strategy probe 1.0.0\n{text}\n"))
        if any(isinstance(each, Broken) for each in walk(file.statements)):
            continue
        return _around_probe(file.statements)
    return None


def _around_probe(statements: Nodes) -> Nodes | None:
    holding = [
        each for each in walk(tuple(statements))
        if each.span.start <= each.span.source.text.find(_PROBE) < each.span.stop
    ]  # fmt: skip
    ends = bool(holding) and isinstance(holding[-1], tree.Number)
    return tuple(reversed(holding)) if ends else None


def _fits(kind: Kind, path: Nodes, reading: Reading) -> bool:
    """Whether a number of a kind may stand where the first node of the path does."""
    for inner, outer in pairwise(path):
        answer = _within(kind, inner, outer, path, reading)
        if answer is not None:
            return answer
    return True


def _within(
    kind: Kind, inner: tree.Node, outer: tree.Node, path: Nodes, reading: Reading
) -> bool | None:
    """What the node around decides; None where it leaves that to the one around itself."""
    match outer:
        case tree.Of():
            return kind in _PARTS
        case tree.Held() | tree.Recent() | tree.Trend() | tree.NearEvent() | tree.Every():
            return kind is Kind.SESSIONS
        case tree.Cycle():
            return kind is Kind.DAYS
        case tree.Argument():
            call = next(each for each in path if isinstance(each, tree.Call))
            return _fits_argument(kind, outer, call)
        case tree.Size(basis=basis):
            return kind in _SIZES[basis]
        case tree.Move():
            return kind in (Kind.POINTS, Kind.RATIO)
        case tree.AtMost() | tree.Roll() | tree.Lag() | tree.Leg():
            return False
        case _:
            return _beside(kind, inner, outer, reading)


def _beside(kind: Kind, inner: tree.Node, outer: tree.Node, reading: Reading) -> bool | None:
    """What the value beside it decides."""
    match outer:
        case tree.Binary(operator=operator, left=left, right=right):
            other = _kind(reading, left if inner is right else right)
            if other is None or (kind in _PARTS and other in _WHOLES):
                return True  # `>= 50% of credit` is money beside money
            pair = (other, kind) if inner is right else (kind, other)
            return not isinstance(result_of(operator, *pair), Mismatch)
        case tree.Between(value=value) | tree.Otherwise(value=value) | tree.Param(value=value):
            return None if inner is value else _joins(kind, _kind(reading, value))
        case tree.Crosses(left=left) if inner is not left:
            return _joins(kind, _kind(reading, left))
        case _:
            return None


_SIZES: dict[str, tuple[Kind, ...]] = {
    "risk": _PARTS,
    "spend": _PARTS,
    "cover": _PARTS,
    "count": (Kind.COUNT,),
}


def _fits_argument(kind: Kind, argument: tree.Argument, call: tree.Call) -> bool:
    name = call.function.dotted
    word = WORDS.get(name)
    if word is None or (name in PRIMITIVES and argument.name is not None):
        if argument.name in _DAYS:
            return kind is Kind.DAYS
        if argument.name == "ratio":
            return False
        return any(UNITS[unit].kind is kind for unit in _STRIKES)
    index = call.arguments.index(argument)
    parameter = next((each for each in word.parameters if each.name == argument.name), None)
    if argument.name is None and index < len(word.parameters):
        parameter = word.parameters[index]
    if parameter is None:
        return False
    if parameter.role is Role.WINDOW:
        return kind is Kind.SESSIONS
    return parameter.accepts(kind)


def _kind(reading: Reading, node: tree.Expression) -> Kind | None:
    value = reading.read(node)
    return None if value is None else value.kind


def _joins(kind: Kind, other: Kind | None) -> bool:
    return other is None or not isinstance(common(other, kind), Mismatch)
