"""The SPX surface of every session of the sample: solved, read from the cache, and one by one.

`python -m tests.benchmarks.surface [repeats]`. The loop solves each session alone, with the same
code on arrays of one; it is timed on every 40th session, and has to find the same surfaces.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import numpy as np
from hedgerow.market.snapshots_from_history import snapshots_from_history
from hedgerow.market.sources.sample import sample_history
from hedgerow.market.spx_options import spx_slices
from hedgerow.market.surface import surface_from

from tests.benchmarks.timing import interleaved

EACH = 40  # sessions between two of the loop
PRICED, STRIKES = 500, 20  # sessions and strikes of one call: a package's life is of this order


def main(repeats: int) -> None:
    history = sample_history()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        known = snapshots_from_history(history)
        some = range(0, len(known), EACH)

        def forget() -> None:
            for file in Path(folder).rglob("surface-*"):
                file.unlink()

        def loop() -> None:
            for at in some:
                row = slice(at, at + 1)
                alone = surface_from(known.vix[row], known.pillars[row], known.skew[row])
                assert np.allclose(alone.theta, known.surface.theta[row], rtol=1e-9)

        rows = np.arange(PRICED)[:, None]
        strikes = known.spot[rows] * np.linspace(0.8, 1.1, STRIKES)
        years, calls = np.full(rows.shape, 45 / 365), strikes > known.spot[rows]

        def price() -> None:
            for _ in range(100):
                spx_slices(known, rows, years).prices(strikes, calls)

        jobs = {
            "one session at a time": loop,
            "all at once, nothing cached": lambda: (forget(), snapshots_from_history(history)),
            "all at once, cached": lambda: snapshots_from_history(history),
            "options": price,
        }
        timed = {row.what: row.seconds for row in interleaved(jobs, repeats)}
    timed["one session at a time"] *= len(known) / len(some)
    slowest = timed["one session at a time"]
    print(f"{len(known):,} sessions")
    for what in ("one session at a time", "all at once, nothing cached", "all at once, cached"):
        print(f"{what:30} {timed[what]:8.2f} s {slowest / timed[what]:8.0f} x")
    print(f"{100 * strikes.size / timed['options'] / 1e6:.1f} million options a second")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
