"""Days of decisions from the page on which the Federal Reserve lists its meetings.

Under a heading `2026 FOMC Meetings` each meeting is a month in a div of class `fomc-meeting__month`
and its days in one of class `fomc-meeting__date`: `27-28`, `17-18*` with projections, `30-1` under
`Apr/May`, `22 (notation vote)`. A decision is given out on the last day.
"""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

from hedgerow.market.data_fault import DataFault
from hedgerow.market.download.registry import PublicSource
from hedgerow.market.download.releases import BY_HAND

_FEWEST = 4  # meetings of a year, by law: Federal Reserve Act, section 12A
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"(\d{4}) FOMC Meetings")
_DAYS = re.compile(r"(\d{1,2})(?:\s*[-\u2013]\s*(\d{1,2}))?\s*\*?\s*(?:\(([a-z ]+)\))?", re.I)
_NONE = frozenset({"notation vote", "cancelled", "canceled"})  # nothing is decided at a table
_HELD = frozenset({None, "unscheduled"})


def meeting_days(source: PublicSource, content: bytes, today: date) -> set[str]:
    """ISO days; DataFault where the page lacks this year's meetings or is laid out otherwise."""
    where = source.origin
    page = _Page()
    page.feed(content.decode("utf-8-sig", errors="replace"))
    page.close()
    decided = [_decided(where, *meeting) for meeting in page.meetings]
    days = {day for day in decided if day is not None}
    if sum(day[:4] == str(today.year) for day in days) < _FEWEST:
        raise DataFault(where, f"no meetings of {today.year} on the page", BY_HAND)
    return days


class _Page(HTMLParser):
    """(year, month, days) of each meeting, as they are written."""

    def __init__(self) -> None:
        super().__init__()
        self.meetings: list[tuple[str, str, str]] = []
        self._year = self._month = self._text = ""
        self._part = ""  # month or date, inside their divs

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div":
            classes = (dict(attrs).get("class") or "").split()
            parts = [each.removeprefix("fomc-meeting__") for each in classes]
            self._part = next((each for each in parts if each in ("month", "date")), "")
            self._text = ""

    def handle_data(self, data: str) -> None:
        self._text += data
        if found := _YEAR.search(data):
            self._year = found[1]

    def handle_endtag(self, tag: str) -> None:
        if tag != "div":
            return
        if self._part == "month":
            self._month = self._text.strip()
        elif self._part == "date":
            self.meetings.append((self._year, self._month, self._text.strip()))
            self._month = ""
        self._part = ""


def _decided(where: str, year: str, month: str, days: str) -> str | None:
    """The day of the decision, ISO; None where there is none."""
    written = f"{month} {days}, {year}"
    found = _DAYS.fullmatch(days)
    note = (found[3] or "").lower() or None if found else None
    if found is None or note not in _NONE | _HELD:
        raise DataFault(where, f"{written[:60]!r} is no meeting", BY_HAND)
    if note in _NONE:
        return None
    try:
        first, *others = (_MONTHS.index(each.strip()[:3].lower()) for each in month.split("/"))
        last = others[-1] if others else first
        decided = date(int(year) + (last < first), last + 1, int(found[2] or found[1]))
        begun = date(int(year), first + 1, int(found[1]))
    except ValueError:
        raise DataFault(where, f"{written[:60]!r} is no date", BY_HAND) from None
    if not 0 <= (decided - begun).days <= 3:
        raise DataFault(where, f"{written[:60]!r} is no meeting", BY_HAND)
    return decided.isoformat()
