"""Whatever stands in a rule file: one clear answer, the right status, no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import Here

HEADER = b'strategy bad 1.0.0\n"A file that went wrong"\n\nneeds SPX, VIX\n\n'
CONFLICT = b"<<<<<<< HEAD\nparam a = 1 sd\n=======\nparam a = 2 sd\n>>>>>>> other\n"
DEEP = b"(((((\n" * 2_000 + b"1" + b"\n)))))" * 2_000

BAD = {
    "empty": (b"", "L002"),
    "only blanks": (b" \n\n\t\n", "L002"),
    "binary": (bytes(range(256)) * 8, "L003"),
    "utf-16": ("strategy bad 1.0.0\n".encode("utf-16"), "L004"),
    "latin-1": (HEADER + "let café = 1\n".encode("latin-1"), "L004"),
    "merge conflict": (HEADER + CONFLICT, "L006"),
    "10 MB of garbage": (b"\xc2\xa7{(%" * 2_000_000, "L005"),
    "10,000 parentheses": (HEADER + b"let a = " + DEEP, "L008"),
    "a thousand digits": (HEADER + b"let a = " + b"9" * 1_000 + b"\n", "L009"),
    "a million digits": (HEADER + b"let a = " + b"9" * 1_000_000 + b"\n", "L005"),
}


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("subcommand", ["check", "fmt", "run"])
def test_a_file_that_is_no_rule_file_is_refused_and_left_alone(
    kind: str, subcommand: str, tmp_path: Path, hedgerow: Here
) -> None:
    content, code = BAD[kind]
    path = tmp_path / "bad.rules"
    path.write_bytes(content)

    answer = hedgerow(subcommand, path)

    assert answer.status == 1
    assert code in answer.all
    assert str(path) in answer.all
    assert "Traceback" not in answer.all
    assert len(answer.all) < 20_000
    assert path.read_bytes() == content


@pytest.mark.parametrize("subcommand", ["check", "fmt", "run"])
def test_a_missing_file_is_named_and_a_near_one_suggested(
    subcommand: str, rules: Path, hedgerow: Here
) -> None:
    answer = hedgerow(subcommand, rules.with_name("stedy.rules"))

    assert answer.status == 2
    assert "stedy.rules: no such rule file or preset; did you mean" in answer.err
    assert str(rules) in answer.err


def test_files_that_share_nothing_but_their_ending_are_not_suggested(
    rules: Path, hedgerow: Here
) -> None:
    answer = hedgerow("run", rules.with_name("quiet.rules"))

    assert "no such rule file or preset; name a file, or a preset: " in answer.err


def test_a_folder_can_not_be_run_and_its_files_are_named(rules: Path, hedgerow: Here) -> None:
    answer = hedgerow("run", rules.parent)

    assert answer.status == 2
    assert "this is a folder; name one of its files: steady.rules" in answer.err


def test_a_folder_without_rule_files_is_not_a_clean_check(tmp_path: Path, hedgerow: Here) -> None:
    answer = hedgerow("check", tmp_path)

    assert answer.status == 2
    assert "no .rules file in this folder" in answer.err


def test_every_bad_file_is_reported_before_anything_runs(tmp_path: Path, hedgerow: Here) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.rules").write_bytes(HEADER + b"let a = VXI\n")

    answer = hedgerow("compare", tmp_path / "one.rules", tmp_path / "two.rules")

    assert answer.status == 1
    assert answer.out == ""
    assert "one.rules:6:9" in answer.err
    assert "two.rules:6:9" in answer.err
