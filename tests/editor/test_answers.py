"""What an editor is told at a place, asked of the pure functions."""

import re

import pytest
from hedgerow.editor.completion import completions
from hedgerow.editor.document import Document
from hedgerow.editor.fixes import offers, safe_edits
from hedgerow.editor.hover import hover
from hedgerow.editor.layout import formatted
from hedgerow.editor.navigation import definition, outline, uses
from hedgerow.editor.positions import Position, Positions, Units
from hedgerow.editor.proposals import Sort
from hedgerow.editor.rename import Refused, renamable, rename
from hedgerow.editor.symbols import occurrences
from hedgerow.vocabulary.shocks import SHOCKS, episodes
from hedgerow.vocabulary.structures import PRELUDE
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.editor.typing_texts import CORE, edited, texts

HEAD = """strategy small 1.0.0

needs SPX, VIX
wants VIX3M
events FOMC

param part = 25% from 10% to 50% step 5%
let fear = rsi(VIX, 14)

shock spike {
  VIX + 6 points
}

entry base {
  let near = SPX - 50 points
  sell put_spread(SPX, expiry = 45 days, short = 30 delta, wing = 50 points)
  when VIX > 20
  size risk part of capital
  exit when profit >= 50% of credit
}

"""


def at_cursor(text):
    """The document without its `|`, and where that stood."""
    offset = text.index("|")
    return Document("file", text.replace("|", "", 1)), offset


def proposed(text):
    return [each.label for each in completions(*at_cursor(text)).proposals]


def in_base(line):
    return HEAD.replace("  when VIX > 20\n", f"  {line}\n")


# --- completion ------------------------------------------------------------------------------


def test_a_claim_is_completed_with_results_and_a_rule_is_not():
    claimed = proposed(HEAD + 'claim "c" against plain {\n  max_drawdown < |\n}\n')
    assert {"sharpe", "max_drawdown", "baseline"} <= set(claimed)
    assert "VIX" not in claimed
    assert "sharpe" in proposed(HEAD + 'claim "c" against plain {\n  sharpe > baseline.|\n}\n')
    assert "sharpe" not in proposed(in_base("when VIX > |"))


def test_a_result_says_what_it_is_and_that_only_claims_know_it():
    told = hover(*at_cursor(HEAD + 'claim "c" against plain {\n  shar|pe > 1\n}\n'))
    assert told is not None
    assert "standard deviation" in told.text and "for claims" in told.text


def test_a_fresh_line_of_an_entry_proposes_its_clauses():
    found = proposed(in_base("|"))
    assert {"buy", "sell", "when", "size", "exit", "roll", "at most", "let"} <= set(found)
    assert "layers" not in found


def test_a_fresh_line_of_the_file_proposes_statements_but_no_second_header():
    found = proposed(HEAD + "|\n")
    assert {"param", "let", "entry", "layers", "limit"} <= set(found)
    assert not {"strategy", "variant", "set", "drop", "size"} & set(found)


def test_an_empty_file_proposes_its_first_line():
    assert {"strategy", "variant"} <= set(proposed("|"))


def test_a_layer_proposes_what_follows_its_threshold():
    assert "until" in proposed(HEAD + "layers hedge {\n  layer one at VIX > 20 |\n}\n")


def test_an_action_proposes_structures():
    found = proposed(in_base("sell |"))
    assert {"iron_condor", "put", "calendar"} <= set(found)
    assert "rsi" not in found


def test_a_structure_proposes_series_first_then_its_own_arguments():
    assert proposed(in_base("sell iron_condor(|)"))[:2] == ["SPX", "VIX"]
    found = proposed(in_base("sell iron_condor(SPX, expiry = 45 days, |)"))
    assert {"short", "wing", "put_wing"} <= set(found)
    assert "expiry" not in found


def test_a_call_over_several_lines_is_one_call():
    found = proposed(in_base("sell iron_condor(\n    SPX,\n    short = 1 sd,\n    |"))
    assert "wing" in found
    assert "short" not in found


def test_a_line_that_begins_with_a_clause_ends_a_call_left_open():
    found = proposed(in_base("sell iron_condor(SPX,\n  when base.age > 5 |"))
    assert "days" in found
    assert "wing" not in found


def test_a_condition_proposes_values_series_measures_and_words():
    found = proposed(in_base("when |"))
    assert {"part", "fear", "near", "SPX", "VIX3M", "profit"} <= set(found)
    assert {"short_put", "rsi", "all"} <= set(found)
    assert found.index("fear") < found.index("rsi")


def test_a_local_value_is_not_proposed_outside_of_its_rule():
    assert "near" not in proposed(HEAD + "let other = |\n")


def test_a_dot_proposes_what_the_name_before_it_has():
    assert proposed(in_base("when SPX.|")) == ["open", "high", "low", "close"]
    assert {"short_put", "long_put", "profit", "age"} <= set(proposed(in_base("when base.|")))
    legs = proposed(in_base("when base.short_put.|"))
    assert {"delta", "strike", "itm"} <= set(legs)
    assert "profit" not in legs


