"""`hedgerow data`: what is there, and what is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.command import Here
from tests.cli.test_bad_data import refused


def test_the_packaged_series_are_listed_with_their_range(hedgerow: Here) -> None:
    answer = hedgerow("data")

    assert answer.status == 0
    assert [line.split()[:4] for line in answer.out.splitlines()[:3]] == [
        ["kind", "name", "from", "to"],
        ["series", "SPX", "1990-01-02", "2022-12-28"],
        ["series", "VIX", "1990-01-02", "2022-12-28"],
    ]


def test_a_folder_is_listed_with_what_each_file_lacks(data: Path, hedgerow: Here) -> None:
    (data / "VIX.csv").write_text("date,close\n1990-01-02,17.2\n1990-01-05,20\n")
    (data / "NEW.csv").write_text("day,close\n1990-01-02,17.2\n")

    items = json.loads(hedgerow("data", "--data", data, "--format", "json").out)["items"]

    listed = {each["name"]: each for each in items}
    assert listed["VIX"]["values"] == 2
    assert listed["VIX"]["missing"] == 2
    assert "no columns named date" in listed["NEW"]["source"]
    assert listed["FOMC"]["kind"] == "calendar"


def test_a_sound_folder_passes(data: Path, hedgerow: Here) -> None:
    answer = hedgerow("data", "check", data)

    assert answer.out == f"{data}: nothing wrong found\n"
    assert answer.status == 0


def test_what_is_wrong_is_said_file_by_file_with_the_way_out(data: Path, hedgerow: Here) -> None:
    lines = (data / "SPX.csv").read_text().splitlines()
    (data / "SPX.csv").write_text("\n".join([*lines[:5], lines[4], *lines[6:], ""]))

    answer = hedgerow("data", "check", data)

    assert answer.status == 1
    assert answer.out.splitlines() == [
        "SPX.csv",
        "  duplicate-date: 1 date given twice (1990-01-05); keep one row a date",
        "  gap: 1 session missing (1990-01-08); "
        "a run takes the last value known; fetch them if there were any",
        f"{data}: 2 problems found",
    ]
    told = json.loads(hedgerow("data", "check", data, "--format", "json").out)["findings"]
    assert [(each["kind"], each["places"]) for each in told] == [
        ("duplicate-date", ["1990-01-05"]),
        ("gap", ["1990-01-08"]),
    ]


def test_a_folder_that_holds_nothing_is_named(tmp_path: Path, hedgerow: Here) -> None:
    assert "no such folder" in refused(hedgerow("data", "check", tmp_path / "none"))
    assert "no data in this folder" in refused(hedgerow("data", "check", tmp_path))
    assert "no data in this folder" in refused(hedgerow("data", "--data", tmp_path))
