"""`# allow CODE: reason`: what it takes back, and when it is itself reported."""

from pathlib import Path

import pytest
from hedgerow.book import book_from_text, check_text
from hedgerow.editor.document import Document
from hedgerow.language.to_text import format_text
from hedgerow.text.parents import parents_of
from hedgerow.text.source import Source

HEAD = 'strategy mine 1.0.0\n"Mine"\n\nneeds SPX, VIX\n\n'
ENTRY = (
    "entry condor {{{beside}\n  sell iron_condor(SPX, expiry = 45 days, short = 16 delta, "
    "wing = 50 points)\n  size risk 10% of capital\n}}\n"
)


def text(above="", beside=""):
    """A rule without an exit, which earns the note R503, with comments above and beside it."""
    return HEAD + above + ENTRY.format(beside=beside)


def codes(written):
    """What is found in a text; an editor, which reads it in pieces, finds the same."""
    found = [each.code for each in check_text(Source("mine.rules", written))]
    assert [each.code for each in Document("mine.rules", written).diagnostics] == found
    return found


def test_a_note_is_reported_unless_it_is_allowed():
    assert codes(text()) == ["R503"]
    assert codes(text(above="# allow R503: it settles in cash\n")) == []
    assert codes(text(beside="  # allow R503: it settles in cash")) == []


def test_other_comments_and_blank_lines_may_stand_between():
    assert codes(text(above="# allow R503: it settles in cash\n\n# the condor\n")) == []


def test_another_line_is_not_meant():
    other = "# allow R503: elsewhere\nlet calm = VIX < 20\n"
    assert codes(HEAD + other + ENTRY.format(beside="")) == ["L014", "R504", "R503"]


@pytest.mark.parametrize("comment, expected", [
    ("# allow R503", ["L013", "R503"]),
    ("# allow R503:  ", ["L013", "R503"]),
    ("# Allow: R503 it settles in cash", []),
    ("#allow R503 it settles in cash", []),
    ("# allow r503: it settles in cash", ["L015", "R503"]),
    ("# allow R530: it settles in cash", ["L015", "R503"]),
    ("# allow no-exit: it settles in cash", ["L015", "R503"]),
    ("# allow T203: it will do", ["L016", "R503"]),
    ("# allow L014: it will do", ["L016", "R503"]),
    ("# allow R504: another code", ["L014", "R503"]),
    ("# allow the condor to run", ["R503"]),
    ("# allowance R503: prose", ["R503"]),
])  # fmt: skip
def test_what_a_comment_allows(comment, expected):
    assert codes(text(above=comment + "\n")) == expected


@pytest.mark.parametrize("comment, expected", [
    ("# allow R503, R505: switched off", []),
    ("#allow: R503,R505 switched off", []),
    ("# allow R503: switched off", ["R505"]),
    ("# allow R503, R505", ["L013", "R503", "R505"]),
    ("# allow R503, R504, R505: switched off", ["L014"]),
    ("# allow R503, T203: switched off", ["L016", "R505"]),
    ("# allow R503, limit-never-blinds: switched off", ["L015", "R505"]),
])  # fmt: skip
def test_a_comment_allows_several_codes(comment, expected):
    assert codes(text(above=comment + "\n", beside=" when VIX < 20 and VIX > 30")) == expected


def test_a_code_too_many_is_told_at_its_place():
    written = text(above="# allow R503, R504: it settles in cash\n")
    (found,) = check_text(Source("mine.rules", written))
    assert (found.code, found.span.text, found.fixes) == ("L014", "R504", ())


def test_a_code_that_does_not_exist_is_answered_with_a_near_one():
    for written in ("R530", "r503", "no-exit", "no-exits"):
        found, _ = check_text(Source("mine.rules", text(above=f"# allow {written}: why\n")))
        assert found.help == ("did you mean `R503` (no-exit)?",), written


def test_a_file_with_errors_does_not_say_that_nothing_had_to_be_allowed():
    wrong = text(above="# allow R504: used soon\nlet calm = VIX < 20 && SPX\n")
    assert codes(wrong) == ["S107", "R503"]


def test_a_book_is_made_of_a_file_that_allows():
    written = text(above="# allow R503: it settles in cash\n")
    assert book_from_text(Source("mine.rules", written)).rules[0].path == "condor"


def test_the_formatter_keeps_what_is_allowed():
    for written in (text(above="# allow R503: why\n"), text(beside="   # allow R503: why")):
        assert (
            codes(format_text(Source("mine.rules", written.replace("  size", "      size")))) == []
        )


def test_a_parent_allows_for_its_variants_and_is_judged_alone(tmp_path: Path):
    parent, variant = tmp_path / "core.rules", tmp_path / "tight.rules"
    parent.write_text(text(above="# allow R503: it settles in cash\n"))
    head = 'variant tight 1.0.0 of "core.rules"\n"Tight"\n\n'

    def found(lines):
        load = parents_of(variant, "tight.rules", tmp_path)
        return [each.code for each in check_text(Source("tight.rules", head + lines), load)]

    assert found("") == []
    assert found("add exit to condor when profit >= 50% of credit\n") == []
