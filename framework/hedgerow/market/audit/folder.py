"""A whole data folder, looked through: every file of it, and all that is wrong in each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from hedgerow.market.audit.dates import date_findings
from hedgerow.market.audit.finding import Finding, Kind, fault_of
from hedgerow.market.audit.levels import level_findings
from hedgerow.market.audit.prices import price_findings
from hedgerow.market.audit.rows import rows_of
from hedgerow.market.chains.store import FOLDER as CHAINS
from hedgerow.market.chains.store import chains_from_folder
from hedgerow.market.data_fault import DataFault
from hedgerow.market.history import History
from hedgerow.market.sources.events import FOLDER as EVENTS
from hedgerow.market.sources.events import calendar_from_file
from hedgerow.market.sources.folder import history_from_folder
from hedgerow.market.sources.table import ENDINGS, PRICES, Table, table_from_file
from hedgerow.market.sources.vx_files import RANKS, vix_settlements_from_folder
from hedgerow.text.in_words import counted

_FUTURES = frozenset({"VX", *RANKS})


def findings_of(folder: Path, today: date) -> list[Finding]:
    """Everything wrong in a folder, file by file; DataFault where there is nothing to look at."""
    series, futures = named_files(folder)
    events = named_files(folder / EVENTS)[0] if (folder / EVENTS).is_dir() else {}
    if not (series or futures or events or (folder / CHAINS).is_dir()):
        remedy = "name one that holds SPX.csv, VIX.csv and so on"
        raise DataFault(str(folder), "no data in this folder", remedy)
    findings: list[Finding] = []
    for name, file in series.items():
        findings += series_findings(name, file, today)
    for name, file in events.items():
        findings += _event_findings(name, file)
    if futures or (folder / CHAINS).is_dir():
        findings += _recorded_findings(folder, bool(futures))
    return findings


def _name_findings(name: str, file: Path) -> Iterator[Finding]:
    if name != name.upper():
        right = name.upper() + file.name.removeprefix(name)
        sentence = (
            f"series are named in capitals, and a run does not find this one; name it {right}"
        )
        yield Finding(file.name, Kind.MISNAMED, 1, said=sentence)


def named_files(folder: Path) -> tuple[dict[str, Path], dict[str, Path]]:
    """Files of series by name, and those of VIX futures. DataFault: no such folder."""
    if not folder.is_dir():
        raise DataFault(str(folder), "no such folder", "name a folder that holds SPX.csv")
    files = {
        path.name.removesuffix(ending): path
        for ending in ENDINGS
        for path in sorted(folder.glob(f"*{ending}"))
    }
    series = {name: path for name, path in sorted(files.items()) if name not in _FUTURES}
    return series, {name: path for name, path in files.items() if name in _FUTURES}


def series_findings(name: str, file: Path, today: date) -> list[Finding]:
    """What is wrong with the file of a series, or of several side by side."""
    try:
        table = table_from_file(file, ("date",))
        tables = {name: table_from_file(file)} if "close" in table.columns else _parts(table)
        if not tables:
            table_from_file(file)
    except DataFault as fault:
        return [fault_of(file.name, _sentence(fault, file))]
    findings: list[Finding] = []
    if name not in tables:
        sentence = f"holds {', '.join(tables)}; a run reads a file each, like {min(tables)}.csv"
        findings.append(Finding(file.name, Kind.READ_SO, len(tables), tuple(tables), sentence))
    for each, part in tables.items():
        findings += _name_findings(each, file)
        rows, wrong = rows_of(each.upper(), part)
        findings += wrong
        if len(rows.dates):
            findings += [*date_findings(rows, today), *price_findings(rows), *level_findings(rows)]
    return findings


def _parts(table: Table) -> dict[str, Table]:
    """Series that stand side by side: columns spx_close, spx_open are the series SPX."""
    names = [each.removesuffix("_close") for each in table.columns if each.endswith("_close")]
    return {
        name.upper(): replace(
            table,
            columns={"date": table.columns["date"]}
            | {price: table.columns[f"{name}_{price}"]
               for price in PRICES if f"{name}_{price}" in table.columns},
        )
        for name in names
    }  # fmt: skip


def _event_findings(name: str, file: Path) -> Iterator[Finding]:
    where = f"{EVENTS}/{file.name}"
    try:
        calendar, _ = calendar_from_file(name, file)
    except DataFault as fault:
        yield fault_of(where, _sentence(fault, file))
        return
    planned = calendar.dates[calendar.announced < calendar.dates]  # a surprise comes on any day
    weekend = planned[~np.is_busday(planned)]
    if len(weekend):
        some = ", ".join(str(day) for day in weekend[:3])
        dates, them = counted(len(weekend), "date"), "it" if len(weekend) == 1 else "them"
        sentence = f"{dates} on a weekend ({some}); correct or delete {them}"
        yield Finding(where, Kind.NO_SESSION, len(weekend), tuple(map(str, weekend)), sentence)


def _recorded_findings(folder: Path, has_futures: bool) -> list[Finding]:
    """Settlements and quotes are judged by the levels of their day, so those must be sound."""
    try:
        history = history_from_folder(folder, ("SPX", "VIX"))
    except DataFault as fault:
        sentence = f"not looked into before SPX and VIX can be read ({fault.problem})"
        parts = (("VX", has_futures), (CHAINS, (folder / CHAINS).is_dir()))
        return [Finding(part, Kind.READ_SO, 1, said=sentence) for part, there in parts if there]
    return [*_futures_findings(folder, history), *_chain_findings(folder, history)]


def _futures_findings(folder: Path, history: History) -> Iterator[Finding]:
    try:
        settlements = vix_settlements_from_folder(folder, history)
    except DataFault as fault:
        yield fault_of(_file_of(fault), _sentence(fault, folder))
        return
    for note in settlements.notes:
        yield Finding("VX", Kind.READ_SO, 1, said=note.rstrip("."))


def _chain_findings(folder: Path, history: History) -> Iterator[Finding]:
    try:
        report = chains_from_folder(folder, history).report
    except DataFault as fault:
        yield fault_of(f"{CHAINS}/{_file_of(fault)}", _sentence(fault, folder))
        return
    if report.files:
        yield Finding(CHAINS, Kind.READ_SO, report.kept, said=report.lines()[0].rstrip("."))
    for kind, counts, what in (
        (Kind.QUOTES, report.dropped, "left out"),
        (Kind.READ_SO, report.remarks, "kept"),
    ):
        for reason, count in counts.items():
            yield Finding(CHAINS, kind, count, said=f"{counted(count, 'quote')} {what}: {reason}")


def _file_of(fault: DataFault) -> str:
    """The name of the file it is of, whatever row it names behind that."""
    return Path(fault.where.partition(",")[0]).name


def _sentence(fault: DataFault, file: Path) -> str:
    """A fault without the path that stands before it anyway."""
    _, _, row = fault.where.removeprefix(str(file)).partition(", ")
    where = f"{row}: " if row else ""
    return f"{where}{fault.problem}; {fault.remedy}"
