"""The tail of the modelled smile against Cboe's SKEW, which mode B does not know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from hedgerow.market.snapshots_from_history import snapshots_from_history

from tests.market.modelled import modelled_strip
from tests.validation.material import history

BANDS = ((9, 11), (11, 14), (14, 20), (20, 25), (25, 32), (32, 42), (42, 60), (60, 90))  # VIX
FIRST, LAST = "2010-01-01", "2021-12-31"


def skews(data: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """VIX, published SKEW and that of the modelled 30-day strip, of each session of the years."""
    known = history(data, False)
    listed = pd.read_csv(data / "vol_indices" / "skew.csv.gz").set_index("date")
    dates = known.sessions.astype(str)
    published = listed["close"].reindex(dates).to_numpy(float)
    closes = snapshots_from_history(known)
    kept = (dates >= FIRST) & (dates <= LAST) & np.isfinite(published) & np.isfinite(closes.vix)
    rows = np.flatnonzero(kept)
    modelled = [modelled_strip(closes.row(int(row)), 30.0).skew for row in rows]
    return closes.vix[rows], published[rows], np.array(modelled)


def table(data: Path) -> Iterator[str]:
    yield "| VIX | sessions | SKEW, published | modelled, B |"
    yield "| --- | --- | --- | --- |"
    vix, published, modelled = skews(data)
    for low, high in BANDS:
        at = (vix >= low) & (vix < high)
        if at.any():
            means = f"{published[at].mean():.1f} | {modelled[at].mean():.1f}"
            yield f"| {low} to {high} | {at.sum():,} | {means} |"
