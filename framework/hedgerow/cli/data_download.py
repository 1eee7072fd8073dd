"""`hedgerow data download`: public series into a folder."""

from __future__ import annotations

import hashlib
import json
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hedgerow.cli.fault import CommandFault
from hedgerow.cli.outputs import look_at_folder
from hedgerow.cli.screen import say
from hedgerow.cli.status import Status

if TYPE_CHECKING:
    from hedgerow.market.download.registry import PublicSource

FORMAT_VERSION = "1.0"
RECORD = "downloads.json"  # beside the series: where each came from, with checksums
_PAUSE = 1.0  # seconds between two requests


def download_data(
    folder: Annotated[Path, typer.Option("--to", metavar="DIR", help="Where the files go.")],
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME...", help="Series to fetch, like VIX; all where none."),
    ] = None,
    mirror: Annotated[
        str | None,
        typer.Option(
            metavar="URL", envvar="HEDGEROW_MIRROR", help="Fetch from URL/HOST/PATH instead."
        ),
    ] = None,
    pause: Annotated[
        float, typer.Option(min=0.0, metavar="SECONDS", help="Between two requests.")
    ] = _PAUSE,
) -> Status:
    """Fetch public series (SPX, VIX and its sisters, the 3-month rate) into a folder; by name also
    VX, settlements of VIX futures; CPI, PPI, JOBS, days on which those are released; and FOMC, days
    on which the Federal Reserve decides.

    Example: hedgerow data download VIX SPX --to quotes
    """
    from hedgerow.market.data_fault import DataFault
    from hedgerow.market.download.registry import chosen, mirror_from

    sources, base = chosen(names or []), mirror_from(mirror)
    if trouble := look_at_folder(folder):
        raise CommandFault(f"--to {folder}", *trouble)
    record = _record(folder)
    for source in sources:
        _refuse_foreign(folder, source, record)
    failed = 0
    for number, source in enumerate(sources):
        if number:
            time.sleep(pause)
        try:
            get = _fetched if source.contracts_from is None else _fetched_contracts
            say(f"{source.name}: {get(source, base, folder, record, pause)}")
        except DataFault as fault:
            failed += 1
            say(f"{source.name}: {fault}")
    say(f"{len(sources) - failed} of {len(sources)} series are in {folder}")
    return Status.FAILED if failed else Status.CLEAN


def _fetched(
    source: PublicSource, mirror: str | None, folder: Path, record: dict[str, Any], pause: float
) -> str:
    """Fetch one series and write it with its entry in the record; what became of it, in words."""
    from hedgerow.market.download.fetch import fetch
    from hedgerow.market.download.published import series_text
    from hedgerow.market.download.schedules import calendar_text
    from hedgerow.market.events import packaged_calendar

    before = record.get(source.name, {})
    path, url = folder / _file(source), source.address(mirror)
    same_place = path.exists() and before.get("url") == url
    tag = before.get("etag", "") if same_place else ""
    answer = fetch(url, tag, lambda seconds: time.sleep(seconds * min(pause, 1.0)))
    if answer is None:
        return f"unchanged since {before['last']}"
    if source.is_calendar:
        known = path.read_text("utf-8") if path.exists() else packaged_calendar(source.name)
        text = calendar_text(source, answer.content, known, date.today())
    else:
        text = series_text(source, answer.content)
    first, last = text.splitlines()[1][:10], text.splitlines()[-1][:10]
    entry = {"url": url, "etag": answer.tag, "first": first, "last": last}
    _keep(source, text, entry, folder, record)
    return f"{text.count(chr(10)) - 1:,} rows, {first} to {last} ({source.licence})"


def _fetched_contracts(
    source: PublicSource, mirror: str | None, folder: Path, record: dict[str, Any], pause: float
) -> str:
    """The same of a series that is a file a contract; what came before a fault is written too."""
    from hedgerow.market.data_fault import DataFault
    from hedgerow.market.download.contracts import Contracts, fetched_contracts
    from hedgerow.market.download.fetch import Answer, fetch

    path, url = folder / _file(source), source.address(mirror)

    def get(published: str) -> Answer:
        time.sleep(pause)
        wait = min(pause, 1.0)
        address = source.address(mirror, published)
        found = fetch(address, "", lambda long: time.sleep(long * wait))
        assert found is not None, "asked for without a tag"
        return found

    rows = tuple(path.read_text("utf-8").splitlines()[1:]) if path.exists() else ()
    before = Contracts(rows, record.get(source.name, {}).get("settled", ""))
    found = fetched_contracts(source, before, date.today(), get)
    if not found.rows:
        raise found.fault or DataFault(url, "no contract is there", "look at the address")
    first, last = min(found.rows)[:10], max(found.rows)[:10]
    entry = {"url": url, "settled": found.settled, "first": first, "last": last}
    _keep(source, found.text, entry, folder, record)
    if found.fault is not None:
        raise found.fault
    absent = f"; {found.absent} contracts are not published" if found.absent else ""
    return f"{len(found.rows):,} settlements, {first} to {last}{absent} ({source.licence})"


def _keep(
    source: PublicSource, text: str, entry: dict[str, str], folder: Path, record: dict[str, Any]
) -> None:
    """Write a file and its entry in the record, both or neither."""
    from hedgerow.files.atomic import write_folder

    record[source.name] = {**entry, "sha256": _digest(text.encode()), "licence": source.licence}
    content = {"format_version": FORMAT_VERSION, "series": record}
    write_folder(folder, {_file(source): text, RECORD: json.dumps(content, indent=2) + "\n"})


def _file(source: PublicSource) -> str:
    """Where it belongs in a data folder."""
    return f"events/{source.name}.csv" if source.is_calendar else f"{source.name}.csv"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _record(folder: Path) -> dict[str, Any]:
    """What was downloaded into a folder before, by name."""
    path = folder / RECORD
    if not path.exists():
        return {}
    try:
        series = json.loads(path.read_text("utf-8"))["series"]
        return {name: {str(key): str(value) for key, value in entry.items()}
                for name, entry in series.items()}  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise CommandFault(str(path), "is no record of downloads", "move it away") from None


def _refuse_foreign(folder: Path, source: PublicSource, record: dict[str, Any]) -> None:
    """A file that was not downloaded, or was changed since, is somebody's work."""
    from hedgerow.market.sources.folder import file_in

    path = file_in((folder / _file(source)).parent, source.name)
    if path is None:
        return
    known = record.get(source.name, {}).get("sha256")
    if path != folder / _file(source) or _digest(path.read_bytes()) != known:
        remedy = "move it away, or name another folder with --to"
        raise CommandFault(str(path), "not as a download left it", remedy)
