"""What comes written in the language, as files that an editor can open and nobody changes by
mistake.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from hedgerow.files.kept import cache_folder, keep
from hedgerow.text.source import Source, Span
from hedgerow.vocabulary.shocks import SHOCKS, library
from hedgerow.vocabulary.structures import PRELUDE, prelude

_READ_ONLY = 0o444


@cache
def shipped() -> tuple[Source, ...]:
    """The built-in structures, and the shocks that happened."""
    return Source(PRELUDE, prelude()), Source(SHOCKS, library())


def shipped_declaration(name: str) -> Span | None:
    """Where a structure or a shock is declared that no file declares."""
    for source in shipped():
        declared = rf"^(?:structure|shock) ({re.escape(name)})\b"
        found = re.search(declared, source.text, re.MULTILINE)
        if found:
            return Span(source, found.start(1), found.end(1))
    return None


def shipped_copy(source: Source) -> Path | None:
    """A read-only copy in the user's cache folder; None where none can be written there.

    One copy for every version of a text, so that an open one never changes under its reader.
    """
    text = source.text.encode("utf-8")
    folder = cache_folder()
    if folder is None:
        return None
    file = folder / hashlib.sha256(text).hexdigest()[:16] / source.name
    try:
        if not file.is_file() or file.read_bytes() != text:
            keep(file, text, mode=_READ_ONLY)
    except OSError:
        return None
    return file
