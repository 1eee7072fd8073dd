"""How far a command is, for whoever waits longer than a second at a terminal."""

from __future__ import annotations

from threading import Timer
from types import TracebackType
from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from hedgerow.cli.screen import remarks

SHOWN_AFTER = 1.0  # seconds


class Steps:
    """A bar on standard error that appears late and leaves nothing behind.

    Where standard error is no terminal there is none.
    """

    def __init__(self, first: str, count: int) -> None:
        """The first step, which begins at once, and how many there will be."""
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=remarks(),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._bar.add_task(first, total=count)
        self._done, self._count = 0, count
        self._late = Timer(SHOWN_AFTER, self._bar.start)
        self._late.daemon = True

    def __enter__(self) -> Self:
        if remarks().is_terminal:
            self._late.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._late.cancel()
        if self._late.is_alive():
            self._late.join()
        if self._bar.live.is_started:  # else stopping would print an empty line
            self._bar.stop()

    def more(self, text: str) -> None:
        """A step that nobody had foreseen."""
        self._count += 1
        self._bar.update(self._task, total=self._count)
        self.begin(text)

    def begin(self, text: str) -> None:
        """The next step: the one before it is done."""
        self._done += 1
        self._bar.update(self._task, description=text, completed=self._done)
