"""The vocabulary as a whole, and the pages written from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hedgerow.vocabulary import DATES, INDICATORS, MARKET_WORDS, MEASURES, WORDS
from hedgerow.vocabulary.reference import pages, write_pages
from hedgerow.vocabulary.units import Kind, Mismatch
from hedgerow.vocabulary.word import Family, Role, Subject, Word, indicator, series, window

DOCS = Path(__file__).parents[2] / "docs"


def test_no_name_stands_for_two_words():
    tables = (INDICATORS, MARKET_WORDS, DATES, MEASURES)
    assert len(WORDS) == sum(map(len, tables))
    words: dict[str, Word] = {}
    row = indicator(words, Kind.NUMBER, series(), source="here")
    row(named_twice)
    with pytest.raises(ValueError, match="named_twice stands twice"):
        row(named_twice)


def named_twice(values):
    """Nothing."""
    return values


@pytest.mark.parametrize("name", pages())
def test_a_reference_page_is_that_of_today(name):
    assert (DOCS / name).read_text() == pages()[name], "write it anew: see the head of the page"


def test_pages_are_written_where_they_are_asked_for(tmp_path):
    write_pages(tmp_path)
    assert {each.name for each in tmp_path.iterdir()} == set(pages())


def test_a_measure_says_what_it_is_of():
    for word in MEASURES.values():
        assert word.subjects and word.description.endswith(".")
        assert (word.family is Family.STATE) <= (word.result is Kind.TRUTH)
        account = word.subjects == (Subject.ACCOUNT,)
        assert any(each.role is Role.SUBJECT for each in word.parameters) != account


def test_the_signature_is_how_a_call_is_written():
    assert INDICATORS["macd"].signature == "macd(series, fast = 12, slow = 26)"
    assert INDICATORS["min"].signature == "min(values, ...)"
    assert MEASURES["loss"].signature == "loss(of, shock)"
    assert MEASURES["equity"].signature == "equity()"


def test_a_bare_number_fills_a_window_and_a_ratio_does_not():
    assert window().accepts(Kind.SESSIONS)
    assert window().accepts(Kind.LITERAL)
    assert not window().accepts(Kind.RATIO)
    assert not window().accepts(Kind.DAYS)


def test_values_that_are_compared_must_agree():
    assert INDICATORS["max"].result_for([Kind.LEVEL, Kind.LITERAL]) is Kind.LEVEL
    assert INDICATORS["max"].result_for([Kind.LITERAL, Kind.RATIO]) == Mismatch(
        "else", Kind.LITERAL, Kind.RATIO, ()
    )
    assert INDICATORS["macd"].result_for([Kind.LEVEL]) is Kind.POINTS
