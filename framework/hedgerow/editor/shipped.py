"""What comes written in the language, as files that an editor can open and nobody changes by
mistake.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from functools import cache
from pathlib import Path

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
    home = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    file = Path(home) / "hedgerow" / hashlib.sha256(text).hexdigest()[:16] / source.name
    try:
        if not file.is_file() or file.read_bytes() != text:
            _write(file, text)
    except OSError:
        return None
    return file


def _write(file: Path, text: bytes) -> None:
    """Beside it and renamed, so that another process sees all of it or nothing."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "wb") as out:
        out.write(text)
    Path(name).chmod(_READ_ONLY)
    Path(name).replace(file)
