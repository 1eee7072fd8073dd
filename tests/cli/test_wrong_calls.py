"""Whatever is typed, and whatever the machine refuses: a sentence with a way out, and status 2."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest
from hedgerow.cli.fault import refused_by_system

from tests.cli.command import Here, command, environment

TOO_LONG = "a" * 5_000
TAKE_PATHS = (
    ("check",), ("fmt",), ("test",), ("show",), ("run",), ("compare", "alvh/core"),
    ("diff", "alvh/core"), ("explain",), ("data", "check"), ("run", "alvh/core", "--data"),
    ("run", "alvh/core", "--html"), ("run", "alvh/core", "--out"),
)  # fmt: skip
FULL = Path("/dev/full")


def told(answer: object) -> str:
    """The one line of a complaint."""
    assert (answer.status, answer.out) == (2, "")
    (line,) = answer.err.splitlines()
    assert line.startswith("hedgerow: ") and "; " in line
    return line


@pytest.mark.parametrize("arguments", TAKE_PATHS, ids=" ".join)
def test_a_name_longer_than_any_file_has_is_told(
    arguments: tuple[str, ...], hedgerow: Here
) -> None:
    line = told(hedgerow(*arguments, TOO_LONG))

    assert "too long" in line or "no such" in line


@pytest.mark.parametrize("arguments", TAKE_PATHS, ids=" ".join)
def test_an_empty_name_is_not_the_folder_one_stands_in(
    arguments: tuple[str, ...], hedgerow: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert "an argument is empty" in told(hedgerow(*arguments, ""))
    assert not list(tmp_path.iterdir())


def test_an_option_with_nothing_after_its_equals_sign_is_empty(hedgerow: Here) -> None:
    assert told(hedgerow("run", "alvh/core", "--out=")).startswith("hedgerow: --out: ")


@pytest.mark.parametrize(
    ("command", "option", "value", "said"),
    [
        ("run", "--seed", "x", "'x' is no whole number"),
        ("run", "--seed", "-1", "'-1' is no whole number"),
        ("run", "--seed", "1.5", "'1.5' is no whole number"),
        ("run", "--seed", "9" * 30, "is no whole number of at most 18 digits"),
        ("run", "--seed", "9" * 300, "999...' is no whole number"),
        ("run", "--capital", "9" * 300, "999...' is not between"),
        ("run", "--spread", "nan", "'nan' is no part from 0 to 1"),
        ("run", "--spread", "-0.1", "'-0.1' is no part from 0 to 1"),
        ("run", "--spread", "120%", "'120%' is no part from 0 to 1"),
        ("run", "--spread", "half", "'half' is no part from 0 to 1"),
        ("run", "--capital", "-5", "'-5' is not between"),
        ("run", "--capital", "nan", "'nan' is not between"),
        ("run", "--from", "31.12.2010", "'31.12.2010' is not a day"),
        ("run", "--from", "2011-02-29", "'2011-02-29' is not a day"),
        ("run", "--fill", "later", "'later' is not one of"),
        ("run", "--costs", "nome", "no such fee schedule"),
        ("prove", "--markets", "x", "'x' is no whole number"),
        ("prove", "--markets", "0", "0 is not from 1 to 10000"),
        ("prove", "--days", "99999999999", "99999999999 is not from 2 to 2520"),
    ],
)
def test_a_value_that_is_none_is_told_in_plain_words(
    command: str, option: str, value: str, said: str, hedgerow: Here, rules: Path
) -> None:
    assert said in told(hedgerow(command, rules, option, value))


def test_an_option_without_its_value_leads_to_the_help_of_its_command(hedgerow: Here) -> None:
    assert "see `hedgerow compare --help`" in told(hedgerow("compare", "a", "b", "--html"))


def test_a_part_may_be_written_in_percent(hedgerow: Here, rules: Path, data: Path) -> None:
    answers = [hedgerow("run", rules, "--data", data, "--spread", part) for part in ("0.25", "25%")]

    assert answers[0] == answers[1]
    assert "25%" in answers[0].out


@pytest.mark.parametrize("subcommand", ["run", "test", "show", "explain"])
def test_what_reads_no_standard_input_says_so(subcommand: str, hedgerow: Here) -> None:
    answer = hedgerow(subcommand, "-")

    if subcommand != "explain":  # there `-` is a word nobody knows
        assert "standard input" in answer.err
    told(answer)


def test_one_file_under_two_names_is_nothing_to_compare(
    hedgerow: Here, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert "given more than once" in told(hedgerow("compare", rules, f"./{rules.name}"))


def test_a_download_looks_at_its_folder_before_it_asks_anyone(hedgerow: Here, rules: Path) -> None:
    line = told(
        hedgerow("data", "download", "VIX", "--to", rules, "--mirror", "http://127.0.0.1:1")
    )

    assert "is a file, not a folder" in line


@pytest.mark.skipif(not FULL.exists(), reason="there is no full device here")
@pytest.mark.parametrize("arguments", [("words",), ("explain", "T203"), ("--help",)], ids=" ".join)
def test_a_full_disk_behind_standard_output_is_told(arguments: tuple[str, ...]) -> None:
    with FULL.open("w") as full:
        ended = subprocess.run(
            command(*arguments), stdout=full, stderr=subprocess.PIPE, env=environment(), check=False
        )

    assert ended.returncode == 2
    said = (
        b"hedgerow: writing: no space left on device; free some disk space, or name another disk\n"
    )
    assert ended.stderr == said


@pytest.mark.skipif(sys.platform == "win32", reason="there is no sh here")
def test_a_closed_standard_output_is_told() -> None:
    line = " ".join(command("words"))
    ended = subprocess.run(
        ["sh", "-c", f"{line} >&-"], capture_output=True, env=environment(), check=False
    )

    assert ended.returncode == 2
    assert ended.stderr == b"hedgerow: standard output is closed; send it somewhere\n"


def test_what_the_system_refuses_is_told_and_our_own_mistakes_are_not() -> None:
    refused = PermissionError(errno.EACCES, "Permission denied", "rules/mine.rules")

    said = "rules/mine.rules: permission denied; name a place you may use"
    assert refused_by_system(refused) == said
    assert refused_by_system(FileNotFoundError(errno.ENOENT, "No such file", "page.css")) is None
    assert refused_by_system(ValueError("ours")) is None


def test_a_link_to_nothing_is_told(hedgerow: Here, tmp_path: Path) -> None:
    link = tmp_path / "mine.rules"
    link.symlink_to(tmp_path / "gone.rules")

    assert "this link leads to no file" in told(hedgerow("run", link))
