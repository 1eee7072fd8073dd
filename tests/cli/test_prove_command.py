"""`hedgerow prove`."""

import json

import pytest

RULES = """strategy promised 1.0.0
"A condor, and what it promises"

needs SPX, VIX

entry condor {
  sell iron_condor(SPX, expiry = 30 days, short = 1.5 sd, wing = 50 points)
  size risk 40% of capital
  exit when profit >= 50% of credit
}

never margin > equity
"""
BREAKS = RULES + 'never drawdown > 2% "shallow"\n'
FEW = ["--markets", "3", "--days", "40"]


@pytest.fixture
def promised(tmp_path):
    def written(text):
        path = tmp_path / "promised.rules"
        path.write_text(text)
        return path

    return written


def test_promises_that_are_kept_are_told_with_the_laws(promised, hedgerow):
    path = promised(RULES)
    answer = hedgerow("prove", path, *FEW)
    assert (answer.status, answer.err) == (0, "")
    first, invariant, *laws = answer.out.splitlines()
    assert first == f"{path}: 3 generated markets of 40 trading days, seed 1"
    assert invariant == f"  held          never margin > equity  ({path}:12:1)"
    assert "  held          money is neither made nor lost" in laws


def test_what_nothing_could_break_is_called_untried(promised, hedgerow):
    text = RULES.replace("never margin > equity", "at most 1 exit condor within 3 sessions")
    told = hedgerow("prove", promised(text), "--markets", "3", "--days", "2").out
    assert "  untried       at most 1 exit condor within 3 sessions" in told


def test_a_promise_that_breaks_is_a_problem_and_comes_with_its_market(promised, hedgerow):
    path = promised(BREAKS)
    answer = hedgerow("prove", path, *FEW)
    assert answer.status == 1
    assert "  broken        never drawdown > 2%" in answer.out
    assert '      test "breaks: shallow" {\n        SPX: ' in answer.out
    assert path.read_text() == BREAKS


def test_its_market_can_be_added_as_a_test_that_fails(promised, hedgerow):
    path = promised(BREAKS)
    answer = hedgerow("prove", path, *FEW, "--write")
    assert answer.err == f"{path}: 1 test added\n"
    assert hedgerow("fmt", path, "--check").status == 0
    told = hedgerow("test", path)
    assert told.status == 1
    assert "broken: never drawdown > 2%" in told.out
    assert "drawdown was " in told.out
    once = path.read_text()
    hedgerow("prove", path, *FEW, "--write")
    assert path.read_text() == once


def test_a_variant_adds_the_test_to_itself(promised, hedgerow):
    parent = promised(RULES)
    variant = parent.with_name("bold.rules")
    variant.write_text(
        '# bolder\nvariant bold 1.0.0 of "promised.rules"\n\nadd never drawdown > 2%\n'
    )
    hedgerow("prove", variant, *FEW, "--write")
    assert '\nadd test "breaks: never drawdown > 2%" {\n' in variant.read_text()
    assert hedgerow("check", variant).status == 0
    assert parent.read_text() == RULES


def test_series_that_no_generated_market_has_are_named(promised, hedgerow):
    text = RULES.replace("needs SPX, VIX", "needs SPX, VIX, ADL\nwants PE")
    assert "  unknown on all of them: ADL, PE\n" in hedgerow("prove", promised(text), *FEW).out


def test_programs_get_every_promise(promised, hedgerow):
    answer = hedgerow("prove", promised(BREAKS), *FEW, "--format", "json")
    found = json.loads(answer.out)
    assert found["markets"] == {"count": 3, "days": 40, "seed": 1}
    (file,) = found["files"]
    kept, broken, *laws = file["promises"]
    assert (kept["held"], kept["broken"], kept["test"]) == (3, 0, "")
    assert broken["broken"] and broken["test"].startswith("test ")
    assert len(laws) == 4


def test_another_seed_gives_other_markets(promised, hedgerow):
    path = promised(BREAKS)
    one, other = (hedgerow("prove", path, *FEW, "--seed", seed).out for seed in (1, 2))
    assert one.splitlines()[1:] != other.splitlines()[1:]


@pytest.mark.parametrize("option", [["--markets", "0"], ["--days", "1"], ["--seed", "-1"]])
def test_what_is_no_number_of_anything_is_refused(promised, hedgerow, option):
    answer = hedgerow("prove", promised(RULES), *option)
    assert (answer.status, answer.out) == (2, "")
    assert option[0] in answer.err


def test_rules_with_mistakes_are_not_tried(promised, hedgerow):
    answer = hedgerow("prove", promised(RULES.replace("margin", "margins")), *FEW)
    assert answer.status == 1
    assert "N101" in answer.err
