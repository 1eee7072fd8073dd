"""The peak memory of a process by itself."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

# A process begins with the peak of the one it was forked from, so a small one stands between.
LAUNCHER = """
import resource, subprocess, sys
note, seconds, *command = sys.argv[1:]
if int(seconds):
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
ended = subprocess.run(command)
with open(note, "w") as file:
    file.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(ended.returncode % 256)
"""


def launched(
    command: Sequence[str], environment: Mapping[str, str], seconds: int = 0
) -> tuple[subprocess.CompletedProcess[str], float]:
    """What came of a command, and its peak in MB; ended after so many processor `seconds`."""
    with TemporaryDirectory() as folder:
        note = Path(folder) / "peak"
        asked = [sys.executable, "-c", LAUNCHER, str(note), str(seconds), *command]
        ended = subprocess.run(asked, env=environment, capture_output=True, text=True, timeout=600)
        return ended, int(note.read_text()) / 1024
