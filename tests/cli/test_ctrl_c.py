"""Ctrl-C while a command works: one sentence, status 2, nothing half-written.

A series that is a named pipe holds the command still in the middle of its work.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.command import command, environment, listen_to_interrupts

PATIENCE = 30.0  # seconds, for a machine that has much else to do


@pytest.fixture
def waiting(data: Path) -> Path:
    """Data of which one series never comes."""
    (data / "VIX.csv").unlink()
    os.mkfifo(data / "VIX.csv")
    return data


@contextmanager
def reached(pipe: Path) -> Iterator[None]:
    """Once the command reads from the pipe, which stays open meanwhile."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            end = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
            break
        except OSError:
            assert time.monotonic() < deadline, "the command never read its data"
            time.sleep(0.02)
    try:
        yield
    finally:
        os.close(end)


def test_an_interrupted_run_says_so_and_writes_nothing(
    rules: Path, waiting: Path, tmp_path: Path
) -> None:
    page, out = tmp_path / "page.html", tmp_path / "out"
    running = subprocess.Popen(
        command("run", rules, "--data", waiting, "--html", page, "--out", out),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        preexec_fn=listen_to_interrupts,
    )
    with reached(waiting / "VIX.csv"):
        running.send_signal(signal.SIGINT)
        said, complained = running.communicate(timeout=PATIENCE)

    assert running.returncode == 2
    assert said == ""
    assert complained == (
        "hedgerow: stopped by Ctrl-C; no file was left half-written, run the command again\n"
    )
    assert not page.exists()
    assert not out.exists()
