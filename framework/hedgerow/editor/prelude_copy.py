"""The built-in structures as a file that an editor can open and nobody changes by mistake."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from hedgerow.vocabulary.structures import PRELUDE, prelude

_READ_ONLY = 0o444


def prelude_copy() -> Path | None:
    """A read-only copy in the user's cache folder; None where none can be written there.

    One copy for every version of the prelude, so that an open one never changes under its reader.
    """
    text = prelude().encode("utf-8")
    home = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    file = Path(home) / "hedgerow" / hashlib.sha256(text).hexdigest()[:16] / PRELUDE
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
