"""Text to tree. Never raises, whatever the text: what is wrong with it comes back as values."""

from __future__ import annotations

from lark import UnexpectedToken

from hedgerow.language.builder import tree_from_parsed
from hedgerow.language.grammar import parse_text
from hedgerow.language.reading import Prepared
from hedgerow.language.tree import Broken, Tree
from hedgerow.text.diagnostic import Diagnostic, in_order
from hedgerow.text.source import Source, Span


def tree_from_text(source: Source) -> tuple[Tree, tuple[Diagnostic, ...]]:
    prepared = Prepared(source.text)
    try:
        parsed = parse_text(prepared.text, "file")
    except UnexpectedToken as unexpected:
        everything = Span(source, 0, len(source.text))
        at = min(unexpected.token.start_pos or 0, len(source.text))
        found = Diagnostic("S101", "this can't stand here", Span(source, at, at))
        return Tree(source, None, (Broken(span=everything),), ()), (found,)
    tree, diagnostics = tree_from_parsed(source, prepared, parsed, ())
    return tree, in_order(diagnostics)
