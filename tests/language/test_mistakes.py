"""Whatever the text: values, never exceptions; each mistake once, and nothing that follows."""

import json
from pathlib import Path

import pytest
from hedgerow.language.from_text import recovered_tree, tree_from_text
from hedgerow.language.grammar import GRAMMAR_FILE, build_parser
from hedgerow.language.tree import Broken, Entry, Let, When
from hedgerow.text.codes import CODES
from hedgerow.text.source import Source
from hedgerow.text.to_human import Colour, draw
from hedgerow.text.to_json import json_from_diagnostics
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.lark import from_lark

from tests.language.four_mistakes import reported, seeded

GOOD = [
    path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).parents[1] / "cases" / "good").glob("*.rules"))
]
SNIPPETS = [
    "(", ")", "{", "}", "[", "]", '"', "'", "&&", "||", ";", "=", "==", ",", "\n", "\t", "\r",
    "#", "//", "when", "entry", "layer x {", "1", "5,000", "40%", " x ", "“", "–", "\u00a0",
    "<<<<<<< a\n", "\x00", "not ", "if ", ".", "$", "≥", "😀", "é", "\ufeff",
]  # fmt: skip


def found_in(text, read=tree_from_text):
    """What is found in a text; every diagnostic is well-formed and stands inside it."""
    source = Source("file.rules", text)
    tree, found = read(source)
    for item in found:
        assert item.code in CODES
        for span in (item.span, *(label.span for label in item.labels)):
            assert 0 <= span.start <= span.stop <= len(text)
        for fix in item.fixes:
            for edit in fix.edits:
                assert 0 <= edit.span.start <= edit.span.stop <= len(text)
    draw(found, colour=Colour.ON)
    json.loads(json_from_diagnostics(found))
    assert found or not any(isinstance(item, Broken) for item in tree.statements)
    return found


@given(st.text(max_size=200))
@settings(max_examples=100)
def test_any_text_is_read_or_explained(text):
    found_in(text)
    found_in(text, recovered_tree)


@given(st.lists(st.sampled_from(SNIPPETS), max_size=40).map("".join))
@settings(max_examples=100)
def test_any_heap_of_signs_is_read_or_explained(text):
    found_in("strategy a 1.0.0\n" + text)


def damaged(text, data):
    """A text with a few characters gone, a few put in, or pieces of it in other places."""
    for _ in range(data.draw(st.integers(1, 4))):
        at, stop = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        stop = min(stop, at + 30)
        kind = data.draw(st.sampled_from(["cut", "insert", "double", "swap"]))
        if kind == "cut":
            text = text[:at] + text[stop:]
        elif kind == "insert":
            text = text[:at] + data.draw(st.sampled_from(SNIPPETS)) + text[at:]
        elif kind == "double":
            text = text[:stop] + text[at:stop] + text[stop:]
        else:
            text = text[:at] + text[stop:] + text[at:stop]
    return text


@given(st.data())
@settings(max_examples=100)
def test_a_damaged_file_is_read_or_explained(data):
    found_in(damaged(data.draw(st.sampled_from(GOOD)), data))


@given(from_lark(build_parser(GRAMMAR_FILE.read_text(encoding="utf-8")), start="file"))
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_any_text_the_grammar_makes_is_read_or_explained(text):
    found_in(text)


@pytest.mark.campaign
@given(st.data())
@settings(max_examples=20_000)
def test_many_damaged_files_are_read_or_explained(data):
    found_in(damaged(data.draw(st.sampled_from(GOOD)), data))


@pytest.mark.parametrize("seed", range(25))
def test_four_independent_mistakes_are_all_reported_and_nothing_else(seed):
    text, damaged_lines = seeded(seed)
    assert reported(text) == list(damaged_lines)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(400))
def test_in_four_hundred_files_every_mistake_is_reported_once(seed):
    text, damaged_lines = seeded(seed)
    assert reported(text) == list(damaged_lines)


def test_what_can_be_read_beside_a_mistake_is_in_the_tree():
    text = "strategy a 1.0.0\nentry base {\n  when VIX < 2\n  wehn x\n}\nlet = 3\nlet b = 2\n"
    tree, _ = tree_from_text(Source("file.rules", text))
    entry, broken, let = tree.statements
    assert isinstance(entry, Entry)
    assert isinstance(entry.clauses[0], When)
    assert entry.clauses[1] == Broken(span=entry.span)
    assert entry.clauses[1].span.text == "wehn x"
    assert isinstance(broken, Broken)
    assert broken.span.text == "let = 3"
    assert isinstance(let, Let)


@pytest.mark.parametrize("name, text, code", [
    ("ten megabytes", "garbage (" * 1_200_000, "L005"),
    ("one line", "strategy a 1.0.0\nlet x = " + "not " * 20_000, "L012"),
    ("parentheses", "strategy a 1.0.0\nlet x = " + "(" * 4_900 + ")" * 4_900, "L008"),
    ("a million digits", "strategy a 1.0.0\nlet x = " + "9" * 990_000, "L005"),
    ("many digits", "strategy a 1.0.0\nlet x = " + "9" * 9_000, "L009"),
    ("grouped digits", "strategy a 1.0.0\nlet x = 1" + ",999" * 2_000, "L009"),
    ("a long name", "strategy a 1.0.0\nlet x" + "y" * 5_000 + " = 1", "L010"),
    ("a long chain", "strategy a 1.0.0\nlet x = a" + " + a" * 2_000, "L008"),
    ("many signs", "strategy a 1.0.0\nlet x = " + "-" * 9_000 + "1", "L008"),
    ("many lines", "let a = 1\n" * 6_000, "L011"),
    ("binary", "strategy \x00\x01", "L003"),
    ("a repeat", 'strategy a 1.0.0\ntest "a" {\n  VIX: 1 x' + "9" * 90 + "\n}\n", "S121"),
])  # fmt: skip
def test_a_text_beyond_the_limits_is_refused_in_one_sentence(name, text, code):
    del name
    assert {item.code for item in found_in(text)} == {code}


def test_a_price_with_a_name_of_its_own_can_be_looked_back_at():
    assert found_in("strategy a 1.0.0\nlet close = SPX\nlet b = close[1]\n") == ()


@pytest.mark.parametrize("text", ["let x = 1 // c\n", "let x = 5;\n", "let x = a && b\n"])
def test_a_safe_fix_leaves_a_text_that_says_less_wrong(text):
    text = "strategy a 1.0.0\n" + text
    first = found_in(text)[0]
    (edit,) = first.fixes[0].edits
    mended = text[: edit.span.start] + edit.text + text[edit.span.stop :]
    assert first.message not in {item.message for item in found_in(mended)}


def test_the_same_file_with_other_line_ends_has_its_mistakes_on_the_same_lines():
    text, damaged_lines = seeded(7)
    assert reported(text.replace("\n", "\r\n")) == list(damaged_lines)


def test_places_after_a_missing_brace_are_those_of_the_file():
    text = (
        "strategy a 1.0.0\nentry b {\n  when c\n\nentry d {\n  at most 0 open\n}\nlet e = 5,000\n"
    )
    assert [item.span.text for item in found_in(text)] == ["{", "0", "5,000"]
    tree, _ = tree_from_text(Source("file.rules", text))
    assert tree.statements[1].span.text.startswith("entry d {")
    assert tree.statements[2].span.text == "let e = 5,000"