def test_a_shock_is_proposed_where_one_is_meant():
    found = completions(*at_cursor(in_base("when loss(base, |) > $100"))).proposals
    shocks = [each.label for each in found if each.sort is not Sort.KEYWORD]
    assert shocks == ["spike", *episodes()]


def test_a_calendar_is_proposed_behind_before():
    assert proposed(in_base("when within 2 sessions before |"))[0] == "FOMC"


@pytest.mark.parametrize("line, fitting, others", [
    ("when base.age > 5 |", {"days", "weeks", "months"}, {"%", "sd", "sessions"}),
    ("when VIX > SPX - 5 |", {"points"}, {"days", "delta"}),
    ("size risk 5 |", {"%"}, {"days", "points"}),
    ("size 2 |", {"contracts"}, {"%"}),
    ("sell call(SPX, expiry = 4 |", {"days", "weeks"}, {"points", "sessions"}),
    ("sell call(SPX, expiry = 4 days, strike = 3 |", {"delta", "sd", "%", "points"}, {"days"}),
    ("when VIX > 20 for 3 |", {"sessions"}, {"days"}),
    ("when within 3 |", {"sessions"}, {"days"}),
    ("when rsi(VIX, 14 |", {"sessions"}, {"days", "%"}),
    ("when base.age between 5 |", {"days"}, {"points"}),
    ("when part > 5 |", {"%"}, {"days", "points"}),
    ("exit when profit >= 50 | of credit", {"%", "x"}, {"days"}),
    ("exit when profit >= 50 |", {"%", "x"}, {"days", "points"}),
])  # fmt: skip
def test_only_units_that_fit_are_proposed_behind_a_number(line, fitting, others):
    found = set(proposed(in_base(line)))
    assert fitting <= found
    assert not others & found


def test_a_unit_right_behind_a_number_brings_its_space():
    found = completions(*at_cursor(in_base("sell call(SPX, expiry = 45|"))).proposals
    assert next(each for each in found if each.label == "days").line == " days"


@pytest.mark.parametrize("line", ["# when |", 'exit when VIX > 9 "why |', "let |", "param |"])
def test_nothing_is_proposed_in_comments_texts_and_new_names(line):
    assert proposed(in_base(line)) == []


# --- hover -----------------------------------------------------------------------------------


@pytest.mark.parametrize("line, told", [
    ("when |part > 20%", ["param part = 25%", "a ratio, 0.25"]),
    ("when |near < 5", ["let near", "a level"]),
    ("when |VIX3M > 5", ["wanted"]),
    ("when |base is open", ["put_spread"]),
    ("when |rsi(VIX, 14) > 5", ["rsi(series, window = 14)", "a pure number", "14 sessions"]),
    ("when base.|age > 6 weeks", ["calendar days"]),
    ("when age > |6 weeks", ["calendar days: 42 days"]),
    ("when part > |40%", ["a ratio: 0.4"]),
    ("|when VIX > 1", ["only in sessions"]),
    ("sell |iron_condor(SPX)", ["structure iron_condor", "short_put"]),
    ("when base.|short_put.itm", ["leg"]),
    ("size cover 5% of loss(base, |spike)", ["VIX + 6 points"]),
])  # fmt: skip
def test_hover_tells_kind_value_and_source(line, told):
    found = hover(*at_cursor(in_base(line)))
    assert found is not None
    for each in told:
        assert each in found.text


def test_hover_says_nothing_in_a_comment():
    assert hover(*at_cursor(in_base("# par|t"))) is None


# --- names -----------------------------------------------------------------------------------


@pytest.mark.parametrize("line, declared", [
    ("when pa|rt > 20%", "part = 25%"),
    ("when ne|ar > 5", "near = SPX"),
    ("when VI|X > 5", "VIX\nwants"),
    ("when ba|se.age > 5 days", "base {"),
    ("when loss(base, spi|ke) > $5", "spike {"),
])  # fmt: skip
def test_a_name_leads_to_its_declaration(line, declared):
    document, offset = at_cursor(in_base(line))
    found = definition(document, offset)
    assert document.source.text[found.start :].startswith(declared)


def test_a_built_in_structure_leads_to_the_prelude():
    document, offset = at_cursor(in_base("sell iron_co|ndor(SPX)"))
    found = definition(document, offset)
    assert found.source.name == PRELUDE
    assert found.text == "iron_condor"


def test_a_shock_that_happened_leads_to_the_library_and_says_when_that_was():
    document, offset = at_cursor(in_base("when loss(base, crash_|1987) > $100"))
    found = definition(document, offset)
    assert (found.source.name, found.text) == (SHOCKS, "crash_1987")
    assert "# 1987-10-16 to 1987-10-19: Black Monday" in hover(document, offset).text


