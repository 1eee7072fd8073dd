"""Ctrl-C while a command works: one sentence, status 2, nothing half-written.

A series that is a named pipe holds the command still in the middle of its work.
"""

from __future__ import annotations

import os
import pty
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


def test_a_terminal_sees_how_far_it_is_and_gets_it_cleared_away(rules: Path, waiting: Path) -> None:
    screen, terminal = pty.openpty()
    running = subprocess.Popen(
        command("run", rules, "--data", waiting),
        stdout=subprocess.DEVNULL,
        stderr=terminal,
        env=environment(TERM="xterm"),
        preexec_fn=listen_to_interrupts,
    )
    os.close(terminal)
    with reached(waiting / "VIX.csv"):
        seen = until(screen, b"reading the market")
        running.send_signal(signal.SIGINT)
        seen += until(screen, b"run the command again")
    running.wait(PATIENCE)
    os.close(screen)

    assert running.returncode == 2
    assert b"Traceback" not in seen
    assert b"\x1b[?25h" in seen  # the cursor is back


def until(screen: int, wanted: bytes) -> bytes:
    """What a terminal was sent, up to the wanted words."""
    seen = b""
    while wanted not in seen:
        seen += os.read(screen, 4096)
    return seen
