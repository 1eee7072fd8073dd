"""A rule file in plain English: complete, the same every time, and never at a loss.

`HEDGEROW_REWRITE_CASES=1 pytest tests/book/test_explain.py` writes the expected text anew.
"""

import os
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from hedgerow.book import resolved_from_text
from hedgerow.book.explain import explained, text_from_explanation
from hedgerow.book.explain.conditions import CONDITIONS
from hedgerow.book.explain.explanation import Explanation
from hedgerow.book.explain.values import VALUES
from hedgerow.book.names import walk
from hedgerow.language import tree as nodes
from hedgerow.language.from_text import tree_from_text
from hedgerow.language.to_text import canonical_text, format_text
from hedgerow.text.parents import parents_of
from hedgerow.text.read import read_source
from hedgerow.text.source import Source
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.strategies import trees

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules"
GOOD = sorted((ROOT / "tests" / "cases" / "good").glob("*.rules"))
TOLD = ROOT / "tests" / "cases" / "explained"
PRESETS = ["alvh/core", "alvh/unhedged", "simple/dip_buyer"]
WIDTH = 100


def read(path):
    tree, found = tree_from_text(Source(path.name, path.read_text(encoding="utf-8")))
    assert found == ()
    return tree


def body(*lines):
    text = "\n".join(["strategy a 1.0.0", "", *lines, ""])
    tree, found = tree_from_text(Source("a.rules", text))
    assert found == ()
    return tree


def said(tree, width=WIDTH):
    return text_from_explanation(explained(tree), width)


def told(*lines):
    """The text on one line, so that sentences can be looked for."""
    return " ".join(said(body(*lines)).split())


def test_a_shock_that_happened_is_told_with_its_days():
    text = told("limit loss(book, yen_2024) <= 10% of capital")
    assert "Under the shock yen_2024, SPX falls by 6.08% and VIX rises by 22.21 points." in text
    assert "That is 2024-07-31 to 2024-08-05: The yen rises" in text


# --- whole files -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_told_as_expected(name):
    expected = TOLD / f"{name.replace('/', '_')}.txt"
    path = RULES / f"{name}.rules"
    source = read_source(path)
    whole = resolved_from_text(source, parents_of(path, path.name, RULES)).tree
    text = text_from_explanation(explained(read(path), whole), WIDTH)
    if os.environ.get("HEDGEROW_REWRITE_CASES"):
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_changing_any_number_changes_what_is_said(path):
    tree = read(path)
    before = explained(tree)
    count = sum(1 for _ in _numbers(tree))
    same = [at for at in range(count) if explained(_with_other_number(tree, at)) == before]
    assert [list(_numbers(tree))[at] for at in same] == []


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_every_declared_name_and_text_appears(path):
    tree = read(path)
    words = " ".join(said(tree).split())
    for node in walk((tree.header, tree.statements)):
        for field in ("name", "text", "reason", "label", "doc", "parent", "version"):
            value = getattr(node, field, None)
            if isinstance(value, str) and not isinstance(node, nodes.Argument):
                assert " ".join(value.split()) in words


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_layout_and_comments_change_nothing(path):
    tree = read(path)
    for text in (format_text(tree.source), canonical_text(tree)):
        again, _ = tree_from_text(Source(path.name, text))
        assert explained(again) == explained(tree)


@pytest.mark.parametrize("width", [40, 72, 100, 200])
def test_no_line_is_wider_than_asked(width):
    for line in said(read(RULES / "alvh" / "core.rules"), width).splitlines():
        assert len(line) <= width


# --- any file --------------------------------------------------------------------------------


@given(trees())
@settings(max_examples=80)
def test_whatever_can_be_read_can_be_told(tree):
    assert said(tree)


@given(trees(), st.data())
@settings(max_examples=100)
def test_any_number_of_any_file_is_told(tree, data):
    count = sum(1 for _ in _numbers(tree))
    if count:
        at = data.draw(st.integers(0, count - 1))
        assert explained(_with_other_number(tree, at)) != explained(tree)


@pytest.mark.campaign
@given(trees(most=8), st.data())
@settings(max_examples=3000)
def test_any_number_of_many_files_is_told(tree, data):
    count = sum(1 for _ in _numbers(tree))
    if count:
        at = data.draw(st.integers(0, count - 1))
        assert explained(_with_other_number(tree, at)) != explained(tree)


def test_half_a_file_is_told_as_far_as_it_goes():
    tree, found = tree_from_text(Source("a.rules", "strategy a 1.0.0\nentry x {\n  sell\n}\n"))
    assert found
    assert isinstance(explained(tree), Explanation)


def test_definitions_that_go_in_a_circle_are_told():
    assert "a holds when b holds" not in told("let a = b", "let b = if a then b else a")


def test_a_long_chain_of_definitions_is_told():
    lines = ["let x0 = VIX > 20", *(f"let x{at} = x{at - 1}" for at in range(1, 4_000))]
    assert "x3999 holds when x3998 holds." in told(*lines)


def test_every_form_of_expression_has_its_words():
    forms = set(get_args(nodes.Expression))
    assert forms == set(VALUES) | set(CONDITIONS)


@pytest.mark.parametrize("kind", [*get_args(nodes.Statement), *get_args(nodes.Clause)])
def test_every_statement_and_clause_has_its_sentence(kind):
    from hedgerow.book.explain.rules import _CLAUSES
    from hedgerow.book.explain.statements import _STATEMENTS

    assert kind in {*_CLAUSES, *_STATEMENTS, nodes.Roll}


