"""`hedgerow run`: results, files, and places that can't be written."""

from __future__ import annotations

import json
import os
import resource
import subprocess
from pathlib import Path

import matplotlib
import pytest
from hedgerow.cli.shelf import presets

from tests.cli.command import Answer, Here, command, environment, process

FILES = {
    "run.json", "equity.csv", "trades.csv", "fills.csv", "decisions.csv", "ledger.csv",
    "invariants.csv",
}  # fmt: skip


def run(hedgerow: Here, rules: Path, data: Path, *more: object) -> Answer:
    return hedgerow("run", rules, "--data", data, *more)


def test_a_run_says_what_came_of_it(rules: Path, data: Path, hedgerow: Here) -> None:
    answer = run(hedgerow, rules, data)

    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith("steady\n")
    assert "Final equity" in answer.out
    assert "modelled prices, not quoted ones" in answer.out


def test_both_hosts_say_the_same(rules: Path, data: Path, hedgerow: Here) -> None:
    first = run(hedgerow, rules, data, "--format", "json", "--host", "backtrader")
    second = run(hedgerow, rules, data, "--format", "json", "--host", "direct")

    assert first.status == 0
    assert first.out == second.out
    assert json.loads(first.out)["results"]["trades"] > 0


def test_files_are_the_same_bytes_each_time(
    rules: Path, data: Path, tmp_path: Path, hedgerow: Here
) -> None:
    for name in ("one", "two"):
        assert run(hedgerow, rules, data, "--out", tmp_path / name).status == 0

    written = {file.name: file.read_bytes() for file in (tmp_path / "one").iterdir()}
    again = {file.name: file.read_bytes() for file in (tmp_path / "two").iterdir()}
    assert set(written) == FILES
    assert written == again


def test_terms_reach_the_run(rules: Path, data: Path, hedgerow: Here) -> None:
    terms = ["--capital", "$250,000", "--spread", "1", "--costs", "none", "--fill", "same_close"]
    answer = run(hedgerow, rules, data, "--from", "1990-02-01", *terms, "--format", "json")

    taken = json.loads(answer.out)["assumptions"]
    assert taken["capital"] == 25_000_000
    assert taken["start"] == "1990-02-01"
    assert (taken["spread_fraction"], taken["costs"]) == (1.0, "none")
    assert taken["fill"] == "same_close"


def test_fills_at_the_deciding_close_are_called_optimistic(
    rules: Path, data: Path, hedgerow: Here
) -> None:
    assert "optimistic" in run(hedgerow, rules, data, "--fill", "same_close").out


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--skew", "steep"), "put wing of SPX is moved by +0.25 from what was"),
        (("--vix-wing", "flat"), "call wing of VIX options is 1.00 at 30 days"),
        (("--account", "cash"), "cash: nothing borrowed"),
        (("--spread", "0"), "every order trades at the mid"),
    ],
)
def test_what_was_chosen_for_a_run_stands_in_its_report(
    option: tuple[str, str], said: str, rules: Path, data: Path, hedgerow: Here
) -> None:
    assert said in " ".join(run(hedgerow, rules, data, *option).out.split())


@pytest.mark.parametrize("option", ["--skew", "--vix-wing", "--account"])
def test_a_choice_that_is_none_names_those_there_are(
    option: str, rules: Path, data: Path, hedgerow: Here
) -> None:
    answer = run(hedgerow, rules, data, option, "other")

    assert (answer.status, answer.out) == (2, "")
    assert option in answer.err and ("measured" in answer.err or "reg_t" in answer.err)


def test_the_page_is_one_file(rules: Path, data: Path, tmp_path: Path, hedgerow: Here) -> None:
    page = tmp_path / "page.html"

    answer = run(hedgerow, rules, data, "--html", page)

    assert answer.status == 0
    assert f"wrote {page}" in answer.err
    assert page.read_text().startswith("<!doctype html>")


