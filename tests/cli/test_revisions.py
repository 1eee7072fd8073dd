"""`FILE@REVISION`: a rule file as git remembers it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import Here

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *words: str) -> None:
    """As somebody, and without the settings of whoever runs the tests."""
    who = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    own = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *who, *words], cwd=folder, env=own, check=True, capture_output=True)


@pytest.fixture
def remembered(rules: Path, tmp_path: Path) -> Path:
    """A repository whose rule file risked 10 % of the capital yesterday and risks 20 % today."""
    folder = tmp_path / "repository" / "mine"
    folder.mkdir(parents=True)
    file = folder / "steady.rules"
    file.write_text(rules.read_text())
    (tmp_path / "repository" / "secret.rules").write_text(rules.read_text())
    (folder / "wide.rules").write_text(
        'variant wide 1.0.0 of "steady.rules"\n\nset condor.wing = 50 points\n'
    )
    (folder / "climber.rules").write_text('variant climber 1.0.0 of "../secret.rules"\n')
    git(folder.parent, "init", "-q")
    git(folder.parent, "add", ".")
    git(folder.parent, "commit", "-qm", "yesterday")
    git(folder.parent, "tag", "yesterday")
    file.write_text(rules.read_text().replace("10% of capital", "20% of capital"))
    return file


def test_today_is_compared_with_yesterday(remembered: Path, data: Path, hedgerow: Here) -> None:
    answer = hedgerow("compare", f"{remembered}@yesterday", remembered, "--data", data)

    assert answer.status == 0
    assert "-  size risk 10% of capital" in answer.out
    assert "+  size risk 20% of capital" in answer.out


def test_a_difference_is_told_between_revisions(remembered: Path, hedgerow: Here) -> None:
    answer = hedgerow("diff", f"{remembered}@HEAD", remembered)

    assert answer.status == 1
    assert "condor.size: risk 10% of capital -> risk 20% of capital" in answer.out


def test_a_variant_takes_the_parent_of_its_revision(remembered: Path, hedgerow: Here) -> None:
    wide = remembered.parent / "wide.rules"
    answer = hedgerow("diff", f"{wide}@HEAD", wide)

    assert "condor.size: risk 10% of capital -> risk 20% of capital" in answer.out


def test_a_file_that_is_gone_today_can_be_named(remembered: Path, hedgerow: Here) -> None:
    gone = remembered.parent / "wide.rules"
    gone.unlink()

    assert hedgerow("diff", f"{gone}@HEAD", f"{remembered}@HEAD").status == 1


def test_a_parent_outside_its_folder_is_not_read(remembered: Path, hedgerow: Here) -> None:
    answer = hedgerow("diff", f"{remembered.parent / 'climber.rules'}@HEAD", remembered)

    assert answer.status == 2
    assert "V401" in answer.err


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("steady.rules@nope", "there is no revision 'nope'"),
        ("steady.rules@--help", "there is no revision '--help'"),
        ("steady.rules@HEAD:mine", "there is no revision 'HEAD:mine'"),
        ("steady.rules@", "there is no revision ''"),
        ("other.rules@HEAD", "no such file in this revision"),
        ("@HEAD", "no such file in this revision"),
        ("nowhere/steady.rules@HEAD", "there is no folder"),
    ],
)
def test_what_git_does_not_remember_is_told(
    name: str, said: str, remembered: Path, hedgerow: Here
) -> None:
    answer = hedgerow("compare", remembered, f"{remembered.parent}/{name}")

    assert (answer.status, answer.out) == (2, "")
    assert said in answer.err


def test_a_folder_without_a_repository_is_told(rules: Path, hedgerow: Here) -> None:
    answer = hedgerow("compare", rules, f"{rules}@HEAD")

    assert answer.status == 2
    assert "this folder is in no git repository" in answer.err


def test_two_names_of_one_revision_are_nothing_to_compare(remembered: Path, hedgerow: Here) -> None:
    answer = hedgerow("compare", f"{remembered}@HEAD", f"{remembered}@yesterday")

    assert answer.status == 2
    assert "given more than once" in answer.err


def test_what_was_no_text_then_is_told(remembered: Path, hedgerow: Here) -> None:
    remembered.write_bytes(b"\x00" * 9)
    git(remembered.parent, "commit", "-qam", "broken")

    answer = hedgerow("compare", f"{remembered}@HEAD", f"{remembered}@yesterday")

    assert answer.status == 1
    assert "L003" in answer.err


def test_without_git_a_way_out_is_named(
    remembered: Path, hedgerow: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")

    answer = hedgerow("compare", remembered, f"{remembered}@HEAD")

    assert answer.status == 2
    assert "git is not installed; install it, or name a file" in answer.err
