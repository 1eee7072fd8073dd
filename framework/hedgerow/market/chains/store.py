"""Chain files, walked once into a compact store in the cache folder.

Quotes go to one small file a day first, so files may be in any order; then every day is cleaned by
itself. No more is held in memory than a batch of a file or the quotes of one day. What is stored is
mapped, not read: years of chains cost the memory of the days that are looked at.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from msgspec.structs import asdict
from numpy.typing import NDArray

from hedgerow.files.kept import cache_folder
from hedgerow.market.calendar import ordinals
from hedgerow.market.chains import report as reasons
from hedgerow.market.chains.chains import SLICE, Chains
from hedgerow.market.chains.day import STRIKE, DayLevels, clean_day
from hedgerow.market.chains.layout import mappings, own_layouts
from hedgerow.market.chains.quotes import QUOTE, Quotes, quotes_of
from hedgerow.market.chains.report import ChainReport
from hedgerow.market.chains.tables import ENDINGS
from hedgerow.market.data_fault import DataFault
from hedgerow.market.history import History, last_known

FOLDER = "chains"  # within a data folder
_VERSION = "1"  # of the cleaning and of the store: raise it when either changes
_MOST_KEPT = 4  # stores; the ones not used for longest make room
_FILES = ("strikes.bin", "slices.npy", "report.json")
_ELSEWHERE = "set XDG_CACHE_HOME to a folder that can"


def chains_from_folder(data: Path, history: History) -> Chains:
    """The recorded chains of a data folder; none where it has no `chains/`.

    DataFault where a file or the mapping cannot be understood, or the cache cannot be written.
    """
    folder = data / FOLDER
    files = chain_files(folder)
    if not files:
        return Chains.none()
    store = _store(folder, files, history)
    if not _is_built(store):
        _build(folder, files, history, store)
    return _read(store)


def chains_read_before(data: Path, history: History) -> Chains:
    """The same, where they have been walked before and nothing has changed; else none."""
    folder = data / FOLDER
    files = chain_files(folder)
    if not files or not _is_built(store := _store(folder, files, history)):
        return Chains.none()
    return _read(store)


def _store(folder: Path, files: list[Path], history: History) -> Path:
    home = cache_folder()
    if home is None:
        raise DataFault("the cache folder", "is nowhere, so nothing can be written", _ELSEWHERE)
    return home / f"chains-{_key(folder, files, history)}"


def _is_built(store: Path) -> bool:
    return all((store / name).exists() for name in _FILES)


def _read(store: Path) -> Chains:
    store.touch()
    told = json.loads((store / "report.json").read_text("utf-8"))
    fingerprint = told.pop("fingerprint")
    told["files"] = [(name, layout) for name, layout in told["files"]]
    report = ChainReport(**{**told, "dropped": Counter(told["dropped"]),
                            "remarks": Counter(told["remarks"])})  # fmt: skip
    return Chains.of(store / "strikes.bin", np.load(store / "slices.npy"), report, fingerprint)


def chain_files(folder: Path) -> list[Path]:
    """Files of quotes in a folder `chains`, by name; none where there is no such folder."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.name.lower().endswith(ENDINGS))


def _key(folder: Path, files: list[Path], history: History) -> str:
    """Of what the store depends on: files as the folder lists them, the mapping, the levels."""
    digest = hashlib.sha256(f"chains {_VERSION} {QUOTE} {STRIKE}".encode())
    for path in (*files, *mappings(folder)):
        seen = path.stat()
        digest.update(f"{path.resolve()} {seen.st_size} {seen.st_mtime_ns}\n".encode())
    for values in (history.sessions.astype("M8[D]").astype(np.int64), *_levels(history)):
        digest.update(np.ascontiguousarray(values).tobytes())
    return digest.hexdigest()[:32]


def _levels(history: History) -> tuple[NDArray[np.float64], ...]:
    return (
        history.series["SPX"].close,
        last_known(history.series["VIX"].close),
        history.rate,
    )


def _build(folder: Path, files: list[Path], history: History, store: Path) -> None:
    """Whole or not at all: the store appears under its name when it is complete."""
    try:
        store.parent.mkdir(parents=True, exist_ok=True)
        working = Path(tempfile.mkdtemp(dir=store.parent, prefix=".chains-"))
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
        raise DataFault(str(store.parent), problem, _ELSEWHERE) from None
    try:
        report = ChainReport()
        spool = working / "spool"
        spool.mkdir()
        _spool(folder, files, history, spool, report)
        _write_store(spool, history, working, report)
        shutil.rmtree(spool)
        shutil.rmtree(store, ignore_errors=True)
        working.rename(store)
    except BaseException:
        shutil.rmtree(working, ignore_errors=True)
        raise
    kept = sorted(store.parent.glob("chains-*"), key=lambda path: path.stat().st_mtime)
    for old in kept[:-_MOST_KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def _spool(
    folder: Path, files: list[Path], history: History, spool: Path, report: ChainReport
) -> None:
    """Every understood quote on a session goes to the file of its day."""
    own = own_layouts(folder)
    sessions = ordinals(history.sessions)
    for path in files:
        for quotes in quotes_of(path, own, report):
            known = np.isin(quotes["date"], sessions)
            report.drop(reasons.NO_SESSION, int((~known).sum()))
            for day, part in _by_day(quotes[known]):
                with (spool / str(day)).open("ab") as file:
                    file.write(part.tobytes())


def _by_day(quotes: Quotes) -> Iterator[tuple[int, Quotes]]:
    if not len(quotes):
        return
    dates = quotes["date"]
    if (dates[1:] < dates[:-1]).any():
        quotes = quotes[np.argsort(dates, kind="stable")]
        dates = quotes["date"]
    starts = np.flatnonzero(np.diff(dates, prepend=-1))
    for part in np.split(quotes, starts[1:]):
        yield int(part["date"][0]), part


def _write_store(spool: Path, history: History, working: Path, report: ChainReport) -> None:
    """Days in order, each cleaned by itself, their strikes one after the other."""
    days = sorted(int(path.name) for path in spool.iterdir())
    sessions = ordinals(history.sessions)
    spx, vix, rate = _levels(history)
    slices: list[tuple[int, int, int, int, int, float, float]] = []
    digest, start = hashlib.sha256(), 0
    with (working / "strikes.bin").open("wb") as file:
        for day in days:
            at = int(np.searchsorted(sessions, day))
            levels = DayLevels(day, {"SPX": float(spx[at]), "VIX": float(vix[at])}, float(rate[at]))
            quotes = np.fromfile(spool / str(day), dtype=QUOTE)
            for each in clean_day(quotes, levels, report):
                stop = start + len(each.strikes)
                parity = (each.parity.forward, each.parity.discount)
                slices.append((day, each.kind, each.expiry, start, stop, *parity))
                data = each.strikes.tobytes()
                file.write(data)
                digest.update(data)
                start = stop
    index = np.array(slices, dtype=SLICE)
    digest.update(index.tobytes())
    np.save(working / "slices.npy", index)
    told = asdict(report)
    told["fingerprint"] = digest.hexdigest()
    (working / "report.json").write_text(json.dumps(told), "utf-8")
