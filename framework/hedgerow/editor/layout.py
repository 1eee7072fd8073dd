"""A whole file in its one canonical layout."""

from __future__ import annotations

from hedgerow.editor.document import Document
from hedgerow.language.to_text import format_text
from hedgerow.text.diagnostic import Refusal
from hedgerow.text.source import Source


def formatted(document: Document) -> str | None:
    """The text in the canonical layout, with the line ends it had; None where it has mistakes
    that keep it from being read.
    """
    written = document.written
    plain = written.replace("\r\n", "\n").replace("\r", "\n")
    try:
        text = format_text(Source(document.source.name, plain))
    except Refusal:
        return None
    return text.replace("\n", "\r\n") if "\r\n" in written else text
