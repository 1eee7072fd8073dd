"""Data that cannot be used, said once and clearly."""

from __future__ import annotations

from hedgerow.text.fault import Fault


class DataFault(Fault):
    """What is wrong with the data asked for; `where` is a file with its row, a folder, `sample`."""
