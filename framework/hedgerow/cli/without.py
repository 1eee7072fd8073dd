"""Libraries that load others for what no command asks of them.

Where TA-Lib finds pandas it loads it, to take its series; where Backtrader finds TA-Lib, it makes
indicators of its own of all its functions. Together they took longer than many a run.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import cast


@contextmanager
def without(library: str) -> Iterator[None]:
    """What is imported within finds no such library, as where it is not installed.

    Only a process of our own may do so: in another, whoever imported it later would miss it.
    """
    known = sys.modules.pop(library, None)
    sys.modules[library] = cast(ModuleType, None)  # how Python is told not to look for it
    try:
        yield
    finally:
        del sys.modules[library]
        if known is not None:
            sys.modules[library] = known


def load_talib() -> None:
    """In a hundredth of a second, before the first indicator that asks for it loads pandas too."""
    with without("pandas"):
        import_module("talib")
