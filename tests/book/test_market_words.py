"""What may be said of options and futures at a close, and how mistakes are answered."""

import pytest
from hedgerow.book import book_from_text, check_text
from hedgerow.text.source import Source
from hedgerow.vocabulary.units import Kind

RULE = """strategy implied 1.0.0
"Implied values"

needs SPX, VIX

entry dip {
  buy shares(SPX)
  when CONDITION
  size 1 contracts
  exit when VIX > 40
}
"""


def source(condition: str) -> Source:
    return Source("implied.rules", RULE.replace("CONDITION", condition))


@pytest.mark.parametrize("written, constants, kind", [
    ("future(VIX, 2) > 20", (2.0,), Kind.LEVEL),
    ("future(VIX, rank = 2) > VIX", (2.0,), Kind.LEVEL),
    ("implied_vol(SPX, 30 days, 25 delta) > 20%", (30.0, 0.25), Kind.RATIO),
    ("implied_vol(SPX, 2 weeks) > realized_vol(SPX, 20)", (14.0, 0.5), Kind.RATIO),
    ("implied_vol(SPX, 30 days, atm) > 20%", (30.0, 0.5), Kind.RATIO),
    ("skew(SPX, 30 days) > 4 pp", (30.0,), Kind.RATIO_DIFFERENCE),
    ("expected_move(VIX, 30 days) > 3 points", (30.0,), Kind.POINTS),
])  # fmt: skip
def test_what_can_be_said_of_options_and_futures(written, constants, kind):
    word, _ = book_from_text(source(written)).rules[0].when.operands
    assert (word.constants, word.kind) == (constants, kind)


@pytest.mark.parametrize("written, code, message", [
    ("future(SPX, 1) > 15", "N107", "`future` is known of `VIX`, not of `SPX`"),
    ("future(VIX, 1.5) > 15", "T207", "`rank` of `future` is a whole number from 1 to 6"),
    ("future(VIX, 0) > 15", "T207", "`rank` of `future` is a whole number from 1 to 6"),
    ("future(VIX) > 15", "N107", "`future` lacks rank"),
    ("implied_vol(SPX[1], 30 days) > 20%", "N107",
     "`implied_vol` is known of what has options, not of `SPX[1]`"),
    ("implied_vol(SPX, 30) > 20%", "T202",
     "`tenor` of `implied_vol` is calendar days, and `30` has no unit"),
    ("implied_vol(SPX, 30 days) > 20", "T202", "`20` has no unit beside a ratio"),
    ("skew(SPX, 900 days) > 4 pp", "T207", "`tenor` of `skew` is from 1 to 730"),
    ("skew(SPX, 30 days) > 4%", "T203", None),
    ("implied_vol(VXX, 30 days) > 20%", "N102", "`VXX` is not declared"),
])  # fmt: skip
def test_a_mistake_is_answered_in_the_words_of_the_rule(written, code, message):
    (found,) = check_text(source(written))
    assert found.code == code
    assert message in (found.message, None)
