"""Diagnostics as people and programs see them."""

import json
from unicodedata import category

from hedgerow.text.diagnostic import Diagnostic, Label, replace
from hedgerow.text.source import Source, Span
from hedgerow.text.to_human import Colour, draw
from hedgerow.text.to_json import json_from_diagnostics
from hypothesis import given, settings
from hypothesis import strategies as st

SOURCE = Source("a.rules", "first line\n\tlet b = 1 && 2\nthird 恐慌 line\n")


def at(start, stop, source=SOURCE):
    return Span(source, start, stop)


def found(span, **more):
    return Diagnostic("S107", "`&&` is foreign", span, **more)


def test_a_diagnostic_is_drawn_with_its_place_and_its_way_out():
    start = SOURCE.text.index("&&")
    item = found(
        at(start, start + 2),
        labels=(Label(at(0, 5), "it starts here"),),
        notes=("a note",),
        help=("write a word",),
        fixes=(replace("write a word", at(start, start + 2), "and"),),
    )
    assert draw([item], colour=Colour.OFF) == (
        "error[S107 foreign-operator]: `&&` is foreign\n"
        " --> a.rules:2:12\n"
        "  |\n"
        "1 | first line\n"
        "  | ----- it starts here\n"
        "2 |     let b = 1 && 2\n"
        "  |               ^^\n"
        "  = note: a note\n"
        "  = help: write a word\n"
        "  = fix: write a word: `and`\n"
        "  = more: hedgerow explain S107\n"
    )


def test_wide_characters_take_two_columns():
    start = SOURCE.text.index("line", 20)
    lines = draw([found(at(start, start + 4))], colour=Colour.OFF).splitlines()
    assert lines[4] == "  |            ^^^^"


def test_only_the_first_twenty_are_drawn():
    items = [found(at(index, index + 1)) for index in range(23)]
    text = draw(items, colour=Colour.OFF)
    assert text.count("error[") == 20
    assert text.endswith("... and 3 more\n")
    assert draw([], colour=Colour.OFF) == ""


def test_a_long_line_is_cut_around_the_place():
    source = Source("a.rules", "x" * 5_000 + "&&" + "y" * 5_000)
    text = draw([found(at(5_000, 5_002, source))], colour=Colour.OFF)
    shown, under = text.splitlines()[3:5]
    assert len(shown) < 120
    assert shown[under.index("^") :].startswith("&&")


def test_a_text_cannot_paint_over_the_screen():
    source = Source("a\x1b[2J.rules", "\x1b[2Jlet b = 1")
    text = draw([found(at(0, 3, source))], colour=Colour.OFF)
    assert "\x1b" not in text


def test_colour_adds_escape_codes_and_nothing_else():
    item = found(at(0, 5), help=("write a word",))
    plain, coloured = draw([item], colour=Colour.OFF), draw([item], colour=Colour.ON)
    assert "\x1b[" in coloured
    stripped = coloured
    for code in ("[1;31m", "[1;33m", "[1;36m", "[32m", "[34m", "[1m", "[0m"):
        stripped = stripped.replace(f"\x1b{code}", "")
    assert stripped == plain


@given(st.text(max_size=60), st.data())
@settings(max_examples=100)
def test_any_place_in_any_text_can_be_drawn(text, data):
    start, stop = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    drawn = draw([found(at(start, stop, Source("a", text)))], colour=Colour.OFF)
    assert not {category(char) for char in drawn.replace("\n", "")} & {"Cc", "Cf", "Cs"}
    assert ("^" in drawn) == bool(text)


def test_json_counts_lines_and_columns_from_one_and_ends_exclusively():
    start = SOURCE.text.index("&&")
    span = at(start, start + 2)
    item = found(span, fixes=(replace("write a word", span, "and"),))
    written = json.loads(json_from_diagnostics([item]))
    place = {
        "file": "a.rules",
        "start": {"line": 2, "column": 12},
        "end": {"line": 2, "column": 14},
    }
    assert written == {
        "format_version": "1.0",
        "diagnostics": [
            {
                "code": "S107",
                "name": "foreign-operator",
                "severity": "error",
                "message": "`&&` is foreign",
                "primary": place,
                "labels": [],
                "notes": [],
                "help": [],
                "fixes": [
                    {
                        "title": "write a word",
                        "applicability": "safe",
                        "edits": [{**place, "text": "and"}],
                    }
                ],
            }
        ],
    }


def test_a_tab_reaches_to_the_next_stop_on_both_lines():
    source = Source("a.rules", "ab\tcd\t&&")
    shown, under = draw([found(at(6, 8, source))], colour=Colour.OFF).splitlines()[3:5]
    assert shown == "1 | ab  cd  &&"
    assert under == "  |         ^^"
