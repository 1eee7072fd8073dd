"""`hedgerow explain FILE`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import Here


def test_a_preset_is_explained_by_its_name(hedgerow: Here) -> None:
    answer = hedgerow("explain", "alvh/core")

    assert answer.status == 0
    assert answer.out.startswith("core 1.0.0\n")
    assert "base sells an SPX iron condor with the listed expiry nearest to 45 days" in answer.out


def test_a_file_is_explained_for_programs_too(rules: Path, hedgerow: Here) -> None:
    content = json.loads(hedgerow("explain", str(rules), "--format", "json").out)

    assert content["format_version"] == "1.0"
    trades = next(each for each in content["sections"] if each["title"].startswith("What it tra"))
    (condor,) = trades["sentences"]
    assert condor["place"] == f"{rules}:6:1"
    assert "Size: the worst loss at expiry is at most 10% of the capital." in [
        each["text"] for each in condor["below"]
    ]


@pytest.mark.parametrize("drawing", ["human", "json"])
def test_a_file_with_mistakes_is_answered_as_check_does(
    drawing: str, rules: Path, hedgerow: Here
) -> None:
    rules.write_text(rules.read_text().replace("10% of capital", "10 points"))
    checked = hedgerow("check", str(rules), "--format", drawing)
    answer = hedgerow("explain", str(rules), "--format", drawing)

    assert answer.status == checked.status == 1
    assert answer.out == checked.out


def test_a_variant_is_explained_with_what_it_kept(rules: Path, hedgerow: Here) -> None:
    variant = rules.with_name("wide.rules")
    variant.write_text(
        f'variant wide 1.0.0 of "{rules.name}"\nset condor.wing = 30 points was 25 points\n'
    )
    answer = hedgerow("explain", str(variant))

    assert answer.status == 0
    assert "condor.wing, which was 25 points, is set to 30 points." in answer.out
    assert "wings 30 points further out" in " ".join(answer.out.split())


def test_no_line_is_wider_than_the_terminal(
    hedgerow: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    from hedgerow.cli.screen import results

    results.cache_clear()
    lines = hedgerow("explain", "alvh/core").out.splitlines()
    results.cache_clear()

    assert max(map(len, lines)) <= 60


def test_a_missing_file_is_said_to_be_missing(hedgerow: Here) -> None:
    answer = hedgerow("explain", "nowhere/at_all.rules")

    assert answer.status == 2
    assert "no such rule file or preset" in answer.err
