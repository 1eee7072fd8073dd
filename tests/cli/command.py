"""The command line under test: inside this process where that is enough, else for real."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import hedgerow
import pytest
from hedgerow.cli.main import main

FRAMEWORK = Path(hedgerow.__file__).parents[1]


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


class Here:
    """`hedgerow ...` inside this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self._capsys, self._patch = capsys, patch

    def __call__(self, *arguments: object) -> Answer:
        self._patch.setattr(sys, "argv", ["hedgerow", *map(str, arguments)])
        status = main()
        return Answer(int(status), *self._capsys.readouterr())


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "hedgerow", *map(str, arguments)]


def environment(**more: str) -> dict[str, str]:
    """That of this process, with this code first, and no wish about colours."""
    colours = ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE")
    kept = {name: value for name, value in os.environ.items() if name not in colours}
    return {**kept, "PYTHONPATH": str(FRAMEWORK), **more}


def process(*arguments: object, stdin: bytes = b"", **more: str) -> Answer:
    """`hedgerow ...` as a process of its own; `more` is added to its environment."""
    ended = subprocess.run(
        command(*arguments),
        input=stdin,
        capture_output=True,
        env=environment(**more),
        timeout=60,
        check=False,
    )
    return Answer(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def listen_to_interrupts() -> None:
    """Even where the tests themselves run in the background, deaf to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
