"""Files kept in the user's cache folder, which are made again wherever they are missing."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_folder() -> Path | None:
    """Where this platform keeps what can be made again; `XDG_CACHE_HOME` wins everywhere. None
    where there is nowhere to keep anything."""
    chosen = os.environ.get("XDG_CACHE_HOME")
    try:
        folder = Path(chosen) / "hedgerow" if chosen else _usual_folder()
    except RuntimeError:  # nobody's home
        return None
    return folder if folder.is_absolute() else None


def _usual_folder() -> Path:
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local or Path.home() / "AppData" / "Local") / "hedgerow" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "hedgerow"
    return Path.home() / ".cache" / "hedgerow"


def keep(file: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Beside it and renamed, so that another process sees all of it or nothing.

    OSError where it can't be written; then nothing is left behind.
    """
    import tempfile  # slow to load, and seldom needed

    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        draft.chmod(mode)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
