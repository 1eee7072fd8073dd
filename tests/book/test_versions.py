"""The versions that the ranges of params span are those a variant with `set` would be."""

from __future__ import annotations

from math import prod

import pytest
from hedgerow.book import book_from_text, resolved_from_text
from hedgerow.book.spelling import text_from_node
from hedgerow.book.versions import ranges_of, versions_of
from hedgerow.text.source import Source
from hypothesis import given
from hypothesis import strategies as st

RULES = """strategy swept 1.0.0
"Shares, bought on calm days"

needs SPX, VIX

{params}

entry calm {{
  buy shares(SPX)
  when VIX < level and SPX > sma(SPX, 20)
  size spend share of capital
  exit when age >= held
}}
"""
LEVEL = "param level = 20 from 10 to 30 step 10"
SHARE = "param share = 50% from 25% to 75% step 25%"
HELD = "param held = 2 weeks from 7 days to 3 weeks step 1 week"


def text(*params: str) -> str:
    return RULES.format(params="\n".join(params))


def whole(written: str):
    return resolved_from_text(Source("swept.rules", written)).tree


def numbers(param: str, place: int) -> list[str]:
    params = [LEVEL, SHARE, HELD]
    params[place] = param
    found = ranges_of(whole(text(*params)))[place]
    return [text_from_node(each) for each in found.values()]


@pytest.mark.parametrize(
    "param, place, expected",
    [
        (LEVEL, 0, ["10", "20", "30"]),
        (SHARE, 1, ["25%", "50%", "75%"]),
        (HELD, 2, ["1 weeks", "2 weeks", "3 weeks"]),
        ("param share = 50% from 25% to 60% step 20%", 1, ["25%", "45%", "50%", "60%"]),
        ("param share = 50% from 25% to 75%", 1, ["25%", "50%", "75%"]),
        ("param share = 0.5% from 0% to 1% step 0.25%", 1, ["0%", "0.25%", "0.5%", "0.75%", "1%"]),
        ("param share = 50% from 50% to 50%", 1, ["50%"]),
    ],
)
def test_a_range_runs_in_steps_with_both_ends_and_what_is_written(param, place, expected):
    assert numbers(param, place) == [each.replace("1 weeks", "1 week") for each in expected]


@pytest.mark.parametrize(
    "share",
    [
        "param share = 50%",
        "param share = 50% from 25% to 75% step 25% locked",
        "param share = 2 * 25% from 25% to 75% step 25%",
    ],
)
def test_what_has_no_range_of_plain_numbers_or_is_locked_is_not_varied(share):
    found = ranges_of(whole(text(LEVEL, share, HELD)))
    assert [each.name for each in found] == ["level", "held"]


def test_each_version_is_the_book_of_the_text_with_its_numbers():
    tree = whole(text(LEVEL, SHARE, HELD))
    ranges = ranges_of(tree)
    for version in versions_of(tree, ranges):
        level, share, held = (text_from_node(each) for each in version.settings)
        written = text(
            LEVEL.replace("= 20", f"= {level}"),
            SHARE.replace("= 50%", f"= {share}"),
            HELD.replace("= 2 weeks", f"= {held}"),
        )
        book = book_from_text(Source("swept.rules", written))
        assert version.book is not None
        assert version.book.fingerprint == book.fingerprint
        assert [each.value.value for each in version.book.parameters] == [
            each.value.value for each in book.parameters
        ]


def test_one_version_is_the_file_itself():
    written = text(LEVEL, SHARE, HELD)
    tree = whole(written)
    own = book_from_text(Source("swept.rules", written)).fingerprint
    found = [each.book.fingerprint for each in versions_of(tree, ranges_of(tree)) if each.book]
    assert found.count(own) == 1
    assert len(set(found)) == len(found) == 27


def test_a_version_the_checks_refuse_has_no_book_and_says_why():
    tree = whole("""strategy stacked 1.0.0
"Two layers, the second deeper than the first"

needs SPX, VIX

param first = 15 from 15 to 35 step 10

layers hedge {
  layer one at VIX >= first {
    buy call(VIX, expiry = 30 days, strike = 30 delta)
    size spend 1% of capital
    exit when disarmed
  }
  layer two at VIX >= 30 {
    buy call(VIX, expiry = 30 days, strike = 20 delta)
    size spend 1% of capital
    exit when disarmed
  }
}
""")
    found = versions_of(tree, ranges_of(tree))
    assert [each.book is not None for each in found] == [True, True, False]
    assert "two" in found[2].mistake


@given(st.integers(1, 400), st.integers(0, 400), st.integers(1, 150), st.data())
def test_a_range_has_as_many_numbers_as_it_says(low, width, step, data):
    written = data.draw(st.integers(low, low + width))
    param = f"param level = {written} from {low} to {low + width} step {step}"
    (found,) = ranges_of(whole(text(param, "let share = 50%", "let held = 5 days")))
    values = [int(each.value) for each in found.values()]
    assert len(values) == found.count
    assert values == sorted(set(values))
    assert {low, written, low + width} <= set(values)
    assert all((each - low) % step == 0 for each in {*values} - {written, low + width})


def test_the_number_of_versions_is_told_before_they_are_made():
    step = "0." + "0" * 12 + "1"
    tree = whole(text(f"param level = 20 from 0 to 1000000 step {step}", SHARE, HELD))
    assert prod(each.count for each in ranges_of(tree)) > 10**19
