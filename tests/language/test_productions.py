"""The good cases use the whole grammar: every production of it, and every unit.

Cases in `loose` are good ones before they were laid out: blocks on one line, commas at the end.
"""

from functools import cache
from pathlib import Path

import pytest
from hedgerow.language.from_text import tree_from_text
from hedgerow.language.grammar import GRAMMAR_FILE, build_parser
from hedgerow.language.to_text import format_text
from hedgerow.language.units import UNITS
from hedgerow.text.source import Source

CASES = Path(__file__).parents[1] / "cases"
GOOD = sorted((CASES / "good").glob("*.rules"))
LOOSE = sorted((CASES / "loose").glob("*.rules"))
# What the parser accepts so that a mistake in it can be said in words of its own.
ONLY_IN_MISTAKES = {"BROKEN", "BAD", "broken", "THOUSANDS", "QUOTED"}


def test_every_production_is_used_by_a_good_case():
    produced, used = productions()
    wanted = {each for each in produced if can_be_good(each)}
    assert len(wanted) > 300
    assert sorted(written(each) for each in wanted - used) == []


def test_what_the_count_leaves_out_is_in_no_good_case():
    _, used = productions()
    assert [written(each) for each in used if not can_be_good(each)] == []


@pytest.mark.parametrize("path", LOOSE, ids=lambda path: path.stem)
def test_a_loose_case_laid_out_is_the_good_case_of_its_name(path):
    source = Source(path.name, path.read_text(encoding="utf-8"))
    assert tree_from_text(source)[1] == ()
    assert format_text(source) == (CASES / "good" / path.name).read_text(encoding="utf-8")


def test_an_empty_block_and_an_empty_file_are_mistakes():
    for text in (
        "", "\n", "entry x {\n}", "entry x { }", "shock x { }", "layers x { }", "let x = all { }",
        "let x = any {\n}", 'claim "x" against y { }', 'test "x" { }', "structure x(U) { }",
    ):  # fmt: skip
        header = "strategy a 1.0.0\n" if text.strip() else ""
        assert tree_from_text(Source("a.rules", header + text))[1]


def test_every_unit_is_used_by_a_good_case():
    texts = "\n".join(path.read_text(encoding="utf-8") for path in GOOD)
    assert [unit for unit in (*UNITS, "$") if unit not in texts] == []


@cache
def productions():
    """All productions of the grammar, and those that reading the good cases went through.

    A production is what Lark makes of an alternative with its options spelt out.
    """
    parser = build_parser(GRAMMAR_FILE.read_text(encoding="utf-8"))
    callbacks = parser.parser.parser.parser.callbacks
    used = set()
    for rule, made in list(callbacks.items()):
        callbacks[rule] = _noting(rule, made, used)
    for path in (*GOOD, *LOOSE):
        parser.parse(path.read_text(encoding="utf-8"), start="file")
    return frozenset(callbacks), frozenset(used)


def _noting(rule, made, used):
    def note(children):
        used.add(rule)
        return made(children)

    return note


def can_be_good(rule):
    symbols = [symbol.name for symbol in rule.expansion]
    inside = " ".join(symbols)
    empty = "LBRACE RBRACE" in inside or "LBRACE _NL RBRACE" in inside or symbols in ([], ["_NL"])
    return not empty and ONLY_IN_MISTAKES.isdisjoint(symbols)


def written(rule):
    return f"{rule.origin.name}: {' '.join(symbol.name for symbol in rule.expansion)}"
