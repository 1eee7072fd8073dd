"""Days of a release in a published schedule (iCalendar, RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from hedgerow.market.data_fault import DataFault
from hedgerow.market.download.registry import PublicSource

BY_HAND = "what is published has changed; write events/NAME.csv by hand, with a column date"
_FOLD = re.compile(r"\r?\n[ \t]")  # a long line goes on behind a space


def release_days(source: PublicSource, content: bytes) -> set[str]:
    """ISO days; DataFault where the content is no schedule, or has no such release."""
    planned = set(_days(source, content))
    if not planned:
        raise DataFault(source.origin, f"no `{source.release}` in the schedule", BY_HAND)
    return planned


def _days(source: PublicSource, content: bytes) -> Iterator[str]:
    where = source.origin
    text = content.decode("utf-8-sig", errors="replace")
    if not text.lstrip().startswith("BEGIN:VCALENDAR"):
        raise DataFault(where, "the answer is a page, not a schedule", BY_HAND)
    named = re.compile(rf"{re.escape(source.release or '')}(?: for .*)?")
    for event in _FOLD.sub("", text).split("BEGIN:VEVENT")[1:]:
        fields = dict(re.findall(r"^([A-Z-]+)(?:;[^:\n]*)?:(.*?)\r?$", event, re.M))
        if named.fullmatch(fields.get("SUMMARY", "").strip()):
            written = fields.get("DTSTART", "")
            try:
                yield datetime.strptime(written[:8], "%Y%m%d").date().isoformat()
            except ValueError:
                raise DataFault(where, f"{written[:40]!r} is not a date", BY_HAND) from None
