"""Recorded chains of 20,000 quotes a day: quotes a second, and memory that does not grow with days.

`python -m tests.benchmarks.chain_days` writes the folders, then reads each in a process of its own.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from hedgerow.market.calendar import nyse
from hedgerow.market.chains.store import chains_from_folder
from hedgerow.market.history import History, Series, history_of
from hedgerow.market.pricing import black

from tests.benchmarks.timing import processor_seconds
from tests.peak import launched

EXPIRIES, STRIKES = 50, 200  # each with a call and a put: 20,000 quotes a day
SPOT, VOL = 4000.0, 0.18


@dataclass(frozen=True, slots=True)
class Reading:
    days: int
    quotes: int
    seconds: float  # of processor time
    grown: float  # MB the process was larger at its peak than before


def history() -> History:
    """A quiet year."""
    known = nyse().sessions
    days = known[known >= np.datetime64("2021-01-04")][:250]
    levels = {"SPX": SPOT, "VIX": 100 * VOL}
    series = {name: Series(np.full(len(days), level)) for name, level in levels.items()}
    return history_of(days, series, np.zeros(len(days)))


def write_chains(folder: Path, days: int) -> None:
    """A file a day, of expiries on the sessions after it."""
    (folder / "chains").mkdir(parents=True)
    sessions = nyse().sessions
    strikes = np.linspace(2500.0, 5485.0, STRIKES)
    for day in history().sessions[:days]:
        lines = ["date,root,expiry,right,strike,bid,ask"]
        at = int(sessions.searchsorted(day))
        for expiry in sessions[at + 1 : at + 1 + EXPIRIES]:
            vol = np.full(STRIKES, VOL * np.sqrt((expiry - day).astype(int) / 365))
            for right, sign in (("C", 1.0), ("P", -1.0)):
                price = black(np.full(STRIKES, SPOT), strikes, vol, np.full(STRIKES, sign))
                start = f"{day},SPXW,{expiry},{right}"
                lines += [
                    f"{start},{strike:g},{max(mid - 0.1, 0.0):.6f},{mid + 0.1:.6f}"
                    for strike, mid in zip(strikes.tolist(), price.tolist(), strict=True)
                ]
        (folder / "chains" / f"{day}.csv").write_text("\n".join([*lines, ""]))


def read_apart(folder: Path, days: int) -> Reading:
    """What reading a folder takes a process that does nothing else; its cache is new."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    command = [sys.executable, "-m", "tests.benchmarks.chain_days", str(folder)]
    ended, _ = launched(command, environment)
    ended.check_returncode()
    return Reading(days, **json.loads(ended.stdout))


def _read_here(folder: Path) -> None:
    """In the process that is measured."""
    import pyarrow.csv  # noqa: F401 loaded before the measuring begins

    known = history()
    before, started = _peak(), processor_seconds()
    report = chains_from_folder(folder, known).report
    seconds, grown = processor_seconds() - started, _peak() - before
    print(json.dumps({"quotes": report.read, "seconds": seconds, "grown": grown}))


def _peak() -> float:
    """MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def readings(*numbers_of_days: int) -> list[Reading]:
    found = []
    for days in numbers_of_days:
        with tempfile.TemporaryDirectory() as name:
            write_chains(Path(name), days)
            found.append(read_apart(Path(name), days))
    return found


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _read_here(Path(sys.argv[1]))
    else:
        for each in readings(5, 20, 60):
            rate = each.quotes / each.seconds
            print(f"{each.days} days, {each.quotes:,} quotes: {rate:,.0f} a second, "
                  f"{each.grown:.0f} MB more at the peak")  # fmt: skip
