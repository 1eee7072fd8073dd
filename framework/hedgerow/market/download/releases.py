"""Release days from a published schedule (iCalendar, RFC 5545), as a calendar of a data folder.

A schedule says what is planned today. Each download adds to what earlier ones saw: when a day was
first announced, and when it was called off, so that a run knows no day before people did.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime

from hedgerow.market.data_fault import DataFault
from hedgerow.market.download.registry import PublicSource

HEADER = "date,announced,withdrawn"
_FOLD = re.compile(r"\r?\n[ \t]")  # a long line goes on behind a space
_OTHER = "what is published has changed; write events/NAME.csv by hand, with a column date"

Row = tuple[str, str]  # when it was announced and called off, ISO; "" where it was not


def releases_text(source: PublicSource, content: bytes, before: str, today: date) -> str:
    """The csv text of the calendar: `before`, with what the schedule says on `today`.

    A day to come counts as announced today, or as called off today where it was known and is gone;
    of a day gone by nobody can tell, so it is known on itself only. DataFault where the file is no
    schedule, or has no such release.
    """
    where = f"{source.name} from {source.url}"
    planned = set(_days(where, source, content))
    if not planned:
        raise DataFault(where, f"no `{source.release}` in the schedule", _OTHER)
    now = today.isoformat()
    known: dict[str, Row] = {
        row["date"]: (row["announced"], row["withdrawn"])
        for row in csv.DictReader(before.splitlines())
    }
    for day in planned:
        if day not in known or known[day][1]:
            known[day] = (now if day > now else "", "")
    for day, (announced, withdrawn) in [*known.items()]:
        if day > now and day not in planned and not withdrawn:
            known[day] = (announced, now)
            if announced == now:
                del known[day]  # seen and gone on one day: it never stood at a close
    rows = [",".join((day, *known[day])) for day in sorted(known)]
    return "\n".join([HEADER, *rows, ""])


def _days(where: str, source: PublicSource, content: bytes) -> Iterator[str]:
    text = content.decode("utf-8-sig", errors="replace")
    if not text.lstrip().startswith("BEGIN:VCALENDAR"):
        raise DataFault(where, "the answer is a page, not a schedule", _OTHER)
    named = re.compile(rf"{re.escape(source.release or '')}(?: for .*)?")
    for event in _FOLD.sub("", text).split("BEGIN:VEVENT")[1:]:
        fields = dict(re.findall(r"^([A-Z-]+)(?:;[^:\n]*)?:(.*?)\r?$", event, re.M))
        if named.fullmatch(fields.get("SUMMARY", "").strip()):
            written = fields.get("DTSTART", "")
            try:
                yield datetime.strptime(written[:8], "%Y%m%d").date().isoformat()
            except ValueError:
                raise DataFault(where, f"{written[:40]!r} is not a date", _OTHER) from None
