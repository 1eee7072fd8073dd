"""All independent mistakes in one run, and nothing that only follows from another."""

from hedgerow.book import check_text
from hedgerow.text.source import Source

HEAD = 'strategy mine 1.0.0\n"Mine"\n\nneeds SPX, VIX\n'
ENTRY = """
entry condor {
  sell iron_condor(SPX, expiry = 45 days, short = 16 delta, wing = 50 points)
  when calm
  size risk 10% of capital
  exit when VIX > 40
}
"""


def codes(text):
    return [found.code for found in check_text(Source("mine.rules", text))]


def test_a_clean_file_has_nothing_to_report():
    assert codes(HEAD + "let calm = VIX < 20\n" + ENTRY) == []


def test_every_argument_of_an_opening_is_looked_at():
    opening = ENTRY.replace("45 days", "45").replace("16 delta", "0.16 delta")
    opening = opening.replace("50 points", "50")
    assert codes(HEAD + "let calm = VIX < 20\n" + opening) == ["T202", "T205", "T202"]


def test_an_argument_without_a_place_hides_no_other_and_none_is_called_missing():
    opening = "buy calendar(SPX, front = 30 days, back = 60, strike = atm)"
    written = ENTRY.replace("  when calm\n", "").replace(
        "sell iron_condor(SPX, expiry = 45 days, short = 16 delta, wing = 50 points)", opening
    )
    assert codes(HEAD + written) == ["N101", "N101", "T202"]


def test_a_line_that_can_not_be_read_hides_its_own_names_and_no_others():
    broken = "let calm = VIX < 20 && VIX > 10\n"
    assert codes(HEAD + broken + ENTRY) == ["S107"]
    assert codes(HEAD + broken + ENTRY.replace("VIX > 40", "VXI > 40")) == ["S107", "N102"]
    assert codes(HEAD + broken + ENTRY.replace("when calm", "when clam")) == ["S107", "N101"]


def test_series_of_a_needs_that_can_not_be_read_are_not_called_undeclared():
    assert codes(HEAD.replace("SPX, VIX", "SPX VIX") + "let calm = VIX < 20\n" + ENTRY) == ["S101"]


def test_mistakes_of_reading_units_names_and_sizes_come_back_together():
    text = HEAD + "let calm = VIX < 20 && VIX > 10\n" + ENTRY
    text = text.replace("45 days", "45").replace("10% of capital", "10%").replace("VIX > 40", "VXI")
    assert codes(text) == ["S107", "T202", "T204", "N102"]


def test_what_a_refused_let_means_is_not_reported_again_where_it_is_used():
    assert codes(HEAD + "let calm = VIX < 20%\n" + ENTRY) == ["T203"]


def test_an_argument_may_be_a_param_of_the_same_name():
    text = HEAD + "param expiry = 45 days\n" + ENTRY.replace("when calm", "when VIX < 20")
    assert codes(text.replace("expiry = 45 days,", "expiry = expiry,")) == []
    single = text.replace("iron_condor(SPX, expiry = 45 days, short = 16 delta, wing = 50 points)",
                          "put(SPX, expiry = expiry, strike = 16 delta)")  # fmt: skip
    assert codes(single) == []


def test_defaults_that_name_each_other_are_missing():
    structure = """
structure round(U, near = far, far = near) {
  leg: sell put(U, expiry = near, strike = 16 delta)
}
"""
    text = HEAD + structure + ENTRY.replace("when calm", "when VIX < 20")
    call = "iron_condor(SPX, expiry = 45 days, short = 16 delta, wing = 50 points)"
    assert codes(text.replace(call, "round(SPX)")) == ["N107"]


def test_a_structure_made_of_structures_is_reported_where_it_is_written():
    inner = "structure inner(U) {\n  low: buy put(U, expiry = 30 days, strike = 10 delta)\n}\n"
    outer = "structure outer(U) {\n  low: buy inner(U)\n}\n"
    opened = ENTRY.replace(
        "sell iron_condor(SPX, expiry = 45 days, short = 16 delta, wing = 50 points)",
        "buy outer(SPX)",
    )
    assert codes(HEAD + "let calm = VIX < 20\n" + inner + outer + opened) == ["N101"]


def test_a_hundred_and_fifty_legs_of_one_name_are_told_apart():
    line = "  buy put(SPX, expiry = 45 days, strike = 10 delta)\n"
    opened = ENTRY.replace("  when calm\n", line * 150 + "  when calm\n")
    assert "N107" not in codes(HEAD + "let calm = VIX < 20\n" + opened)
