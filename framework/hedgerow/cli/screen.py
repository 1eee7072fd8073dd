"""The two streams of a terminal: results go to standard output, all else to standard error."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


@cache
def results() -> Console:
    """Where a result is shown. Colour and width are the terminal's; NO_COLOR is honoured."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


@cache
def remarks() -> Console:
    """Where everything is said that is not the result."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: str | Text) -> None:
    """One line about the work, for the person at the terminal."""
    remarks().print(text, markup=False)


def write(text: str) -> None:
    """A result for a program or a pipe, exactly as it is, in UTF-8."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()
