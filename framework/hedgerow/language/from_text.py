"""Text to tree. Never raises, whatever the text: what is wrong with it comes back as values."""

from __future__ import annotations

from lark import UnexpectedToken

from hedgerow.language.builder import tree_from_parsed
from hedgerow.language.characters import Looked, look_at
from hedgerow.language.grammar import parse_text
from hedgerow.language.reading import Prepared
from hedgerow.language.tree import Broken, Tree
from hedgerow.text.diagnostic import Diagnostic, in_order
from hedgerow.text.source import Source, Span

_BRACES = ("S103", "S105", "S126")


def tree_from_text(source: Source) -> tuple[Tree, tuple[Diagnostic, ...]]:
    """The tree of a rule file and everything wrong with its text.

    What could not be read stands in the tree as Broken; no diagnostic only follows from another.
    """
    looked = look_at(source)
    if not looked.readable:
        return _nothing_read(looked), in_order(looked.diagnostics)
    prepared, found = Prepared(looked.text), looked.diagnostics
    try:
        parsed = parse_text(prepared.text, "file")
    except UnexpectedToken:
        return _recovered(looked)
    tree, built = tree_from_parsed(source, prepared, parsed, looked.comments)
    return tree, in_order([*found, *built])


def recovered_tree(source: Source) -> tuple[Tree, tuple[Diagnostic, ...]]:
    """The same by way of single statements, whether the whole file parses or not."""
    looked = look_at(source)
    if not looked.readable:
        return _nothing_read(looked), in_order(looked.diagnostics)
    return _recovered(looked)


def _recovered(looked: Looked) -> tuple[Tree, tuple[Diagnostic, ...]]:
    from hedgerow.language.recover import recover  # a file without a slip does without it

    prepared, found = recover(looked.source, looked.text)
    diagnostics = [*looked.diagnostics, *found]
    try:
        parsed = parse_text(prepared.text, "file")
    except UnexpectedToken as unexpected:
        if not found:
            diagnostics.append(_unexplained(looked.source, prepared, unexpected))
        return _nothing_read(looked), in_order(diagnostics)
    tree, built = tree_from_parsed(looked.source, prepared, parsed, looked.comments)
    if any(item.code in _BRACES for item in found):  # a block may be empty for that reason only
        built = tuple(item for item in built if item.code != "S120")
    return tree, in_order([*diagnostics, *built])


def _unexplained(source: Source, prepared: Prepared, unexpected: UnexpectedToken) -> Diagnostic:
    """Where the file stops making sense, though each of its statements makes some."""
    start = unexpected.token.start_pos
    at = min(prepared.origin(start or 0), max(0, len(source.text) - 1))
    return Diagnostic("S101", "this can't stand here", Span(source, at, at + 1))


def _nothing_read(looked: Looked) -> Tree:
    everything = Span(looked.source, 0, len(looked.source.text))
    return Tree(looked.source, None, (Broken(span=everything),), tuple(looked.comments))
