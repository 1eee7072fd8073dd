"""Shocks: series moved together, written in the file or shipped with the language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from msgspec.structs import replace

from hedgerow.book.book import Shock, ShockMove
from hedgerow.book.expression import Constant
from hedgerow.book.names import names_of, unknown
from hedgerow.book.reading import Reading
from hedgerow.language import tree
from hedgerow.language.from_text import tree_from_text
from hedgerow.text.source import Source
from hedgerow.vocabulary.shocks import SHOCKS, episodes, library
from hedgerow.vocabulary.units import Kind

_MOVED = ("SPX", "VIX")


@cache
def shipped_nodes() -> Mapping[str, tree.Shock]:
    """The shocks that come with the language, as they are written."""
    return {each.name: each for each in _shipped().statements if isinstance(each, tree.Shock)}


@cache
def shipped_shocks() -> Mapping[str, Shock]:
    """The same, ready to be carried out."""
    reading = Reading(names_of(_shipped())[0])
    read = [_shock(reading, node) for node in shipped_nodes().values()]
    assert not reading.found, f"shocks are part of the program: {reading.found[0].message}"
    return {shock.name: shock for shock in read if shock is not None}


@cache
def _shipped() -> tree.Tree:
    text = f"strategy shocks 1.0.0\nneeds SPX, VIX\n{library()}"
    file, found = tree_from_text(Source(SHOCKS, text))
    assert not found, f"shocks are part of the program: {found[0].message}"
    return file


def read_shocks(reading: Reading) -> tuple[Shock, ...]:
    """The shocks of a file that could be read. A name of the library is the library's: it means the
    same fall in every file."""
    for name, node in reading.names.shocks.items():
        if name in episodes():
            reading.report("N104", f"`{name}` is a shock that comes with the language",
                           node.name_span, help=("give yours another name",))  # fmt: skip
    found = [_shock(reading, node) for node in reading.names.shocks.values()]
    return tuple(shock for shock in found if shock is not None)


def _shock(reading: Reading, node: tree.Shock) -> Shock | None:
    moves = [_move(reading, each) for each in node.moves]
    known = tuple(each for each in moves if each is not None)
    return Shock(node.name, known) if len(known) == len(moves) else None


def shock_named(reading: Reading, name: tree.Name) -> str | None:
    """The shock an argument names, of the file or of the library; reported where there is none."""
    written, own = name.dotted, reading.names.shocks
    if written in own:
        reading.names.used.add(written)
        return written
    if written in episodes():
        reading.shipped.add(written)
        return written
    if written not in reading.names.lost:
        found = unknown(written, name.span, "shock", list(own), list(episodes()))
        help = found.help or ("`hedgerow words` lists those that come with the language",)
        reading.found.append(replace(found, help=help))
    return None


def shipped_among(names: Iterable[str]) -> tuple[Shock, ...]:
    """The shocks of the library that are named, in its order."""
    named = frozenset(names)
    return tuple(shipped_shocks()[name] for name in episodes() if name in named)


def _move(reading: Reading, node: tree.Move) -> ShockMove | None:
    if reading.read(node.series) is None:
        return None
    amount = reading.read(node.amount)
    if amount is None:
        return None
    if not isinstance(amount, Constant) or amount.kind not in (Kind.POINTS, Kind.RATIO):
        reading.report("T201", "a shock moves a series by points or by a ratio", node.amount.span,
                       help=("write `VIX + 6 points` or `SPX - 4%`",))  # fmt: skip
        return None
    series = node.series.dotted
    if series not in _MOVED:
        reading.report("N107", f"a shock moves `SPX` and `VIX`, not `{series}`", node.series.span,
                       help=("leave it out: prices are made from SPX and VIX, and the rest of the "
                             "VIX curve follows VIX",))  # fmt: skip
        return None
    change = amount.value if node.operator == "+" else -amount.value
    relative = amount.kind is Kind.RATIO
    if relative and change <= -1.0:
        reading.report("T207", f"nothing would be left of `{series}`", node.amount.span,
                       help=("let it fall by less than 100%",))  # fmt: skip
        return None
    return ShockMove(series, change, relative)
