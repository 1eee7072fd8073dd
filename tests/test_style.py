"""Ruff and mypy, as anyone runs them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PATHS = ("framework", "tests", "examples")


@pytest.mark.parametrize(
    "arguments",
    [("ruff", "check", *PATHS), ("ruff", "format", "--check", *PATHS), ("mypy",)],
    ids=["ruff check", "ruff format", "mypy"],
)
def test_the_code_passes(arguments: tuple[str, ...]) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "MYPYPATH": "framework"},
        check=False,
    )
    assert ended.returncode == 0, f"{' '.join(arguments)}\n{ended.stdout}"
