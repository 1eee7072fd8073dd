"""Where histories come from: the packaged sample, or a folder of the user's own series."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hedgerow.market.data_fault import DataFault
from hedgerow.market.history import History
from hedgerow.market.sources.folder import history_from_folder
from hedgerow.market.sources.sample import sample_history


def load(data: str, needs: Sequence[str], wants: Sequence[str] = ()) -> History:
    """The history `data` names: `sample`, or the path of a folder. DataFault where it lacks one."""
    if data != "sample":
        return history_from_folder(Path(data), needs, wants)
    history = sample_history()
    for name in needs:
        if name not in history.series:
            there = ", ".join(history.series)
            remedy = f"give --data a folder that holds {name}.csv beside SPX.csv and VIX.csv"
            raise DataFault("sample", f"no series {name} (there are {there})", remedy)
    return history
