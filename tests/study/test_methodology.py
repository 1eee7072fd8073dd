"""The page on the methodology quotes the presets, and its answers are those of today."""

import re

import pytest

from tests.validation.methodology import HEADING, PAGE, QUESTIONS, ROOT, answer, results, run_of

TEXT = PAGE.read_text("utf-8")
ROWS = {row[1]: row[0] for row in re.finditer(r"^\| (M\d+) \|.*$", TEXT, re.M)}
QUOTE = r"`[^`]+`"
SAID = re.compile(rf"\[(\w+)\]\(\.\./(rules/[\w/]+\.rules)\)(?:: ({QUOTE}(?:, {QUOTE})*))?")


def quotes():
    return [
        (number, path, quote)
        for number, row in ROWS.items()
        for _, path, quoted in SAID.findall(row)
        for quote in re.findall(r"`([^`]+)`", quoted)
    ]


def test_every_claim_has_its_row_and_a_preset():
    assert list(ROWS) == [f"M{number}" for number in range(1, 33)]
    for row in ROWS.values():
        assert SAID.search(row), row


@pytest.mark.parametrize("number, path, quote", quotes())
def test_a_quoted_line_stands_in_the_file_it_is_quoted_from(number, path, quote):
    assert quote in " ".join((ROOT / path).read_text("utf-8").split()), number


def test_every_preset_of_the_methodology_is_on_the_page():
    named = {path for row in ROWS.values() for _, path, _ in SAID.findall(row)}
    there = {str(path.relative_to(ROOT)) for path in (ROOT / "rules" / "alvh").glob("*.rules")}
    assert there <= named


def test_every_question_has_its_answer():
    asked = re.findall(r"^### (.*)\n\n`hedgerow compare (.*)`$", TEXT.partition(HEADING)[2], re.M)
    assert asked == [(each.asks, " ".join(each.presets)) for each in QUESTIONS]


def test_an_answer_is_that_of_today():
    question = next(each for each in QUESTIONS if "alvh/one_layer" in each.presets)
    assert answer(question, [run_of(each) for each in question.presets]) in TEXT


@pytest.mark.campaign
def test_all_answers_are_those_of_today():
    assert TEXT.endswith(results())
