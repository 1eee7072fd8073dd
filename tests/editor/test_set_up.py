"""What stands around an editor: the command where it can't start, and the hooks before a commit."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.editor.typing_texts import CORE

ROOT = Path(__file__).parents[2]
WITHOUT = """
import sys
sys.modules[{!r}] = None
from hedgerow.cli.main import main
sys.exit(main())
"""


def started(*arguments, folder=ROOT):
    paths = os.pathsep.join(filter(None, [str(ROOT / "framework"), os.environ.get("PYTHONPATH")]))
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, cwd=folder, timeout=120,
        env={**os.environ, "PYTHONPATH": paths},
    )  # fmt: skip


@pytest.mark.parametrize("library", ["pygls", "lsprotocol"])
def test_a_missing_library_is_named_with_the_way_to_install_it(library):
    done = started("-c", WITHOUT.format(library), "lsp")
    assert done.returncode == 2
    assert done.stdout == ""
    assert library in done.stderr
    assert "hedgerow[editor]" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_server_loads_no_heavy_library():
    heavy = ("pandas", "scipy", "talib", "exchange_calendars", "arch", "plotly", "backtrader")
    done = started("-c", f"import hedgerow.editor.server, sys; print([m for m in {heavy} if m in "
                   "sys.modules])")  # fmt: skip
    assert done.stdout.strip() == "[]", done.stderr


def hooks():
    return yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("hook", hooks(), ids=lambda hook: hook["id"])
def test_a_hook_stops_a_commit_that_needs_work(hook, tmp_path):
    """By a status, or by changing the file: either one stops a commit."""
    file = tmp_path / "strategy.rules"
    bad = CORE.replace("15 days", "15").replace("    size", "  size")
    checks = hook["id"] == "hedgerow-check"
    needs_work = bad if checks else bad.replace("15\n", "15 days\n")
    program, *arguments = hook["entry"].split()
    assert program == "hedgerow"
    for text, stops in ((CORE, False), (needs_work, True)):
        file.write_text(text, encoding="utf-8")
        done = started("-m", "hedgerow", *arguments, file.name, folder=tmp_path)
        assert (done.returncode != 0 or file.read_text(encoding="utf-8") != text) == stops
