"""Tree to text: the one canonical layout."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict, replace

from hedgerow.language import tree as nodes
from hedgerow.language.from_text import tree_from_text
from hedgerow.language.statement_text import header_line, pieces
from hedgerow.language.writer import INDENT, Block, Writer
from hedgerow.text.diagnostic import Refusal, has_errors
from hedgerow.text.in_words import shortest
from hedgerow.text.source import Source


def text_from_tree(tree: nodes.Tree) -> str:
    """The canonical layout, with the comments and single blank lines of the tree's source.

    Two spaces a block, one statement a line, nothing aligned, nothing moved; a call of more than
    100 characters has one argument a line. The tree holds no Broken node.
    """
    return _written(tree, Writer(tree.source, tree.comments, blanks=True))


def canonical_text(tree: nodes.Tree) -> str:
    """The layout without comments, blank lines and trailing zeros, as a fingerprint needs it."""
    plain = nodes.Tree(tree.source, tree.header, _plain(tree.statements), ())
    return _written(plain, Writer(tree.source, (), blanks=False))


def format_text(source: Source) -> str:
    """The source in the canonical layout; raises Refusal if it can't be read without an error.

    A layout that would change the meaning or lose a comment is our own mistake: AssertionError.
    """
    tree, diagnostics = tree_from_text(source)
    if has_errors(diagnostics):
        raise Refusal(diagnostics)
    text = text_from_tree(tree)
    again, _ = tree_from_text(Source(source.name, text))
    assert again == tree, f"formatting {source.name} would change its meaning"
    kept = [comment.text for comment in again.comments]
    assert kept == [comment.text for comment in tree.comments], "formatting would lose a comment"
    return text


def _written(tree: nodes.Tree, writer: Writer) -> str:
    if tree.header is not None:
        _write_header(tree.header, tree.source.text, writer)
    for statement in tree.statements:
        _write(statement, writer, "")
    writer.flush(len(tree.source.text) + 1, "")
    return "\n".join([*writer.lines, ""])


def _write_header(header: nodes.Header, text: str, writer: Writer) -> None:
    writer.begin(header.span.start, "")
    stop = text.find(header.version, header.name_span.stop) + len(header.version)
    if header.parent is not None:
        stop = text.find(header.parent, stop) + len(header.parent) + len('"')
    writer.finish(header_line(header), stop)
    if header.doc is not None:
        quoted = f'"{header.doc}"'
        writer.begin(header.span.stop - len(quoted), "")
        writer.finish(quoted, header.span.stop)


def _write(node: nodes.Node, writer: Writer, indent: str) -> None:
    """A statement, its blocks, and what stands behind them."""
    writer.begin(node.span.start, indent)
    line = ""
    for piece in _unfolded(node):
        if isinstance(piece, str):
            line += piece
        elif isinstance(piece, Block):
            inside = writer.open_block(f"{indent}{line}{{", piece.after)
            for child in piece.children:
                _write(child, writer, indent + INDENT)
            writer.flush(max(inside, piece.stop), indent + INDENT)
            line = "}"
        else:
            line += writer.value(piece, indent)
    if not line.startswith("}"):
        writer.flush(node.span.stop, indent)  # inside parentheses there is no line for them
    writer.finish(indent + line, node.span.stop)


def _unfolded(node: nodes.Node) -> list[Any]:
    """The pieces, with the pieces of a group in place of the group."""
    found: list[Any] = []
    for piece in pieces(node):
        found += _unfolded(piece) if isinstance(piece, nodes.Group) else [piece]
    return found


def _plain(value: Any) -> Any:
    """The same nodes with `0.40` as `0.4`."""
    if isinstance(value, tuple):
        return tuple(_plain(item) for item in value)
    if isinstance(value, nodes.Number):
        return replace(value, value=shortest(value.value))
    if isinstance(value, nodes.Node):
        parts = asdict(value)
        return replace(value, **{name: _plain(part) for name, part in parts.items()})
    return value
