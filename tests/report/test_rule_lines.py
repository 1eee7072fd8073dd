from __future__ import annotations

from hedgerow.report.rule_lines import Change, line_pairs
from hypothesis import given
from hypothesis import strategies as st

TEXTS = st.lists(st.sampled_from(["layer a {", "  size 1", "  size 2", "}", ""]), max_size=12).map(
    "\n".join
)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_back_from_the_pairs(before, after):
    pairs = line_pairs(before, after)
    assert [pair.before.text for pair in pairs if pair.before] == before.splitlines()
    assert [pair.after.text for pair in pairs if pair.after] == after.splitlines()
    assert [pair.before.number for pair in pairs if pair.before] == list(
        range(1, len(before.splitlines()) + 1)
    )
    for pair in pairs:
        same = pair.before and pair.after and pair.before.text == pair.after.text
        assert bool(same) == (pair.change is Change.SAME)


def test_each_kind_of_change_is_told_apart():
    pairs = line_pairs("a\nb\nc\nd", "a\nB\nc\nd\ne")
    assert [pair.change.value for pair in pairs] == ["same", "changed", "same", "same", "added"]
    assert line_pairs("a\nb", "a")[-1].change is Change.REMOVED
