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
        == f"""coverage of {path}: of 2 conditions 0 were true and false
  never false  hold: when VIX < 20  ({path}:8:8)
  never known  hold: exit VIX > 30  ({path}:10:13)
"""
    )


def test_coverage_counts_what_was_seen_both_ways_and_names_the_rest(tested, hedgerow):
    path = tested('test "storm" {\n  VIX: 15 x2, 25, 35\n  expect exit hold on day 4\n}\n')
    told = hedgerow("test", path, "--coverage").out
    assert told == f"coverage of {path}: of 2 conditions 2 were true and false\n"


def test_a_failure_lists_the_days_on_which_it_was_decided(tested, hedgerow):
    lines = "VIX: 15, 35 x2, 15, 35 x2, 15\n  expect entry hold on day 2"
    told = hedgerow("test", tested(f'test "in and out" {{\n  {lines}\n}}\n')).out
    assert "    decided on days 1, 4 and 7\n" in told


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


# --- written by the command --------------------------------------------------------------------

EMPTY = 'test "calm, then a storm" {\n  # as it was\n  VIX:  15 x3, 35  # not laid out\n}\n'


def test_a_test_that_expects_nothing_has_not_passed(tested, hedgerow):
    path = tested(EMPTY)
    answer = hedgerow("test", path)
    assert answer.status == 1
    assert f"it expects nothing ({path}:13:1); --record writes what is decided" in answer.out


def test_what_is_decided_is_written_into_a_test_that_expects_nothing(tested, hedgerow):
    path = tested(EMPTY)
    answer = hedgerow("test", path, "--record")
    assert (answer.status, answer.err) == (0, "")
    added = "  expect entry hold on day 1\n  expect exit hold on day 4\n"
    assert path.read_text() == f"{RULES}\n{EMPTY[:-2]}{added}}}\n"
    assert "+  expect exit hold on day 4\n" in answer.out
    assert hedgerow("test", path).status == 0
    assert hedgerow("test", path, "--record").err == f"{path}: nothing to record\n"


def test_what_never_opens_is_recorded_too(tested, hedgerow):
    path = tested(EMPTY.replace("15 x3, 35", "35 x3"))
    hedgerow("test", path, "--record")
    assert "  expect no entry hold\n}" in path.read_text()


@pytest.mark.parametrize("line, recorded", [
    ("expect entry hold on day 3", "expect entry hold on day 1"),
    ("expect no entry hold", "expect entry hold on day 1"),
    ("expect no exit hold on day 4", "expect exit hold on day 4"),
    ("expect exit hold on day 2", "expect exit hold on day 4"),
    ("expect roll hold", "expect no roll hold"),
])  # fmt: skip
def test_only_a_line_that_did_not_come_true_is_changed(tested, hedgerow, line, recorded):
    lines = f"  {line}  # why\n  expect exit hold  # kept\n}}\n"
    path = tested(EMPTY[:-2] + lines)
    assert hedgerow("test", path, "--record").status == 0
    assert path.read_text() == f"{RULES}\n{EMPTY[:-2]}{lines}".replace(line, recorded)
    assert hedgerow("test", path).status == 0


def test_a_line_that_would_stand_twice_goes(tested, hedgerow):
    path = tested(EMPTY[:-2] + "  expect entry hold on day 1\n  expect entry hold on day 2\n}\n")
    hedgerow("test", path, "--record")
    assert path.read_text().count("expect entry hold") == 1


def test_line_ends_and_a_block_on_one_line_stay_as_they_are(tested, hedgerow):
    path = tested("")
    written = f'{RULES}\ntest "calm" {{ VIX: 15 }}\n'.replace("\n", "\r\n")
    path.write_bytes(written.encode())
    assert hedgerow("test", path, "--record").status == 0
    new = b'test "calm" { VIX: 15 \r\n  expect entry hold on day 1\r\n}\r\n'
    assert path.read_bytes() == written.encode().replace(b'test "calm" { VIX: 15 }\r\n', new)
    assert hedgerow("test", path).status == 0


def test_a_variant_records_its_own_tests_and_names_its_parent_s(tested, hedgerow):
    parent = tested(PASSES)
    variant = parent.parent / "later.rules"
    own = f"add {EMPTY}"
    variant.write_text(
        f'variant later 1.0.0 of "tested.rules"\n\nset hold.when = VIX < 10 was VIX < 20\n\n{own}'
    )
    answer = hedgerow("test", variant, "--record")
    assert answer.status == 1
    assert f'"calm" is written in {parent}:13:1, and fails' in answer.err
    assert "  expect no entry hold\n}" in variant.read_text()
    assert parent.read_text() == f"{RULES}\n{PASSES}"


def test_nothing_is_written_where_something_is_wrong(tested, hedgerow):
    path = tested(FAILS.replace("entry hold", "entry held"))
    before = path.read_text()
    assert hedgerow("test", path, "--record").status == 1
    assert path.read_text() == before


@pytest.mark.parametrize("option", [["--coverage"], ["--format", "json"]])
def test_recording_shows_its_changes_and_nothing_else(tested, hedgerow, option):
    answer = hedgerow("test", tested(FAILS), "--record", *option)
    assert answer.status == 2
    assert "leave the other options out" in answer.err


def test_a_read_only_file_is_left_alone(tested, hedgerow):
    path = tested(FAILS)
    path.chmod(0o444)
    answer = hedgerow("test", path, "--record")
    assert answer.status == 2
    assert "read-only" in answer.err
