"""The two streams of a terminal: results go to standard output, all else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from rich.console import Console


@cache
def results() -> Console:
    """Where a result is shown. Colour and width are the terminal's; NO_COLOR is honoured."""
    from rich.console import Console

    return Console(highlight=False)


@cache
def remarks() -> Console:
    """Where progress is shown."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def say(text: str) -> None:
    """One line about the work, for the person at the terminal."""
    print(text, file=sys.stderr, flush=True)


def write(text: str) -> None:
    """A result for a program or a pipe, exactly as it is, in UTF-8."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


@contextmanager
def lines_ended() -> Iterator[None]:
    """Lines end with their last character in a file or a pipe: rich fills them up to the width."""
    if sys.stdout.isatty():
        yield
        return
    told = StringIO()
    with redirect_stdout(told):
        yield
    write("".join(f"{line.rstrip()}\n" for line in told.getvalue().splitlines()))


def write_for_programs(version: str, content: Mapping[str, Any]) -> None:
    """A result as one JSON document, which says first in which version of its format it is."""
    import json

    whole = {"format_version": version, **content}
    write(json.dumps(whole, indent=2, ensure_ascii=False, default=str) + "\n")


def has_colour(stream: TextIO) -> bool:
    """As rich decides it, without the time it takes to load."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"
