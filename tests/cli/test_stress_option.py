"""Shocks in the reports, and `run --stress DATE`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hedgerow.vocabulary.shocks import episodes

from tests.cli.command import Here

OWN = "\nshock spike {\n  VIX + 6 points\n}\n\nlimit loss(book, spike) <= 50% of capital\n"


def test_a_run_says_what_every_fall_would_have_done(
    rules: Path, data: Path, hedgerow: Here
) -> None:
    rules.write_text(rules.read_text() + OWN)
    answer = hedgerow("run", rules, "--data", data, "--format", "json")
    found = json.loads(answer.out)["stress"]["steady"]
    assert [each["shock"] for each in found["changes"]] == ["spike", *episodes()]
    assert found["held"] > 0
    assert json.loads(answer.out)["book"] is None


def test_a_comparison_tries_the_same_falls_on_every_run(
    rules: Path, data: Path, hedgerow: Here
) -> None:
    """A shock of one file may be another one in another."""
    bold = rules.with_name("bold.rules")
    bold.write_text(rules.read_text().replace("steady", "bold").replace("10%", "30%") + OWN)
    out = rules.with_name("out")
    answer = hedgerow("compare", rules, bold, "--data", data, "--format", "json", "--out", out)
    found = json.loads(answer.out)["stress"]
    assert list(found) == ["steady", "bold"]
    for one in found.values():
        assert [each["shock"] for each in one["changes"]] == [*episodes()]
    assert found["bold"]["changes"][0]["worst"] < found["steady"]["changes"][0]["worst"] < 0
    assert list(json.loads((out / "bold.run.json").read_text())["stress"]) == ["bold"]


def test_the_book_of_a_day_is_shown(rules: Path, data: Path, hedgerow: Here) -> None:
    answer = hedgerow("run", rules, "--data", data, "--stress", "1990-03-01")
    assert answer.status == 0
    assert "The book on 1990-03-01" in answer.out
    assert "Gained or lost at once when SPX and VIX move" in answer.out


def test_a_page_has_the_grid_as_well(rules: Path, data: Path, hedgerow: Here) -> None:
    page = rules.with_name("page.html")
    hedgerow("run", rules, "--data", data, "--stress", "1990-03-01", "--html", page)
    assert "The book on 1990-03-01" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("day, near", [
    ("1990-03-03", "1990-03-02 or 1990-03-05"),
    ("2050-01-01", "1990-05-09"),
    ("1989-12-29", "1990-01-02"),
])  # fmt: skip
def test_a_day_without_a_session_is_said_before_the_work(
    day: str, near: str, rules: Path, data: Path, hedgerow: Here
) -> None:
    page = rules.with_name("page.html")
    answer = hedgerow("run", rules, "--data", data, "--stress", day, "--html", page)
    assert (answer.status, answer.out) == (2, "")
    assert f"--stress {day}: this run has no session on that day" in answer.err
    assert " ".join(answer.err.split()).endswith(f"such as {near}")
    assert not page.exists()


def test_a_day_outside_of_the_dates_of_the_run_is_refused(
    rules: Path, data: Path, hedgerow: Here
) -> None:
    answer = hedgerow(
        "run", rules, "--data", data, "--from", "1990-02-01", "--stress", "1990-01-10"
    )
    assert answer.status == 2
    assert "such as 1990-02-01" in " ".join(answer.err.split())


def test_what_is_no_day_is_refused(rules: Path, hedgerow: Here) -> None:
    answer = hedgerow("run", rules, "--stress", "yesterday")
    assert answer.status == 2
    assert "write it like 2008-09-15" in " ".join(answer.err.split())
