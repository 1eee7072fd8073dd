"""The built-in structures, as they stand in the language."""

from __future__ import annotations

import pytest
from hedgerow.language import tree
from hedgerow.language.from_text import tree_from_text
from hedgerow.text.source import Source
from hedgerow.vocabulary.structures import PRELUDE, PRIMITIVES, leg_name, prelude

FILE, FOUND = tree_from_text(Source(PRELUDE, f"strategy prelude 1.0.0\n{prelude()}"))
STRUCTURES = {each.name: each for each in FILE.statements if isinstance(each, tree.Structure)}


def sides(structure: str, action: str) -> dict[str, int]:
    """Contracts a unit of each leg: + bought, - sold."""
    return dict(leg_name(leg.name, action, leg.action) for leg in STRUCTURES[structure].legs)


def names_in(node: object) -> set[str]:
    if isinstance(node, tree.Name):
        return {node.parts[0]}
    if isinstance(node, tree.Binary):
        return names_in(node.left) | names_in(node.right)
    return set()


def test_the_prelude_is_written_in_the_language():
    assert FOUND == ()
    assert set(STRUCTURES) == {
        "put_spread", "call_spread", "iron_condor", "iron_butterfly", "strangle", "straddle",
        "put_ratio_spread", "call_ratio_spread", "collar", "calendar", "put_diagonal",
        "call_diagonal", "future_spread",
    }  # fmt: skip


@pytest.mark.parametrize("structure", STRUCTURES.values(), ids=list(STRUCTURES))
def test_a_leg_is_a_contract_of_parameters_and_earlier_legs(structure):
    known = {each.name for each in structure.parameters} | {"atm"}
    for leg in structure.legs:
        wanted = PRIMITIVES[leg.structure.function.parts[0]]
        first, *others = leg.structure.arguments
        assert (first.name, first.value) == (None, tree.Name(("U",), span=first.span))
        assert tuple(each.name for each in others) == wanted
        for argument in others:
            assert names_in(argument.value) <= known
        known.add(leg.name)


@pytest.mark.parametrize("structure", STRUCTURES.values(), ids=list(STRUCTURES))
def test_a_default_is_another_parameter_at_the_money_or_a_number(structure):
    names = [each.name for each in structure.parameters]
    assert names[0] == "U"
    for at, parameter in enumerate(structure.parameters):
        assert names_in(parameter.default) <= {*names[:at], "atm"}


def test_a_leg_is_written_as_its_name_says():
    actions = {"short": "sell", "long": "buy"}
    for structure in STRUCTURES.values():
        for leg in structure.legs:
            assert leg.action == actions.get(leg.name.partition("_")[0], leg.action)


def test_only_ratio_spreads_hold_more_of_one_leg():
    counted = {
        f"{name}.{leg.name}": names_in(leg.ratio)
        for name, structure in STRUCTURES.items()
        for leg in structure.legs
        if leg.ratio is not None
    }
    assert counted == {
        "put_ratio_spread.long_put": {"ratio"},
        "call_ratio_spread.long_call": {"ratio"},
    }


@pytest.mark.parametrize("action", ["buy", "sell"])
def test_short_and_long_legs_keep_their_side(action):
    assert sides("iron_condor", action) == {
        "short_put": -1, "long_put": 1, "short_call": -1, "long_call": 1,
    }  # fmt: skip


def test_other_legs_follow_the_action_and_say_so():
    assert sides("strangle", "buy") == {"long_put": 1, "long_call": 1}
    assert sides("strangle", "sell") == {"short_put": -1, "short_call": -1}
    assert sides("future_spread", "buy") == {"long_near_future": 1, "short_far_future": -1}
    assert sides("call_diagonal", "buy") == {"short_near_call": -1, "long_far_call": 1}
    assert sides("call_diagonal", "sell") == {"long_near_call": 1, "short_far_call": -1}
    assert leg_name("call", "buy", "buy") == ("long_call", 1)
