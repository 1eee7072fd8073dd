"""The identity of a rule book: the hash of its canonical text."""

from __future__ import annotations

import hashlib

from hedgerow.language.to_text import canonical_text
from hedgerow.language.tree import Tree

LANGUAGE_VERSION = "1"  # moves when the same text comes to mean something else


def fingerprint(file: Tree) -> str:
    """SHA-256, in hex, of the canonical text and the language version; layout does not matter."""
    text = f"hedgerow language {LANGUAGE_VERSION}\n{canonical_text(file)}"
    return hashlib.sha256(text.encode()).hexdigest()
