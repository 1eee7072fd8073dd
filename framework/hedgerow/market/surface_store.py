"""Solved surfaces kept in the user's cache folder: a convenience that may fail without a word."""

from __future__ import annotations

import contextlib
import hashlib
import io
import zipfile
from pathlib import Path

import numpy as np

from hedgerow.files.kept import cache_folder, keep
from hedgerow.market.pricing import Array
from hedgerow.market.surface import KNOTS, MODEL_VERSION, Surface, surface_from, surface_through

_WORTH_KEEPING = 500  # sessions; fewer are solved as fast as they are read
_MOST_KEPT = 12  # surfaces; the ones not used for longest make room


def stored_surface(vix: Array, pillars: Array, skew: Array, steeper: float = 0.0) -> Surface:
    """`surface_from` of the same inputs, read from the cache where it was solved before.

    The key is the inputs themselves and the model's version, so nothing stored can be out of date.
    """
    folder = cache_folder()
    if folder is None or len(vix) < _WORTH_KEEPING:
        return surface_from(vix, pillars, skew, steeper)
    path = folder / f"surface-{_key(vix, pillars, skew, np.array(steeper))}.npz"
    knots = _read(path, (3, len(vix), len(KNOTS)))
    if knots is not None:
        return surface_through(knots, vix, pillars)
    surface = surface_from(vix, pillars, skew, steeper)
    _write(path, np.stack((surface.theta, surface.psi_put, surface.psi_call)))
    return surface


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
    whole = io.BytesIO()
    np.savez(whole, knots=knots)
    with contextlib.suppress(OSError):
        keep(path, whole.getvalue())
        kept = sorted(path.parent.glob("surface-*.npz"), key=lambda p: p.stat().st_mtime)
        for old in kept[:-_MOST_KEPT]:
            old.unlink(missing_ok=True)
