"""Commands in the documentation are carried out, and print what it says they print.

A ```console block holds `$ hedgerow ...` lines with their output below. `...` alone on a line
stands for any lines. `HEDGEROW_REWRITE_CASES=1` writes the output anew.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.command import command, environment

ROOT = Path(__file__).parent.parent
REWRITE = os.environ.get("HEDGEROW_REWRITE_CASES") == "1"
EXAMPLES = sorted(ROOT.glob("examples/*/README.md"))
PAGES = [ROOT / "README.md", ROOT / "docs" / "tour.md", *EXAMPLES]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
SHOWN = [page for page in PAGES if BLOCK.search(page.read_text("utf-8"))]
ANYTHING = "..."


@dataclass(frozen=True)
class Shown:
    line: str  # the command
    output: tuple[str, ...]


def commands_in(block: str) -> list[Shown]:
    parts = re.split(r"^\$ ", block, flags=re.M)[1:]
    return [
        Shown(line, tuple(output.rstrip("\n").splitlines()))
        for line, _, output in (part.partition("\n") for part in parts)
    ]


def carried_out(line: str, place: Path) -> list[str]:
    """What a command prints in a folder, both streams; lines of it."""
    first, *arguments = shlex.split(line)
    if first == "cp":
        shutil.copy(place / arguments[0], place / arguments[1])
        return []
    started = command(*arguments) if first == "hedgerow" else [sys.executable, *arguments]
    assert first in ("hedgerow", "python"), line
    ended = subprocess.run(
        started, cwd=place, env=environment(COLUMNS="80"), text=True, timeout=120, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return ended.stdout.rstrip("\n").splitlines()


def as_shown(shown: Shown, printed: list[str]) -> list[str]:
    """What was printed, shortened where the page shortens it."""
    if ANYTHING not in shown.output:
        return printed
    before = shown.output.index(ANYTHING)
    after = len(shown.output) - before - 1
    assert len(printed) > before + after
    return [*printed[:before], ANYTHING, *printed[len(printed) - after :]]


def furnished(page: Path, place: Path) -> None:
    """The folder a reader stands in: of an example its own, else that of a checkout."""
    if page in EXAMPLES:
        shutil.copytree(page.parent, place, dirs_exist_ok=True)
    else:
        shutil.copytree(ROOT / "rules", place / "rules")
        for name, text in rule_files_of(page):
            (place / name).write_text(text, "utf-8")


def rule_files_of(page: Path) -> list[tuple[str, str]]:
    """Rule files a page shows below their name, with it."""
    text = page.read_text("utf-8")
    return re.findall(r"^`(\w+\.rules)`:\n\n```rules\n(.*?)^```$", text, re.M | re.S)


def test_every_example_shows_what_it_does():
    assert {page.parent for page in EXAMPLES} == {*(ROOT / "examples").iterdir()}
    for page in EXAMPLES:
        assert page in SHOWN or (page.parent / "expected_output.txt").exists(), page


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_print_what_the_page_says(page: Path, tmp_path: Path) -> None:
    furnished(page, tmp_path)

    def block_as_printed(found: re.Match[str]) -> str:
        lines = []
        for shown in commands_in(found[1]):
            printed = as_shown(shown, carried_out(shown.line, tmp_path))
            lines += [f"$ {shown.line}", *printed]
        return "\n".join(["```console", *lines, "```"])

    text = page.read_text("utf-8")
    now = BLOCK.sub(block_as_printed, text)
    if REWRITE:
        page.write_text(now, "utf-8")
    assert now == page.read_text("utf-8")
