"""A command loads what it needs and nothing else; each one shows how it is used."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import Here, environment

COMMANDS = ("check", "fmt", "run", "compare", "words", "explain")
HEAVY = {"pandas", "scipy", "backtrader", "plotly", "exchange_calendars", "matplotlib"}


def loaded(*arguments: object) -> set[str]:
    """Modules a command line has imported, or looked for, by its end."""
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "hedgerow", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=environment(),
        check=True,
    )
    return set(re.findall(r"^import time:.*\| +([\w.]+)$", ended.stderr, re.M))


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    assert not loaded(*arguments) & {*HEAVY, "numpy", "lark", "talib", "pydantic", "yaml"}


@pytest.mark.parametrize("subcommand", ["check", "fmt"])
def test_reading_rules_loads_no_market(subcommand: str, rules: Path) -> None:
    seen = loaded(subcommand, rules)

    assert "lark" in seen
    assert not seen & HEAVY


def test_a_run_without_backtrader_does_not_load_it(rules: Path, data: Path) -> None:
    assert "backtrader" not in loaded("run", rules, "--data", data, "--host", "direct")


AVERAGE = """strategy average 1.0.0
"An indicator of TA-Lib's"

needs SPX, VIX

entry index {
  buy shares(SPX)
  when no index open and SPX > sma(SPX, 5 sessions)
  size 1 contracts
}

test "above its average" {
  SPX: 4000 x5, 4100 x3
  VIX: 15 x8
  expect entry index on day 6
}
"""


@pytest.mark.parametrize("arguments", [["test"], ["run", "--from", "2022-11-01"]])
def test_an_indicator_comes_without_pandas(arguments: list[str], rules: Path) -> None:
    rules.write_text(AVERAGE)
    seen = loaded(*arguments, rules)

    assert "talib._ta_lib" in seen
    assert not seen & {"pandas.core", "talib.abstract"}


@pytest.mark.parametrize("subcommand", COMMANDS)
def test_every_command_shows_an_example(subcommand: str, hedgerow: Here) -> None:
    answer = hedgerow(subcommand, "--help")

    assert answer.status == 0
    assert f"Example: hedgerow {subcommand}" in answer.out


def test_the_command_alone_says_what_to_do(hedgerow: Here) -> None:
    answer = hedgerow()

    assert (answer.status, answer.out) == (2, "")
    assert answer.err == "hedgerow: command line: no command given; see `hedgerow --help`\n"


def test_a_mistyped_command_gets_the_near_one(hedgerow: Here) -> None:
    answer = hedgerow("chek")

    assert answer.status == 2
    assert "did you mean 'check'?" in answer.err