# --- sentences -------------------------------------------------------------------------------


@pytest.mark.parametrize("condition, words", [
    ("VIX >= 20", "VIX is at least 20"),
    ("VIX[1] > VIX", "VIX of 1 session ago is above VIX"),
    ("(a or b) and c", "all of these hold: - a holds or b holds - c holds"),
    ("not (VIX > 3 and VIX < 4)", "it is not so that (VIX is above 3 and VIX is below 4)"),
    ("a for 2 sessions and b", "(for 2 sessions in a row, a holds) and b holds"),
    ("(a and b) for 2 sessions", "for 2 sessions in a row, (a holds and b holds)"),
    ("SPX - (VIX - 2 points) > 3", "SPX minus (VIX minus 2 points) is above 3"),
    ("SPX - VIX - 2 points > 3", "SPX minus VIX minus 2 points is above 3"),
    ("profit > 2 x of credit", "the profit is above 2 times the credit"),
    ("within 2 sessions of FOMC", "today is within 2 sessions before or after FOMC"),
    ("base.short_put.delta > 40 delta", "the delta of base.short_put is above 40 delta"),
    ("rsi(VIX) > 60", "the RSI of VIX over 14 sessions is above 60"),
    ("base.age between 1 day and 2 days", "the age of base is from 1 day to 2 days"),
])  # fmt: skip
def test_a_condition_reads_as(condition, words):
    assert words in told("let a = VIX > 1", "let b = VIX > 2", "let c = VIX > 3",
                         f"entry base {{\n  exit when {condition}\n}}")  # fmt: skip


@pytest.mark.parametrize("opening, words", [
    ("sell iron_condor(SPX, expiry = 45 days, short = 1.5 sd, wing = 50 points)",
     "sells an SPX iron condor with the listed expiry nearest to 45 days: short strikes 1.5 "
     "standard deviations out of the money; wings 50 points further out"),
    ("buy call_spread(VIX, expiry = monthly 30 days, short = 15 delta, wing = 5 points)",
     "buys a VIX call spread with the monthly expiry nearest to 30 days: short strike at 15 "
     "delta; long strike 5 points nearer the money"),
    ("buy straddle(SPX, expiry = expiry of base)",
     "buys an SPX straddle with the expiry of base: strikes at the money"),
    ("buy put_ratio_spread(SPX, expiry = 30 days, short = 5%, long = 8%)",
     "2 bought for each one sold"),
    ("offset future(SPX, expiry = 90 days)", "buys or sells, as its size needs, an SPX future"),
    ("buy shares(SPX)", "buys SPX shares"),
])  # fmt: skip
def test_an_opening_reads_as(opening, words):
    assert words in told(f"entry base {{\n  {opening}\n}}")


def test_what_a_rule_leaves_unsaid_is_told():
    words = told("entry base {", "  buy put(SPX, expiry = 9 days, strike = atm)", "}")
    assert "Opens whenever it may" in words
    assert "Holds one position at a time." in words
    assert "Has no exit: what it holds is kept to expiry and settled." in words
    assert "orders fill at the close of the next one" in words


def _numbers(tree):
    """Every number of a tree: in expressions, and counts of scenarios."""
    for node in walk(tree.statements):
        if isinstance(node, nodes.Number):
            yield node
        elif isinstance(node, nodes.Step):
            yield node.repeat
        elif isinstance(node, nodes.Expect) and node.day is not None:
            yield node.day


def _with_other_number(tree, at):
    """The tree with number `at` of `_numbers` changed."""
    return replace(tree, statements=_Changed(at).of(tree.statements))


class _Changed:
    """A copy of nodes in which one number is another; what is counted stands in one order."""

    def __init__(self, at):
        self.left = at

    def of(self, value):
        if isinstance(value, tuple):
            return tuple(self.of(each) for each in value)
        if not isinstance(value, nodes.Node):
            return value
        mine = {}
        if isinstance(value, nodes.Number):
            mine = {"value": value.value + Decimal(7)} if self._is_it() else {}
        elif isinstance(value, nodes.Step):
            mine = {"repeat": value.repeat + 7} if self._is_it() else {}
        elif isinstance(value, nodes.Expect) and value.day is not None:
            mine = {"day": value.day + 7} if self._is_it() else {}
        parts = {name: self.of(getattr(value, name)) for name in value.__struct_fields__
                 if name not in mine and not name.endswith("span")}  # fmt: skip
        return replace(value, **{**parts, **mine})

    def _is_it(self):
        self.left -= 1
        return self.left == -1


def test_a_measure_without_a_window_is_told_since_the_start():
    assert "the IRR of the whole book since the start" in told("limit irr(book) > 3%")
    assert "the IRR of the whole book over 60 sessions" in told("limit irr(book, 60) > 3%")
    assert "the capital cost of the whole book, rate 9%" in told(
        "limit capital_cost(book, 9%) < $500"
    )


def test_a_promise_counts_entries_in_the_plural():
    assert "At most 3 entries of condor within 20 sessions." in told(
        "at most 3 entry condor within 20 sessions"
    )
    assert "At most 1 entry of condor within 20 sessions." in told(
        "at most 1 entry condor within 20 sessions"
    )


def test_a_future_that_is_traded_is_not_the_word_of_that_name():
    traded = "entry hedge { sell future(SPX, expiry = 60 days)\nsize 1 contracts }"
    assert "rank-th" not in told(traded)
    assert "rank-th" in told(traded, "let front = future(VIX, 1)")