def test_presets_run_by_name(data: Path, hedgerow: Here) -> None:
    assert hedgerow("run", "simple/dip_buyer", "--data", data).status == 0


def test_without_a_file_the_presets_are_named(hedgerow: Here) -> None:
    answer = hedgerow("run")

    assert answer.status == 2
    assert f"name one, or a preset: {min(presets())}, " in answer.err


@pytest.mark.parametrize(
    ("option", "place", "problem"),
    [
        ("--html", "", "this is a folder; name a file in it"),
        ("--html", "missing/page.html", "there is no folder"),
        ("--html", "long" * 100, "file name too long; name another place"),
        ("--out", "file", "is a file, not a folder; name another folder"),
        ("--out", "file/deeper", "is a file, not a folder; name another folder"),
    ],
)
def test_a_place_that_can_not_be_written_is_said_before_the_work(
    option: str, place: str, problem: str, rules: Path, data: Path, tmp_path: Path, hedgerow: Here
) -> None:
    (tmp_path / "file").write_text("here already")

    answer = run(hedgerow, rules, data, option, tmp_path / place)

    assert (answer.status, answer.out) == (2, "")
    assert str(tmp_path / place) in answer.err
    assert problem in answer.err
    assert answer.err.count("\n") == 1
    assert (tmp_path / "file").read_text() == "here already"


def test_a_disk_that_turns_out_full_costs_no_result(
    rules: Path, data: Path, tmp_path: Path
) -> None:
    """Files may have 1,000 bytes here, which the page does not fit in."""
    arguments = command("run", rules, "--data", data, "--html", tmp_path / "page.html")
    ended = subprocess.run(
        arguments,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000)),
        capture_output=True,
        text=True,
        env=environment(PYTHONDONTWRITEBYTECODE="1"),
        check=False,
    )

    assert ended.returncode == 2
    assert "Final equity" in ended.stdout
    assert "page.html: cannot be written: file too large" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"data", "steady.rules"}


def test_a_reader_that_leaves_early_gets_no_complaint() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        command("words"), stdout=writing, stderr=subprocess.PIPE, env=environment(), check=False
    )
    os.close(writing)

    assert (ended.returncode, ended.stderr) == (2, b"")


def test_a_mistake_of_our_own_stays_a_traceback(
    rules: Path, monkeypatch: pytest.MonkeyPatch, hedgerow: Here
) -> None:
    monkeypatch.setattr("hedgerow.cli.runs.Steps", None)
    monkeypatch.setattr("hedgerow.book.book_from_text", None)

    answer = run(hedgerow, rules, rules.parent)

    assert answer.status == 2
    assert "Traceback" in answer.err
    assert answer.err.endswith("please report it with the lines above\n")


def test_the_module_is_the_command() -> None:
    assert process("--version").out == "hedgerow 0.1.0\n"


def test_a_picture_without_a_screen_is_refused_before_the_work(
    rules: Path, data: Path, hedgerow: Here
) -> None:
    matplotlib.use("agg")

    answer = run(hedgerow, rules, data, "--plot")

    assert (answer.status, answer.out) == (2, "")
    assert "no window can be opened here; write a page with --html" in answer.err


def test_a_picture_without_matplotlib_names_the_extra(
    rules: Path, data: Path, monkeypatch: pytest.MonkeyPatch, hedgerow: Here
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    answer = run(hedgerow, rules, data, "--plot")

    assert answer.status == 2
    assert "matplotlib is not installed; run `python -m pip install" in answer.err


def test_series_that_are_wanted_and_missing_are_named(
    rules: Path, data: Path, hedgerow: Here
) -> None:
    rules.write_text(
        rules.read_text()
        .replace("needs SPX, VIX", "needs SPX, VIX\nwants ADL, PE")
        .replace("  size", "  when ADL > 0 and PE < 30\n  size")
    )
    told = " ".join(hedgerow("run", rules, "--data", data).out.split())
    assert "ADL and PE are not in the data: conditions on that are unknown" in told
