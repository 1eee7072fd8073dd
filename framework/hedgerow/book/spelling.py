"""Any piece of a rule file on one line, for messages, differences and origins."""

from __future__ import annotations

from typing import Any

from hedgerow.language import tree
from hedgerow.language.statement_text import pieces
from hedgerow.language.value_text import text_from_value
from hedgerow.language.writer import Block


def text_from_node(node: tree.Node) -> str:
    """Canonical, but for line ends: lines of a block are parted by `;`."""
    return "".join(map(_text, pieces(node)))


def _text(piece: Any) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Block):
        return f"{{ {'; '.join(text_from_node(child) for child in piece.children)} }}"
    if isinstance(piece, tree.Group):
        return text_from_node(piece)
    return text_from_value(piece)
