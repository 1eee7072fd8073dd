"""Trees and texts: what is printed is read back, and the layout is one."""

from decimal import Decimal
from pathlib import Path

import pytest
from hedgerow.language.from_text import recovered_tree, tree_from_text
from hedgerow.language.to_text import canonical_text, format_text, text_from_tree
from hedgerow.text.diagnostic import Refusal
from hedgerow.text.source import Source
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import trees

GOOD = sorted((Path(__file__).parents[1] / "cases" / "good").glob("*.rules"))


def read(text):
    tree, found = tree_from_text(Source("file.rules", text))
    assert found == ()
    return tree


def body(*lines):
    return "\n".join(["strategy a 1.0.0", "", *lines, ""])


@given(trees())
@settings(max_examples=80)
def test_a_printed_tree_is_read_back_as_it_was(tree):
    assert read(text_from_tree(tree)) == tree


@given(trees())
@settings(max_examples=40)
def test_the_layout_of_a_formatted_text_stays(tree):
    text = text_from_tree(tree)
    assert format_text(Source("file.rules", text)) == text


@given(trees())
@settings(max_examples=40)
def test_reading_by_single_statements_finds_the_same_tree(tree):
    source = Source("file.rules", text_from_tree(tree))
    assert recovered_tree(source) == tree_from_text(source)


@given(trees())
@settings(max_examples=40)
def test_the_canonical_text_is_read_as_the_same_tree(tree):
    assert read(canonical_text(tree)) == tree


@pytest.mark.campaign
@given(trees(most=8))
@settings(max_examples=3000)
def test_printing_formatting_and_both_readings_agree(tree):
    text = text_from_tree(tree)
    assert read(text) == tree
    assert format_text(Source("file.rules", text)) == text
    assert recovered_tree(Source("file.rules", text))[0] == tree


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_file_is_laid_out_already(path):
    text = path.read_text(encoding="utf-8")
    assert format_text(Source(path.name, text)) == text


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_file_is_read_alike_in_both_ways(path):
    source = Source(path.name, path.read_text(encoding="utf-8"))
    assert recovered_tree(source) == tree_from_text(source)


@given(st.data())
@settings(max_examples=40)
def test_comments_stay_in_their_order_and_the_layout_settles_at_once(data):
    lines = data.draw(st.sampled_from(GOOD)).read_text(encoding="utf-8").splitlines()
    for index in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        if data.draw(st.booleans()):
            lines[at] += f" # beside {index}"
        else:
            lines.insert(at, " " * data.draw(st.integers(0, 6)) + f"# above {index}")
    source = Source("file.rules", "\n".join(lines))
    once = format_text(source)
    assert format_text(Source("file.rules", once)) == once
    before, after = tree_from_text(source)[0], read(once)
    assert [item.text for item in after.comments] == [item.text for item in before.comments]


@given(st.data())
@settings(max_examples=40)
def test_indentation_blank_lines_and_space_never_matter(data):
    text = data.draw(st.sampled_from(GOOD)).read_text(encoding="utf-8")
    lines = []
    for line in text.splitlines():
        lines += [""] * data.draw(st.integers(0, 2))
        lines.append(data.draw(st.sampled_from(["", "\t", "      "])) + line.strip() + "  ")
    other = read("\r\n".join(lines))
    assert other == read(text)
    assert canonical_text(other) == canonical_text(read(text))


def test_a_call_of_more_than_a_hundred_characters_has_an_argument_a_line():
    long = "let a = max(" + ", ".join(f"a_long_name_of_number_{index}" for index in range(5)) + ")"
    text = text_from_tree(read(body(long)))
    assert text.splitlines()[2:5] == [
        "let a = max(",
        "  a_long_name_of_number_0,",
        "  a_long_name_of_number_1,",
    ]
    assert text.splitlines()[-1] == ")"


def test_comments_inside_a_call_stay_with_their_arguments():
    text = body("let a = f(", "  b, # the first", "  # the second", "  c", ")")
    assert text_from_tree(read(text)).splitlines()[2:] == [
        "let a = f(",
        "  b,  # the first",
        "  # the second",
        "  c,",
        ")",
    ]


def test_more_than_one_blank_line_becomes_one_and_none_stands_inside_the_edges_of_a_block():
    text = body("entry e {", "", "", "  when a", "", "", "  when b", "", "}", "", "", "let c = 1")
    assert text_from_tree(read(text)).splitlines()[2:] == [
        "entry e {", "  when a", "", "  when b", "}", "", "let c = 1",
    ]  # fmt: skip


def test_the_canonical_text_forgets_trailing_zeros_comments_and_blank_lines():
    one = read(body("let a = 0.40 # forty", "", "let b = $2,500.00"))
    other = read(body("let a = 0.4", "let b = $2500"))
    assert canonical_text(one) == canonical_text(other)


@pytest.mark.parametrize(
    "number, written",
    [("1 day", "1 day"), ("1 days", "1 day"), ("2 day", "2 days"), ("1.0 days", "1.0 days"),
     ("3contracts", "3 contracts"), ("40 %", "40%"), ("$ 5", None), ("1 x", "1 x"),
     ("0.50 sd", "0.50 sd")],
)  # fmt: skip
def test_numbers_keep_their_digits_and_units_their_grammar(number, written):
    tree, found = tree_from_text(Source("file.rules", body(f"let a = {number}")))
    if written is None:
        assert found
    else:
        assert text_from_tree(tree).splitlines()[-1] == f"let a = {written}"


def test_a_text_with_a_mistake_is_not_formatted():
    with pytest.raises(Refusal):
        format_text(Source("file.rules", body("let a = &&")))


def test_digits_are_never_rounded():
    digits = "0.1234567890123456789012345"
    assert read(body(f"let a = {digits}")).statements[0].value.value == Decimal(digits)


@pytest.mark.parametrize("value", [
    "(a < b) < c", "a < (b < c)", "(a and b) or c", "(a or b) and c", "not (a and b)", "-(a + b)",
    "(a + b) * c", "a - (b - c)", "(a of b) of c", "(if a then b else c) + 1", "(a or b)[1]",
    "(if a then b else c) of d", "(a otherwise b) otherwise c", "sessions since (a < b)",
    "(a for 2 sessions) < b", "a for (b + c)", "(not a) for 2 sessions",
    "not (a for 2 sessions)", "not (a within last 2 sessions)", "not (a becomes true)",
    "if a then b else (c otherwise d)",
])  # fmt: skip
def test_parentheses_stay_where_the_meaning_needs_them(value):
    tree = read(body(f"let x = {value}"))
    assert read(text_from_tree(tree)) == tree


@pytest.mark.parametrize("value, plain", [
    ("(a + b) + c", "a + b + c"), ("((a))", "a"), ("(a * b) + c", "a * b + c"),
    ("(a < b) and (c < d)", "a < b and c < d"), ("a of (b of c)", "a of b of c"),
])  # fmt: skip
def test_parentheses_that_say_nothing_go(value, plain):
    assert text_from_tree(read(body(f"let x = {value}"))).splitlines()[-1] == f"let x = {plain}"
