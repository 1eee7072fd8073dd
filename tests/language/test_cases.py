"""Files that traders might write: the good ones are clean, the bad ones say what is wrong.

`HEDGEROW_REWRITE_CASES=1 pytest tests/language/test_cases.py` writes the expected output anew.
"""

import os
from pathlib import Path

import pytest
from hedgerow.book import check_text
from hedgerow.language.from_text import tree_from_text
from hedgerow.text.parents import parents_of
from hedgerow.text.source import Source
from hedgerow.text.to_human import Colour, draw

CASES = Path(__file__).parents[1] / "cases"
GOOD = sorted((CASES / "good").glob("*.rules"))
BAD = sorted((CASES / "bad").glob("*.rules"))


def source(path):
    return Source(path.name, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_file_is_read_without_a_word(path):
    assert tree_from_text(source(path))[1] == ()


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_is_answered_as_expected(path):
    load = parents_of(path, path.name, path.parent)
    answer = draw(check_text(source(path), load), colour=Colour.OFF)
    expected = path.with_suffix(".out")
    if os.environ.get("HEDGEROW_REWRITE_CASES"):
        expected.write_text(answer, encoding="utf-8")
    assert answer
    assert answer == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_every_mistake_is_told_with_a_way_out(path):
    load = parents_of(path, path.name, path.parent)
    for found in check_text(source(path), load):
        assert found.help or found.fixes, found.message


def test_every_expected_output_belongs_to_a_case():
    assert {path.stem for path in (CASES / "bad").glob("*.out")} == {path.stem for path in BAD}
