"""Parse tree of a whole file to the tree: an explicit visit, one function a rule."""

from __future__ import annotations

from collections.abc import Sequence

from lark import Token, Tree
from msgspec.structs import replace

from hedgerow.language import statements
from hedgerow.language import tree as nodes
from hedgerow.language.literals import text
from hedgerow.language.reading import Piece, Prepared, Reading
from hedgerow.text.diagnostic import Diagnostic
from hedgerow.text.source import Source, Span

DEEPEST = 128  # rules inside rules; a chain of operators counts one each


def tree_from_parsed(
    source: Source,
    prepared: Prepared,
    parsed: Piece,
    comments: Sequence[nodes.Comment],
) -> tuple[nodes.Tree, tuple[Diagnostic, ...]]:
    """The tree of a parsed file, and what the grammar admits but the language does not."""
    reading = Reading(source, prepared)
    items: list[Piece] = [_shallow(item, reading) for item in parsed.children]
    header = _header(items, reading)
    body = tuple(
        statements.statement(item, reading)
        for item in items
        if item.data not in ("doc", "strategy", "variant")
    )
    found = (*body, *reading.broken)
    tree = nodes.Tree(source, header, found, tuple(comments))
    return tree, tuple(reading.diagnostics)


def _shallow(item: Piece, reading: Reading) -> Piece:
    """The statement itself, or a mark in its place where it is nested too deep to be visited."""
    if _depth(item) <= DEEPEST:
        return item
    at = reading.span(item)
    reading.report(
        "L008",
        "this statement is nested too deep to be read",
        Span(at.source, at.start, at.start + len(at.text.split("\n", 1)[0][:60])),
        help="give parts of it names of their own with `let`",
    )
    reading.prepared.lost[at.start] = at.stop
    return Tree("broken", [], item.meta)


def _depth(parsed: Piece) -> int:
    """How many rules stand inside each other; without recursion, whatever the depth."""
    deepest, level = 0, [parsed]
    while level:
        deepest += 1
        level = [
            child for piece in level for child in piece.children if not isinstance(child, Token)
        ]
    return deepest


def _header(items: Sequence[Piece], reading: Reading) -> nodes.Header | None:
    """The header with its text, if the file starts with one; strays are reported."""
    header: nodes.Header | None = None
    for index, item in enumerate(items):
        if item.data in ("strategy", "variant"):
            if index == 0:
                header = statements.header(item, reading)
            else:
                _report_second_header(item, header, reading)
        elif item.data == "doc":
            if index == 1 and header is not None:
                said = text(item.children[0], reading)
                header = replace(header, doc=said, span=header.span.to(reading.span(item)))
            elif index != 1 or items[0].data != "broken":
                reading.report(
                    "S101",
                    "a text on a line of its own says nothing here",
                    reading.span(item),
                    help="the one text of a file stands right under its first line",
                )
    if items and items[0].data not in ("strategy", "variant", "broken"):
        _report_missing_header(items[0], reading)
    return header


def _report_second_header(item: Piece, header: nodes.Header | None, reading: Reading) -> None:
    message, help = (
        ("a file holds one strategy", "delete this line, or put what follows into another file")
        if header
        else ("this line has to be the first of the file", "move it to the top")
    )
    reading.report("S119", message, reading.span(item), help=help)


def _report_missing_header(first: Piece, reading: Reading) -> None:
    if any(found.code == "S119" for found in reading.diagnostics):
        return
    at = reading.span(first)
    reading.report(
        "S119",
        "the file does not say which strategy it is",
        Span(at.source, at.start, at.start + len(at.text.split("\n", 1)[0])),
        help="start it with `strategy NAME 1.0.0`",
    )
