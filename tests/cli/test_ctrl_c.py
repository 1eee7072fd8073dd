"""Ctrl-C while a command works: one sentence, status 2, nothing half-written.

A series that is a named pipe holds the command still in the middle of its work.
"""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.command import command, environment, listen_to_interrupts

PATIENCE = 60.0  # seconds, for a machine that has much else to do
SAID = "hedgerow: stopped by Ctrl-C; no file was left half-written, run the command again\n"
DEAF = """
import time
from hedgerow.cli import interrupt
interrupt.answer_ctrl_c()
while True:
    try:
        print("ready", flush=True)
        time.sleep(60)
    except KeyboardInterrupt:
        pass
"""

# As modules in C do that are interrupted while they import NumPy (`import_array`, PyErr_Print).
PRINTED = """
import signal, sys
from hedgerow.cli import interrupt
interrupt.answer_ctrl_c()
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt as struck:
    sys.excepthook(type(struck), struck, struck.__traceback__)
interrupt.leave()
"""


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
    assert complained == SAID
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


@pytest.mark.parametrize("later", [0.0, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6])
def test_it_is_answered_at_any_moment(
    later: float, rules: Path, data: Path, tmp_path: Path
) -> None:
    """While libraries load, while the market is read, while sessions run, or when all is done."""
    out = tmp_path / "out"
    running = subprocess.Popen(
        command("run", rules, "--data", data, "--out", out),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        preexec_fn=listen_to_interrupts,
    )
    wait_for_the_guard(running.pid)
    time.sleep(later)
    running.send_signal(signal.SIGINT)
    said, complained = running.communicate(timeout=PATIENCE)

    assert "Traceback" not in complained
    left = sorted(path.name for path in tmp_path.rglob("*") if path.name.endswith(".draft"))
    assert left == []
    if running.returncode == 0:  # it was done by then
        assert "Final equity" in said
    else:
        assert (running.returncode, complained.endswith(SAID)) == (2, True)
        assert not out.exists() or len(list(out.iterdir())) == 7


def test_an_interrupt_that_gets_lost_ends_the_command_all_the_same() -> None:
    running = subprocess.Popen(
        [sys.executable, "-c", DEAF],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        preexec_fn=listen_to_interrupts,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    running.send_signal(signal.SIGINT)
    _, complained = running.communicate(timeout=PATIENCE)

    assert (running.returncode, complained) == (2, SAID)


def test_an_import_that_prints_its_interrupt_is_not_heard() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PRINTED],
        capture_output=True,
        text=True,
        env=environment(),
        preexec_fn=listen_to_interrupts,
        timeout=PATIENCE,
    )
    assert (ended.returncode, ended.stderr) == (2, SAID)


def wait_for_the_guard(process: int) -> None:
    """Until the thread that sees to interrupts is there: before it, Python alone answers."""
    threads = Path(f"/proc/{process}/task")
    if not threads.exists():
        pytest.skip("needs /proc to see the threads of a process")
    deadline = time.monotonic() + PATIENCE
    while len(list(threads.iterdir())) < 2:
        assert time.monotonic() < deadline, "the command never began"
        time.sleep(0.005)


def until(screen: int, wanted: bytes) -> bytes:
    """What a terminal was sent, up to the wanted words."""
    seen = b""
    while wanted not in seen:
        ready, _, _ = select.select([screen], [], [], PATIENCE)
        assert ready, f"nothing more came after {seen!r}"
        seen += os.read(screen, 4096)
    return seen
