"""Differences in meaning: all of them, and nothing else."""

import pytest
from hedgerow.book.difference import Kind, differences
from hedgerow.book.place import Holds
from hedgerow.book.places import places_of
from hedgerow.language import tree as nodes
from hedgerow.language.from_text import tree_from_text
from hedgerow.language.to_text import canonical_text, format_text
from hedgerow.text.source import Source
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.book.families import CORE, variant, whole
from tests.book.test_variant import other_numbers
from tests.rule_files import rule_files


def read(text: str) -> nodes.Tree:
    return tree_from_text(Source("a.rules", text))[0]


def told(before: str, after: str) -> list[str]:
    return [
        f"{each.path} {each.kind}: {each.before} -> {each.after}"
        for each in differences(read(before), read(after))
    ]


def changed(before: str, after: str) -> list[str]:
    assert before in CORE
    return told(CORE, CORE.replace(before, after, 1))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1.50 sd", "1.5 sd"),
        ("6 weeks", "42 days"),
        ("short = short_distance, wing = 50 points", "wing = 50 points, short = short_distance"),
        (
            "    when calm\n    size risk 40% of capital",
            "    size risk 40% of capital\n    when calm",
        ),
        ("    size risk", "    at most 1 open\n    size risk"),
        ("let calm", "# a comment\n\n\nlet   calm"),
        ('core 1.0.0\n"A parent"', 'other 2.0.0\n"Another"'),
        ("needs SPX, VIX", "needs VIX\nneeds SPX"),
        ("layers condors", "sd = implied\nlayers condors"),
    ],
)
def test_other_words_for_the_same_are_no_difference(before: str, after: str) -> None:
    assert changed(before, after) == []


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("wing = 50", "wing = 75", "condors.base.wing changed: 50 points -> 75 points"),
        ("= 1.50 sd", "= 2 sd", "short_distance changed: 1.50 sd -> 2 sd"),
        (" step 0.25 sd", "", "short_distance.step dropped: 0.25 sd -> None"),
        (" locked", "", "coverage.locked dropped: true -> None"),
        ("SPX - 3.2%", "SPX + 3.2%", "spike.SPX changed: -3.2% -> 3.2%"),
        ("risk 40%", "spend 40%",
         "condors.base.size changed: risk 40% of capital -> spend 40% of capital"),
        ("    when calm\n", "", "condors.base.when dropped: calm -> None"),
        (' "stop"', ' "Stop!"', "condors.base.exit.stop changed: "
         'profit <= -200% of credit "stop" -> profit <= -200% of credit "Stop!"'),
        ("sell iron_condor", "sell iron_butterfly",
         "condors.base.sell changed: iron_condor -> iron_butterfly"),
        ("needs SPX, VIX", "needs SPX\nwants VIX", "VIX changed: needs VIX -> wants VIX"),
        ("layers condors", "sd = realized(20 sessions)\nlayers condors",
         "sd added: None -> realized(20 sessions)"),
    ],
)  # fmt: skip
def test_a_difference_is_told_by_its_path_with_units(before: str, after: str, line: str) -> None:
    assert changed(before, after) == [line]


def test_of_what_is_gone_the_parts_are_not_listed() -> None:
    without = CORE[: CORE.index("layers hedge")]
    assert told(CORE, without) == ["hedge dropped: layers hedge -> None"]
    assert told(without, CORE) == ["hedge added: None -> layers hedge"]


def test_the_order_of_rules_is_a_difference_and_of_declarations_none() -> None:
    condors, hedge = CORE.index("layers condors"), CORE.index("layers hedge")
    swapped = CORE[:condors] + CORE[hedge:] + CORE[condors:hedge]
    assert told(CORE, swapped) == ["rules reordered: condors, hedge -> hedge, condors"]
    param = CORE[CORE.index("param cov") : CORE.index("let calm")]
    assert told(CORE, CORE.replace(param, "") + param) == []


@given(rule_files())
@settings(max_examples=30)
def test_nothing_differs_from_itself_in_any_layout(text: str) -> None:
    file = read(text)
    for other in (text, canonical_text(file), format_text(Source("a.rules", f"# a\n\n{text}"))):
        assert differences(file, read(other)) == ()


@given(other_numbers())
@settings(max_examples=30)
def test_a_variant_differs_in_what_it_sets_and_in_nothing_else(drawn) -> None:
    text, lines = drawn
    together, _ = whole(variant(*lines), core=text)
    found = differences(read(text), together.tree)

    expected = {line.split()[1] for line in lines if line.startswith("set")}
    changes = {each.path for each in found if each.kind is Kind.CHANGED}
    assert changes == expected
    assert len(found) - len(changes) == sum(line.startswith("add") for line in lines)


@given(rule_files(), st.data())
@settings(max_examples=30)
def test_differences_turn_around(text: str, data: st.DataObject) -> None:
    file = read(text)
    paths = [each.path for each in places_of(file) if each.whole and each.holds is Holds.NOTHING]
    together, _ = whole(variant(f"drop {data.draw(st.sampled_from(paths))}"), core=text)
    there = differences(file, together.tree)
    back = differences(together.tree, file)

    turned = {Kind.ADDED: Kind.DROPPED, Kind.DROPPED: Kind.ADDED}
    assert [(each.path, turned[each.kind]) for each in there] == [
        (each.path, each.kind) for each in back
    ]