def test_a_layer_is_found_by_its_stack_and_by_its_short_name():
    document = Document("file", CORE)
    assert len(uses(document, CORE.index("layer base") + 6)) == 3
    assert len(uses(document, CORE.index("layers condors") + 8)) == 9


def applied(text, edits):
    for edit in sorted(edits, key=lambda each: -each.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.stop :]
    return text


def test_renaming_changes_every_use_and_no_mistake():
    document = Document("file", CORE)
    edits = rename(document, CORE.index("layers condors") + 7, "income")
    text = applied(CORE, edits)
    rules = re.sub(r"\".*?\"", "", text.split("needs", 1)[1])
    assert "condors" not in rules
    assert Document("file", text).diagnostics == ()


@pytest.mark.parametrize("name", ["when", "fear", "Fear", "9a", "rsi", "spike", "base", "", "a b"])
def test_a_name_that_is_taken_or_none_is_refused(name):
    document, offset = at_cursor(HEAD.replace("param part", "param pa|rt"))
    assert isinstance(rename(document, offset, name), Refused)


def test_a_name_that_would_be_captured_by_a_local_one_is_refused():
    document, offset = at_cursor(HEAD.replace("param part", "param pa|rt"))
    assert isinstance(rename(document, offset, "near"), Refused)


def test_series_and_words_are_not_renamed():
    assert isinstance(renamable(*at_cursor(in_base("when V|IX > 5"))), Refused)
    assert isinstance(renamable(*at_cursor(in_base("when r|si(VIX) > 5"))), Refused)


@settings(max_examples=25)
@given(st.data())
def test_a_renamed_file_has_the_mistakes_it_had(data):
    text = data.draw(edited(most=2))
    document = Document("file", text)
    found = [each for each in occurrences(document) if each.declares]
    if not found:
        return
    chosen = data.draw(st.sampled_from(found))
    edits = rename(document, chosen.span.start, "entirely_new")
    if not isinstance(edits, Refused):
        after = Document("file", applied(document.source.text, edits))
        codes = sorted(each.code for each in document.diagnostics)
        assert sorted(each.code for each in after.diagnostics) == codes


# --- fixes and layout --------------------------------------------------------------------------


def test_a_guess_says_so_and_stands_behind_what_is_safe():
    document = Document("file", in_base("when VIX > 1,000\n  exit when VIX > 9 'why'"))
    found = offers(document, 0, len(document.source.text))
    assert [each.safe for each in found] == sorted((each.safe for each in found), reverse=True)
    assert any("guess" in each.title for each in found)


def test_safe_fixes_leave_nothing_safe_to_fix():
    document = Document("file", in_base("exit when short_put.delta > 0.3 delta 'why'"))
    edits = safe_edits(document)
    assert edits
    assert safe_edits(Document("file", applied(document.source.text, edits))) == ()


def test_a_formatted_file_keeps_its_line_ends():
    text = CORE.replace("    size", "  size").replace("\n", "\r\n")
    assert formatted(Document("file", text)) == CORE.replace("\n", "\r\n")
    assert formatted(Document("file", CORE + "when")) is None


def test_the_outline_has_layers_under_their_stack():
    items = outline(Document("file", CORE))
    found = {each.name: [child.name for child in each.children] for each in items}
    assert found["hedge"] == ["first", "second", "third"]
    assert found["coverage"] == []


# --- positions ---------------------------------------------------------------------------------


def test_an_emoji_counts_two_in_utf_16():
    text = "# \U0001f600 x\r\nVIX"
    assert Positions(text).offset(Position(0, 5)) == 4
    assert Positions(text).position(4) == Position(0, 5)
    assert Positions(text, Units.UTF8).position(4) == Position(0, 7)
    assert Positions(text).offset(Position(1, 99)) == len(text)


@given(st.text(), st.sampled_from(Units))
def test_every_character_has_a_position_that_leads_back(text, units):
    positions = Positions(text, units)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] != "\r\n" or not offset:
            assert positions.offset(positions.position(offset)) == offset


@given(st.text(max_size=50), st.sampled_from(Units), st.integers(-5, 60), st.integers(-5, 60))
def test_no_position_is_refused(text, units, line, column):
    assert 0 <= Positions(text, units).offset(Position(line, column)) <= len(text)


# --- any text ----------------------------------------------------------------------------------


@settings(max_examples=80)
@given(texts, st.data())
def test_every_question_is_answered_on_any_text(text, data):
    document = Document("file", text)
    offset = data.draw(st.integers(0, len(text)))
    for proposal in completions(document, offset).proposals:
        assert proposal.label
    hover(document, offset)
    definition(document, offset)
    uses(document, offset)
    rename(document, offset, "entirely_new")
    offers(document, offset, len(text))
    safe_edits(document)
    formatted(document)
    outline(document)
