"""Days of a published schedule, as a calendar of a data folder.

A schedule says what is planned today. Each download adds to what earlier ones saw: when a day was
first announced, and when it was called off, so that a run knows no day before people did.
"""

from __future__ import annotations

import csv
from datetime import date

from hedgerow.market.download.meetings import meeting_days
from hedgerow.market.download.registry import PublicSource
from hedgerow.market.download.releases import release_days

HEADER = "date,announced,withdrawn"

Row = tuple[str, str]  # when it was announced and called off, ISO; "" where it was not


def calendar_text(source: PublicSource, content: bytes, before: str, today: date) -> str:
    """The csv text of the calendar: `before`, with what the schedule says on `today`.

    A day to come counts as announced today, or as called off today where it was known, is gone and
    the schedule has others of its year; of a day gone by nobody can tell, so it is known on itself
    only. DataFault where the content is no such schedule, or has no such day.
    """
    if source.meetings:
        planned = meeting_days(source, content, today)
    else:
        planned = release_days(source, content)
    now, years = today.isoformat(), {day[:4] for day in planned}
    known: dict[str, Row] = {
        row["date"]: (row["announced"], row["withdrawn"])
        for row in csv.DictReader(before.splitlines())
    }
    for day in planned:
        if day not in known or known[day][1]:
            known[day] = (now if day > now else "", "")
    for day, (announced, withdrawn) in [*known.items()]:
        if day > now and day[:4] in years and day not in planned and not withdrawn:
            known[day] = (announced, now)
            if announced == now:
                del known[day]  # seen and gone on one day: it never stood at a close
    rows = [",".join((day, *known[day])) for day in sorted(known)]
    return "\n".join([HEADER, *rows, ""])
