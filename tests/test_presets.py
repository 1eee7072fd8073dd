"""What every preset has to be, whatever it says: free of mistakes, and in the one layout."""

from pathlib import Path

from tests.cli.command import process

RULES = Path(__file__).parent.parent / "rules"


def test_presets_have_no_errors_and_no_warnings():
    answer = process("check", RULES, "--deny", "warnings")
    assert answer.status == 0, answer.out


def test_presets_have_the_canonical_layout():
    assert process("fmt", "--check", RULES).status == 0
