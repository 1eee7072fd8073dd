"""`hedgerow words` and `hedgerow explain`."""

from __future__ import annotations

import json

import pytest
from hedgerow.cli.shelf import pages
from hedgerow.editor.keywords import KEYWORDS
from hedgerow.text.codes import CODES
from hedgerow.vocabulary import RESULTS, WORDS
from hedgerow.vocabulary.shocks import episodes
from hedgerow.vocabulary.structures import PRIMITIVES, built_in
from hedgerow.vocabulary.units import UNITS

from tests.cli.command import Here


def test_every_word_structure_shock_and_unit_is_listed(hedgerow: Here) -> None:
    answer = hedgerow("words")

    lines = {line.split("(")[0].split(" ")[0] for line in answer.out.splitlines()}
    assert answer.status == 0
    assert {*WORDS, *RESULTS, *PRIMITIVES, *UNITS, "iron_condor", "calendar", *episodes()} <= lines


@pytest.mark.parametrize(
    "arguments", ["words", "--help", "run --help", "data download --help", "explain iron_condor",
                  "explain rsi", "explain yen_2024", "explain alvh/core"],
)  # fmt: skip
def test_no_line_ends_in_spaces(arguments: str, hedgerow: Here) -> None:
    answer = hedgerow(*arguments.split())

    assert answer.out
    assert [line for line in answer.out.splitlines() if line != line.rstrip()] == []


def test_a_structure_is_shown_as_it_is_written(hedgerow: Here) -> None:
    assert hedgerow("explain", "iron_condor").out.endswith(f"\n{built_in()['iron_condor']}\n")
    assert hedgerow("explain", "strangle").out == f"{built_in()['strangle']}\n"


def test_programs_get_the_words_too(hedgerow: Here) -> None:
    content = json.loads(hedgerow("words", "--format", "json").out)

    assert content["format_version"] == "1.0"
    assert [word["name"] for word in content["words"]] == [*WORDS, *RESULTS]
    assert [shock["name"] for shock in content["shocks"]] == [*episodes()]
    assert content["shocks"][0]["from"] == "1987-10-16"


@pytest.mark.parametrize("code", pages())
def test_the_page_of_a_code_is_shown(code: str, hedgerow: Here) -> None:
    answer = hedgerow("explain", code.lower())

    assert answer.status == 0
    assert answer.out.startswith(f"# {code} {CODES[code].name}\n")


@pytest.mark.parametrize(
    "name", [*WORDS, *RESULTS, *PRIMITIVES, *UNITS, *episodes(), "iron_condor"]
)
def test_every_word_can_be_explained(name: str, hedgerow: Here) -> None:
    answer = hedgerow("explain", name)

    assert answer.status == 0
    assert name in answer.out


@pytest.mark.parametrize("word", sorted(KEYWORDS.keys() - {*WORDS, *UNITS, "locked"}))
def test_every_keyword_can_be_explained(word: str, hedgerow: Here) -> None:
    answer = hedgerow("explain", word)

    assert answer.status == 0
    assert answer.out.startswith(f"{word}\n    {KEYWORDS[word].says}\n")


def test_a_diagnostic_can_be_called_by_its_name(hedgerow: Here) -> None:
    assert hedgerow("explain", "unit-mismatch").out.startswith("# T203 unit-mismatch")


def test_a_near_word_is_suggested(hedgerow: Here) -> None:
    answer = hedgerow("explain", "iron_candor")

    assert answer.status == 2
    assert "no such diagnostic or word; did you mean iron_condor" in answer.err


def test_a_series_and_a_calendar_are_explained_as_well(hedgerow: Here) -> None:
    vix = hedgerow("explain", "VIX")
    assert vix.status == 0
    assert vix.out.startswith("VIX\n  A series: Cboe Volatility Index.\n  1990-01-02 to 2022-12-28")
    assert "come with the package" not in hedgerow("explain", "vix3m").out
    assert "declared by `events FOMC`" in hedgerow("explain", "FOMC").out
    assert "always there" in hedgerow("explain", "MONTH_END").out
    assert "VIX?" in hedgerow("explain", "VXI").err


def test_a_unit_says_what_a_trader_means_by_it(hedgerow: Here) -> None:
    assert "of the move that option prices imply" in " ".join(hedgerow("explain", "sd").out.split())


def test_a_structure_with_wings_says_how_they_are_measured(hedgerow: Here) -> None:
    assert hedgerow("explain", "iron_condor").out.startswith("# A wing in points is a distance")
