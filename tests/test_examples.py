"""Scripts among the examples print what they say; test_shown_commands.py has the others."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/expected_output.txt"))


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_an_example_prints_what_it_says(folder):
    framework = {"PYTHONPATH": str(ROOT / "framework")}
    ran = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", str(folder / "run.py")],
        cwd=ROOT, env=os.environ | framework, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.stderr == ""
    assert ran.stdout == (folder / "expected_output.txt").read_text(encoding="utf-8")
