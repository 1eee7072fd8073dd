"""`hedgerow test`."""

import json

import pytest

RULES = """strategy tested 1.0.0
"A share, bought in calm"

needs SPX, VIX

entry hold {
  buy shares(SPX)
  when VIX < 20
  size spend 50% of capital
  exit when VIX > 30
}
"""
PASSES = 'test "calm" {\n  VIX: 15\n  expect entry hold on day 1\n}\n'
FAILS = 'test "storm" {\n  VIX: 25 x2\n  expect entry hold on day 2\n}\n'


@pytest.fixture
def tested(tmp_path):
    def written(tests):
        path = tmp_path / "tested.rules"
        path.write_text(f"{RULES}\n{tests}")
        return path

    return written


def test_tests_that_pass_are_counted_and_no_more(tested, hedgerow):
    answer = hedgerow("test", tested(PASSES))
    assert (answer.status, answer.out) == (0, "")
    assert answer.err == "1 test carried out: all passed\n"


def test_a_failure_shows_only_what_differs_and_that_day(tested, hedgerow):
    path = tested(PASSES + FAILS)
    answer = hedgerow("test", path)
    assert answer.status == 1
    assert (
        answer.out
        == f"""failed: {path}: "storm"
  expect entry hold on day 2  ({path}:19:3)
    decided on no day
    on day 2 (2023-01-04, made up):
      hold: when VIX < 20 was false; true on 0 days  ({path}:8:8)
        VIX was 25.00
"""
    )
    assert answer.err == "2 tests carried out: 1 failed\n"


def test_coverage_says_which_conditions_were_never_tried(tested, hedgerow):
    path = tested(PASSES)
    told = hedgerow("test", path, "--coverage").out
    assert (
        told
        == f"""coverage of {path}
  never false     hold: when VIX < 20  ({path}:8:8)
  never known     hold: exit VIX > 30  ({path}:10:13)
"""
    )


def test_programs_get_every_test_with_its_failures_and_coverage(tested, hedgerow):
    answer = hedgerow("test", tested(PASSES + FAILS), "--format", "json")
    (file,) = json.loads(answer.out)["files"]
    assert [each["passed"] for each in file["tests"]] == [True, False]
    assert file["tests"][1]["failures"][0]["looked"][0]["truth"] == "false"
    assert file["coverage"][0]["true"] and file["coverage"][0]["false"]


def test_no_test_at_all_is_no_pass(tested, hedgerow):
    answer = hedgerow("test", tested(""))
    assert answer.status == 2
    assert "no test is written there" in answer.err


def test_rules_with_mistakes_are_not_tested(tested, hedgerow):
    answer = hedgerow("test", tested(PASSES.replace("hold", "held")))
    assert answer.status == 1
    assert "N101" in answer.err
