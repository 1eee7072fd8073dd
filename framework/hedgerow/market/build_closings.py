"""Write `nyse_closings.txt`: python -m hedgerow.market.build_closings

The weekdays on which the New York Stock Exchange was, or will be, closed, taken from the
exchange_calendars package. They are kept as a table because importing that package takes longer
than a whole run; a test compares the table with the package.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FIRST = np.datetime64("1971-01-01")  # the package lacks many holidays before 1970
LAST = np.datetime64("2045-12-31")

HEADER = """\
# Weekdays on which the New York Stock Exchange is closed, {first} to {last}.
# Written by build_closings.py from exchange_calendars (calendar XNYS); not edited by hand.
"""


def closings_from_package() -> NDArray[np.datetime64]:
    """Closed weekdays `FIRST` to `LAST`, sorted, from exchange_calendars."""
    import exchange_calendars

    calendar = exchange_calendars.get_calendar("XNYS", start=str(FIRST), end=str(LAST))
    sessions = calendar.sessions.values.astype("datetime64[D]")
    days = np.arange(FIRST, LAST + 1)
    return np.asarray(np.setdiff1d(days[np.is_busday(days)], sessions))


def main() -> None:
    """Write the table beside this file."""
    lines = "".join(f"{day}\n" for day in closings_from_package())
    text = HEADER.format(first=FIRST, last=LAST) + lines
    Path(__file__).with_name("nyse_closings.txt").write_text(text, encoding="ascii", newline="\n")


if __name__ == "__main__":
    main()
