"""A data folder with what was downloaded into it, and a record of where each file came from."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from hedgerow.files.atomic import write_folder
from hedgerow.market.data_fault import DataFault
from hedgerow.market.download.contracts import Contracts, fetched_contracts
from hedgerow.market.download.fetch import Answer, Wait, fetch
from hedgerow.market.download.published import series_text
from hedgerow.market.download.registry import PublicSource
from hedgerow.market.download.schedules import calendar_text
from hedgerow.market.events import packaged_calendar
from hedgerow.market.sources.folder import file_in

FORMAT_VERSION = "1.0"
RECORD = "downloads.json"  # beside the series: where each came from, with checksums


class Downloads:
    """Into a folder; `pause` is the seconds between two requests. DataFault where its record can't
    be read.
    """

    def __init__(
        self, folder: Path, mirror: str | None, today: date, pause: float, wait: Wait
    ) -> None:
        self._folder, self._mirror, self._today = folder, mirror, today
        self._pause, self._wait = pause, wait
        self._record = _record(folder / RECORD)

    def refuse_foreign(self, source: PublicSource) -> None:
        """A file that was not downloaded, or was changed since, is somebody's work."""
        own = self._folder / _file(source)
        path = file_in(own.parent, source.name)
        if path is None:
            return
        if path != own or _digest(path.read_bytes()) != self._known(source).get("sha256"):
            remedy = "move it away, or name another folder with --to"
            raise DataFault(str(path), "not as a download left it", remedy)

    def fetch(self, source: PublicSource) -> str:
        """Fetch one series and write it with its entry in the record; what became of it, in words.

        DataFault where it can't be had.
        """
        if source.contracts_from is not None:
            return self._fetch_contracts(source)
        before, path = self._known(source), self._folder / _file(source)
        url = source.address(self._mirror)
        same_place = path.exists() and before.get("url") == url
        answer = self._answer(url, before.get("etag", "") if same_place else "")
        if answer is None:
            return f"unchanged since {before['last']}"
        if source.is_calendar:
            known = path.read_text("utf-8") if path.exists() else packaged_calendar(source.name)
            text = calendar_text(source, answer.content, known, self._today)
        else:
            text = series_text(source, answer.content)
        first, last = text.splitlines()[1][:10], text.splitlines()[-1][:10]
        entry = {"url": url, "etag": answer.tag, "first": first, "last": last}
        self._keep(source, text, entry)
        return f"{text.count(chr(10)) - 1:,} rows, {first} to {last} ({source.licence})"

    def _fetch_contracts(self, source: PublicSource) -> str:
        """The same of a file for each contract; what came before a fault is written too."""
        path, url = self._folder / _file(source), source.address(self._mirror)

        def get(published: str) -> Answer:
            self._wait(self._pause)
            found = self._answer(source.address(self._mirror, published), "")
            assert found is not None, "asked for without a tag"
            return found

        rows = tuple(path.read_text("utf-8").splitlines()[1:]) if path.exists() else ()
        before = Contracts(rows, self._known(source).get("settled", ""))
        found = fetched_contracts(source, before, self._today, get)
        if not found.rows:
            raise found.fault or DataFault(url, "no contract is there", "look at the address")
        first, last = min(found.rows)[:10], max(found.rows)[:10]
        entry = {"url": url, "settled": found.settled, "first": first, "last": last}
        self._keep(source, found.text, entry)
        if found.fault is not None:
            raise found.fault
        absent = f"; {found.absent} contracts are not published" if found.absent else ""
        return f"{len(found.rows):,} settlements, {first} to {last}{absent} ({source.licence})"

    def _answer(self, url: str, tag: str) -> Answer | None:
        return fetch(url, tag, lambda seconds: self._wait(seconds * min(self._pause, 1.0)))

    def _known(self, source: PublicSource) -> dict[str, str]:
        """The entry of its last download."""
        return self._record.get(source.name, {})

    def _keep(self, source: PublicSource, text: str, entry: dict[str, str]) -> None:
        """Write a file and its entry in the record, both or neither."""
        origin = {"sha256": _digest(text.encode()), "licence": source.licence}
        self._record[source.name] = {**entry, **origin}
        content = {"format_version": FORMAT_VERSION, "series": self._record}
        texts = {_file(source): text, RECORD: json.dumps(content, indent=2) + "\n"}
        write_folder(self._folder, texts)


def _file(source: PublicSource) -> str:
    """Where it belongs in a data folder."""
    return f"events/{source.name}.csv" if source.is_calendar else f"{source.name}.csv"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _record(path: Path) -> dict[str, dict[str, str]]:
    """What was downloaded before, by name."""
    if not path.exists():
        return {}
    try:
        series: dict[str, Any] = json.loads(path.read_text("utf-8"))["series"]
        return {name: {str(key): str(value) for key, value in entry.items()}
                for name, entry in series.items()}  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise DataFault(str(path), "is no record of downloads", "move it away") from None
