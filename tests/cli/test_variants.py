"""Variants on the command line: `show`, `diff`, and every command that takes a rule file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hedgerow.language.from_text import tree_from_text
from hedgerow.text.source import Source

from tests.cli.command import Here

WIDE = 'variant wide 1.0.0 of "steady.rules"\n\nset condor.wing = 50 points was 25 points\n'


@pytest.fixture
def wide(rules: Path) -> Path:
    path = rules.parent / "wide.rules"
    path.write_text(WIDE)
    return path


def test_a_variant_is_checked_run_and_compared(
    wide: Path, rules: Path, data: Path, hedgerow: Here
) -> None:
    assert hedgerow("check", wide).status == 0
    assert hedgerow("run", wide, "--data", data).status == 0
    page = wide.parent / "page.html"
    compared = hedgerow("compare", rules, wide, "--data", data, "--html", page)
    assert compared.status == 0
    assert "wing = 50 points" in page.read_text()


def test_a_mistake_of_a_parent_is_counted_once(wide: Path, rules: Path, hedgerow: Here) -> None:
    rules.write_text(rules.read_text().replace("10% of capital", "10 points"))

    answer = hedgerow("check", wide.parent)

    assert answer.status == 1
    assert answer.err == "2 files checked: 1 error\n"


def test_a_parent_outside_the_folder_that_was_given_is_refused(
    wide: Path, rules: Path, hedgerow: Here
) -> None:
    deeper = wide.parent / "deeper"
    deeper.mkdir()
    moved = wide.rename(deeper / "wide.rules")
    moved.write_text(WIDE.replace("steady", "../steady"))

    assert "V401" in hedgerow("check", moved).out
    assert "V401" in hedgerow("check", deeper).out
    assert hedgerow("check", rules.parent).status == 0


def test_show_writes_the_canonical_layout(wide: Path, hedgerow: Here) -> None:
    wide.write_text(WIDE.replace("set ", "set   "))
    assert hedgerow("show", wide).out == WIDE


def test_show_resolved_is_a_rule_file_with_origins(wide: Path, rules: Path, hedgerow: Here) -> None:
    answer = hedgerow("show", wide, "--resolved")
    condor = next(line for line in answer.out.splitlines() if "iron_condor" in line)

    assert condor.endswith(f"# {rules}:7; 25 points -> 50 points ({wide}:3)")
    assert tree_from_text(Source("shown.rules", answer.out))[1] == ()


def test_show_says_what_was_dropped(wide: Path, rules: Path, hedgerow: Here) -> None:
    wide.write_text('variant wide 1.0.0 of "steady.rules"\n\ndrop condor.exit.profit\n')

    answer = hedgerow("show", wide, "--resolved")

    assert answer.out.endswith(f"# dropped: condor.exit.profit of {rules}:9 ({wide}:3)\n")


def test_show_paths_lists_what_can_be_changed(wide: Path, hedgerow: Here) -> None:
    lines = hedgerow("show", wide, "--paths").out.splitlines()
    assert "condor.wing = 50 points" in lines
    assert "condor.put_wing  # not said" in lines


def test_diff_of_the_same_says_so(wide: Path, rules: Path, hedgerow: Here) -> None:
    full = rules.parent / "full.rules"
    full.write_text(hedgerow("show", wide, "--resolved").out)

    answer = hedgerow("diff", wide, full)

    assert (answer.status, answer.out) == (0, "")
    assert answer.err == f"{wide} and {full} mean the same\n"


def test_diff_names_paths_and_units(wide: Path, rules: Path, hedgerow: Here) -> None:
    answer = hedgerow("diff", rules, wide)

    assert (answer.status, answer.out) == (1, "condor.wing: 25 points -> 50 points\n")
    assert answer.err == f"{rules} and {wide} differ in 1 thing\n"


def test_diff_calls_a_test_as_a_whole_by_its_name(wide: Path, rules: Path, hedgerow: Here) -> None:
    wide.write_text(f'{WIDE}\nadd test "calm" {{\n  VIX: 15\n  expect entry condor on day 1\n}}\n')

    assert hedgerow("diff", rules, wide).out.endswith('tests.calm: added test "calm"\n')
    assert hedgerow("diff", wide, rules).out.endswith('tests.calm: dropped test "calm"\n')


def test_diff_for_programs(wide: Path, rules: Path, hedgerow: Here) -> None:
    content = json.loads(hedgerow("diff", rules, wide, "--format", "json").out)

    assert (content["format_version"], content["a"], content["b"]) == ("1.0", str(rules), str(wide))
    (found,) = content["differences"]
    assert (found["path"], found["kind"]) == ("condor.wing", "changed")
    assert (found["before"], found["after"]) == ("25 points", "50 points")
    assert found["after_place"]["file"] == str(wide)


@pytest.mark.parametrize("text", ["strategy", 'variant a 1.0.0 of "gone.rules"\n'])
def test_diff_fails_where_there_is_nothing_to_compare(
    text: str, wide: Path, rules: Path, hedgerow: Here
) -> None:
    wide.write_text(text)

    answer = hedgerow("diff", rules, wide)

    assert (answer.status, answer.out) == (2, "")
    assert answer.err.endswith("nothing was compared\n")
