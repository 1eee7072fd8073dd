"""`hedgerow check`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import Here, process

UNUSED = 'strategy odd 1.0.0\n"A name nobody uses"\n\nneeds SPX, VIX\n\nlet calm = VIX < 20\n'


def test_a_clean_file_has_nothing_to_report(rules: Path, hedgerow: Here) -> None:
    answer = hedgerow("check", rules)

    assert (answer.status, answer.out) == (0, "")
    assert answer.err == "1 file checked: nothing to report\n"


def test_presets_are_clean_by_name(hedgerow: Here) -> None:
    assert hedgerow("check", "alvh/core", "alvh/unhedged", "simple/dip_buyer").status == 0


def test_a_folder_is_walked_but_not_its_hidden_corners(rules: Path, hedgerow: Here) -> None:
    for folder in ("deeper", ".tool"):
        (rules.parent / folder).mkdir()
        (rules.parent / folder / "other.rules").write_text(UNUSED)

    answer = hedgerow("check", rules.parent)

    assert answer.err.startswith("2 files checked")


def test_warnings_pass_unless_they_are_denied(tmp_path: Path, hedgerow: Here) -> None:
    path = tmp_path / "odd.rules"
    path.write_text(UNUSED)

    allowed, denied = hedgerow("check", path), hedgerow("check", path, "--deny", "warnings")

    assert "R504" in allowed.out
    assert (allowed.status, denied.status) == (0, 1)


def test_programs_get_every_mistake_with_its_place(tmp_path: Path, hedgerow: Here) -> None:
    path = tmp_path / "wrong.rules"
    path.write_text(UNUSED.replace("20", "3%"))

    answer = hedgerow("check", path, "--format", "json")

    content = json.loads(answer.out)
    first = next(found for found in content["diagnostics"] if found["severity"] == "error")
    assert answer.status == 1
    assert content["format_version"] == "1.0"
    assert first["code"] == "T203"
    assert first["primary"]["file"] == str(path)
    assert first["primary"]["start"]["line"] == 6


def test_colour_is_only_for_those_who_want_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hedgerow: Here
) -> None:
    path = tmp_path / "odd.rules"
    path.write_text(UNUSED)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)

    assert "\x1b[" not in hedgerow("check", path).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in hedgerow("check", path).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in hedgerow("check", path).out


def test_code_hosts_get_the_help_of_the_pages_and_annotations(
    tmp_path: Path, hedgerow: Here
) -> None:
    path = tmp_path / "odd.rules"
    path.write_text(UNUSED)

    sarif = json.loads(hedgerow("check", path, "--format", "sarif").out)
    github = hedgerow("check", path, "--format", "github")

    (rule,) = sarif["runs"][0]["tool"]["driver"]["rules"]
    assert rule["help"]["markdown"].startswith("# R504 unused-name")
    assert github.out.startswith(f"::warning file={path},line=6,")
    assert github.err == ""


WRONG = UNUSED.replace("VIX < 20", "VIX < 20 && VIX > 3").replace("\n", "\r\n")


def test_safe_fixes_are_written_and_told(tmp_path: Path, hedgerow: Here) -> None:
    path = tmp_path / "wrong.rules"
    path.write_bytes(b"\xef\xbb\xbf" + WRONG.encode())
    path.chmod(0o640)

    answer = hedgerow("check", "--fix", path)

    assert path.read_bytes() == b"\xef\xbb\xbf" + WRONG.replace("&&", "and").encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert answer.status == 0
    assert answer.err == (
        f"fixed {path}:6:21: S107 foreign-operator: write `and`\n"
        "1 file checked, 1 fixed: 1 warning\n"
    )


def test_a_guess_is_never_written(tmp_path: Path, hedgerow: Here) -> None:
    path = tmp_path / "wrong.rules"
    path.write_text(UNUSED.replace("20", "2,000"))

    answer = hedgerow("check", "--fix", path)

    assert path.read_text() == UNUSED.replace("20", "2,000")
    assert (answer.status, answer.err) == (1, "1 file checked: 1 error, 1 warning\n")


def test_a_read_only_file_is_not_fixed(tmp_path: Path, hedgerow: Here) -> None:
    path = tmp_path / "wrong.rules"
    path.write_text(WRONG)
    path.chmod(0o444)

    answer = hedgerow("check", "--fix", path)

    assert answer.status == 2
    assert answer.err == f"hedgerow: {path}: is read-only; let it be written (chmod u+w) first\n"
    assert path.read_bytes() == WRONG.encode()


def test_the_parent_of_a_variant_is_fixed_where_it_is_named(tmp_path: Path, hedgerow: Here) -> None:
    parent, child = tmp_path / "core.rules", tmp_path / "tight.rules"
    parent.write_text(WRONG)
    child.write_text('variant tight 1.0.0 of "core.rules"\n"x"\n\nset calm = VIX < 10\n')

    alone = hedgerow("check", "--fix", child)
    both = hedgerow("check", "--fix", tmp_path)

    assert (alone.status, both.status) == (1, 0)
    assert "core.rules:6:21" in alone.out
    assert "core.rules:6:21" in both.err


def test_a_text_from_standard_input_is_checked_and_fixed() -> None:
    checked = process("check", "-", stdin=WRONG.encode())
    fixed = process("check", "--fix", "-", stdin=WRONG.encode())
    beside = process("check", "-", "other.rules")
    binary = process("check", "--fix", "-", stdin=b"\xff\xfe")
    drawn = process("check", "--fix", "-", "--format", "json", stdin=WRONG.encode())

    assert (checked.status, checked.err) == (1, "1 text checked: 1 error\n")
    assert "<stdin>:6:21" in checked.out
    assert (fixed.status, fixed.out) == (0, WRONG.replace("&&", "and"))
    assert fixed.err.startswith("fixed <stdin>:6:21: S107 ")
    assert "give it alone" in beside.err
    assert (beside.status, binary.status, drawn.status) == (2, 1, 2)
    assert "L004" in binary.err
    assert drawn.out == ""
