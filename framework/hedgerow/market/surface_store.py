"""Solved surfaces kept in the user's cache folder: a convenience that may fail without a word."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np

from hedgerow.market.pricing import Array
from hedgerow.market.surface import KNOTS, MODEL_VERSION, Surface, surface_from, surface_through

_WORTH_KEEPING = 500  # sessions; fewer are solved as fast as they are read
_MOST_KEPT = 12  # surfaces; the ones not used for longest make room


def stored_surface(vix: Array, pillars: Array, skew: Array, steeper: float = 0.0) -> Surface:
    """`surface_from` of the same inputs, read from the cache where it was solved before.

    The key is the inputs themselves and the model's version, so nothing stored can be out of date.
    """
    if len(vix) < _WORTH_KEEPING:
        return surface_from(vix, pillars, skew, steeper)
    path = cache_folder() / f"surface-{_key(vix, pillars, skew, np.array(steeper))}.npz"
    knots = _read(path, (3, len(vix), len(KNOTS)))
    if knots is not None:
        return surface_through(knots, vix, pillars)
    surface = surface_from(vix, pillars, skew, steeper)
    _write(path, np.stack((surface.theta, surface.psi_put, surface.psi_call)))
    return surface


def cache_folder() -> Path:
    """Where this platform keeps what can be made again; `XDG_CACHE_HOME` wins everywhere."""
    chosen = os.environ.get("XDG_CACHE_HOME")
    if chosen:
        return Path(chosen) / "hedgerow"
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local or Path.home() / "AppData" / "Local") / "hedgerow" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "hedgerow"
    return Path.home() / ".cache" / "hedgerow"


def _key(*inputs: Array) -> str:
    digest = hashlib.sha256(f"surface {MODEL_VERSION}".encode())
    for values in inputs:
        digest.update(np.ascontiguousarray(values, dtype="<f8").tobytes())
    return digest.hexdigest()[:32]


def _read(path: Path, shape: tuple[int, ...]) -> Array | None:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            knots: Array = archive["knots"]
        path.touch()
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    usable = knots.shape == shape and knots.dtype == np.float64 and bool(np.all(knots > 0.0))
    return knots if usable else None


def _write(path: Path, knots: Array) -> None:
    """Whole or not at all: a reader never sees half a file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=".surface-", suffix=".npz", delete=False
        ) as file:
            try:
                np.savez(file, knots=knots)
                file.close()
                Path(file.name).replace(path)
            except BaseException:
                file.close()
                Path(file.name).unlink(missing_ok=True)
                raise
        kept = sorted(path.parent.glob("surface-*.npz"), key=lambda p: p.stat().st_mtime)
        for old in kept[:-_MOST_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return
