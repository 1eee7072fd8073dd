"""`hedgerow fmt`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import Here, process


def crooked(rules: Path) -> str:
    text = rules.read_text().replace("  size", "size").replace(" = ", "=")
    rules.write_text(text)
    return text


def test_a_crooked_file_is_written_anew_once(rules: Path, hedgerow: Here) -> None:
    straight = rules.read_text()
    crooked(rules)

    first, second = hedgerow("fmt", rules), hedgerow("fmt", rules)

    assert rules.read_text() == straight
    assert (first.status, second.status) == (0, 0)
    assert "written anew" in first.err
    assert second.all == ""


def test_check_and_diff_write_nothing(rules: Path, hedgerow: Here) -> None:
    text = crooked(rules)

    checked, differing = hedgerow("fmt", rules, "--check"), hedgerow("fmt", rules, "--diff")

    assert rules.read_text() == text
    assert (checked.status, differing.status) == (1, 1)
    assert checked.out == f"{rules}: not in the canonical layout\n"
    assert "\n+  size risk 10% of capital\n" in differing.out


def test_one_file_that_can_not_be_read_keeps_no_other_from_its_layout(
    rules: Path, hedgerow: Here
) -> None:
    crooked(rules)
    bad = rules.with_name("bad.rules")
    bad.write_text("strategy\n")

    answer = hedgerow("fmt", bad, rules)

    assert answer.status == 1
    assert str(bad) in answer.err
    assert f"{rules}: written anew" in answer.err


def test_standard_input_comes_out_formatted(rules: Path) -> None:
    straight = rules.read_text()
    text = crooked(rules)

    answer = process("fmt", "-", stdin=text.encode())

    assert (answer.status, answer.out) == (0, straight)


def test_standard_input_that_is_no_rule_file_gives_no_text() -> None:
    answer = process("fmt", "-", stdin=b"strategy\n")

    assert (answer.status, answer.out) == (1, "")
    assert "<stdin>:1" in answer.err
