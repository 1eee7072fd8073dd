"""Where histories come from: the packaged sample, or a folder of the user's own series."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from hedgerow.market.data_fault import DataFault
from hedgerow.market.history import History
from hedgerow.market.sources.events import calendars_for
from hedgerow.market.sources.folder import history_from_folder
from hedgerow.market.sources.sample import sample_history

SAMPLE = "sample"


def load(
    data: str, needs: Sequence[str], wants: Sequence[str] = (), events: Sequence[str] = ()
) -> History:
    """The history `data` names: `sample`, or the path of a folder. DataFault where it lacks one.

    `events` are names of calendars; those that need no data are always there.
    """
    if data == SAMPLE:
        history = _sample(needs)
        calendars, notes = calendars_for(None, events, history.sessions)
    else:
        history = history_from_folder(Path(data), needs, wants)
        calendars, notes = calendars_for(Path(data), events, history.sessions)
    return replace(history, events=calendars, notes=(*history.notes, *notes)) if events else history


def _sample(needs: Sequence[str]) -> History:
    history = sample_history()
    for name in needs:
        if name not in history.series:
            there = ", ".join(history.series)
            remedy = f"give --data a folder that holds {name}.csv beside SPX.csv and VIX.csv"
            raise DataFault(SAMPLE, f"no series {name} (there are {there})", remedy)
    return history
