"""`hedgerow new`: what it writes passes everything a preset has to pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import Here


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("given", ["my_idea", "my_idea.rules"])
def test_what_is_written_is_checked_laid_out_tested_and_covered(given: str, hedgerow: Here) -> None:
    answer = hedgerow("new", given)
    assert (answer.status, answer.out) == (0, "")
    assert answer.err.startswith("wrote my_idea.rules; ")

    checked = hedgerow("check", "my_idea.rules")
    assert (checked.status, checked.out) == (0, "")
    assert hedgerow("fmt", "--check", "my_idea.rules").status == 0
    tested = hedgerow("test", "--coverage", "my_idea.rules")
    assert tested.status == 0
    assert "3 tests carried out: all passed" in tested.err
    assert "never" not in tested.out


def test_it_may_stand_in_a_folder(here: Path, hedgerow: Here) -> None:
    (here / "mine").mkdir()

    assert hedgerow("new", "mine/my_idea").status == 0
    assert (here / "mine" / "my_idea.rules").read_text().startswith("strategy my_idea 0.1.0\n")


@pytest.mark.parametrize(
    "name", ["2nd", "my idea", "my-idea", "when", "VIX 2\nneeds", "été!", ".rules"]
)
def test_a_name_no_strategy_can_have_is_told(name: str, here: Path, hedgerow: Here) -> None:
    answer = hedgerow("new", name)

    assert (answer.status, answer.out) == (2, "")
    assert "a strategy can't have this name; take small letters" in answer.err
    assert not list(here.iterdir())


def test_a_file_that_is_there_stays(here: Path, hedgerow: Here) -> None:
    (here / "mine.rules").write_text("precious")

    answer = hedgerow("new", "mine")

    assert answer.status == 2
    assert "mine.rules: is there already; take another name" in answer.err
    assert (here / "mine.rules").read_text() == "precious"


def test_a_folder_that_is_not_there_is_told(hedgerow: Here) -> None:
    answer = hedgerow("new", "nowhere/mine")

    assert answer.status == 2
    assert "make its folder first" in answer.err
