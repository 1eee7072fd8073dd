"""`hedgerow compare`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import Here


@pytest.fixture
def other(rules: Path) -> Path:
    """Another strategy, twice as large."""
    path = rules.with_name("bold.rules")
    path.write_text(rules.read_text().replace("steady", "bold").replace("10%", "20%"))
    return path


def test_the_first_file_is_the_baseline(
    rules: Path, other: Path, data: Path, hedgerow: Here
) -> None:
    answer = hedgerow("compare", rules, other, "--data", data)

    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith("bold against steady\n")


@pytest.mark.parametrize("called", ["bold", "file"])
def test_another_baseline_is_called_by_name_or_file(
    called: str, rules: Path, other: Path, data: Path, hedgerow: Here
) -> None:
    name = other if called == "file" else called
    answer = hedgerow("compare", rules, other, "--data", data, "--baseline", name)

    assert answer.out.startswith("steady against bold\n")


def test_an_unknown_baseline_is_said_before_the_work(
    rules: Path, other: Path, hedgerow: Here
) -> None:
    answer = hedgerow("compare", rules, other, "--baseline", "timid")

    assert answer.status == 2
    assert "--baseline timid" in answer.err
    assert "choose from bold, steady" in answer.err


def test_strategies_of_one_name_are_told_apart_by_their_files(
    rules: Path, data: Path, hedgerow: Here
) -> None:
    twin = rules.with_name("twin.rules")
    twin.write_text(rules.read_text().replace("10%", "5%"))

    answer = hedgerow("compare", rules, twin, "--data", data, "--format", "json")

    content = json.loads(answer.out)
    assert content["baseline"] == str(rules)
    assert [run["name"] for run in content["runs"]] == [str(rules), str(twin)]


def test_one_file_alone_or_twice_is_nothing_to_compare(rules: Path, hedgerow: Here) -> None:
    alone, twice = hedgerow("compare", rules), hedgerow("compare", rules, rules)

    assert (alone.status, twice.status) == (2, 2)
    assert "name a second one" in alone.err
    assert "given more than once" in twice.err


def test_the_seed_decides_the_resamples(
    rules: Path, other: Path, data: Path, hedgerow: Here
) -> None:
    arguments = ("compare", rules, other, "--data", data, "--format", "json", "--seed")
    one, again, two = (hedgerow(*arguments, seed).out for seed in (1, 1, 2))

    assert one == again
    assert one != two


def test_every_run_writes_its_files_beside_the_comparison(
    rules: Path, other: Path, data: Path, tmp_path: Path, hedgerow: Here
) -> None:
    out = tmp_path / "out"

    assert hedgerow("compare", rules, other, "--data", data, "--out", out).status == 0

    names = {file.name for file in out.iterdir()}
    assert {"comparison.json", "steady.equity.csv", "bold.equity.csv"} < names
    assert len(names) == 15
