"""Conditions that can't do what they look like; and nothing is called so that can."""

from __future__ import annotations

import operator
from pathlib import Path

import pytest
from hedgerow.book import check_text
from hedgerow.text.parents import parents_of
from hedgerow.text.source import Source
from hypothesis import given, settings
from hypothesis import strategies as st

HEAD = """strategy mine 1.0.0
"Mine"

needs SPX, VIX

param level = 20 points from 15 points to 25 points
param free = 20 points

shock spike {
  VIX + 6 points
}

"""
LINTS = {
    "R505",
    "R506",
    "R507",
    "R508",
    "R509",
    "R510",
    "R511",
    "R512",
    "R513",
    "R514",
    "R515",
    "R516",
}


def lints(text):
    """Codes of this kind, in order of place; nothing else is wrong with the text."""
    found = check_text(Source("mine.rules", HEAD + text))
    assert not [each for each in found if each.severity == "error"], found
    return [each.code for each in found if each.code in LINTS]


def entry(when, name="dip", exit="VIX > 40"):
    return (
        f"entry {name} {{\n  buy put(SPX, expiry = 30 days, strike = 30 delta)\n  when {when}\n"
        f"  size spend 1% of capital\n  exit when {exit}\n}}\n"
    )


def stack(*layers):
    """Layers of (at, until, when, size)."""
    lines = [
        f"  layer l{number} at {at} until {until} {{\n"
        f"    buy call(VIX, expiry = 30 days, strike = 30 delta)\n    when {when}\n"
        f"    size {size}\n    exit when disarmed\n  }}\n"
        for number, (at, until, when, size) in enumerate(layers, 1)
    ]
    return "layers hedge {\n" + "".join(lines) + "}\n"


@pytest.mark.parametrize("condition", [
    "VIX < 20 and VIX > 30",
    "VIX < 20 and not VIX < 20",
    "VIX > 20 and VIX <= 20",
    "VIX between 20 and 30 and VIX > 30",
    "VIX between 30 and 20",
    "(VIX < 20 or VIX > 30) and VIX == 25",
    "VIX < 0",
    "VIX > VIX",
    "rsi(VIX, 14) > 100",
    "correlation(SPX, VIX, 20) < -1",
    "SPX > sma(SPX, 50) and SPX < sma(SPX, 50)",
    "SPX > sma(SPX, 50) and sma(SPX, 50) > SPX",
    "SPX crosses above sma(SPX, 50) and SPX < sma(SPX, 50)",
    "VIX > 30 for 3 sessions and VIX < 30",
    "(VIX < 20 and VIX > 30) within last 5 sessions",
    "weekday == friday and weekday == monday",
    "month == march and month == may",
    "(if VIX > 20 then 1 else 2) > 3",
    "drawdown < 0",
    "VIX - level < -30",
    "count(dip) < 0",
])  # fmt: skip
def test_a_condition_that_no_market_makes_true(condition):
    assert lints(entry(condition)) == ["R505"]


@pytest.mark.parametrize("condition", [
    "VIX >= 0",
    "VIX < 30 or VIX > 20",
    "not (VIX < 20 and VIX > 30)",
    "rsi(VIX, 14) between 0 and 100",
    "SPX >= SPX",
    "drawdown >= 0%",
])  # fmt: skip
def test_a_condition_that_every_market_makes_true(condition):
    assert lints(entry(condition)) == ["R506"]


@pytest.mark.parametrize("condition", [
    "true",
    "false",
    "VIX >= 20 and VIX <= 20",
    "VIX > 20 and VIX[1] < 20",
    "VIX - level > 0 and VIX - level < 1",
    "VIX - free < -100",
    "VIX < 20 and SPX > 30",
    "VIX.open < 20 and VIX > 30",
    "rsi(VIX, 14) > 70 and rsi(VIX, 15) < 30",
    "VIX < 20 within last 5 sessions and VIX > 30",
    "VIX > 30 and not (VIX > 30 for 3 sessions)",
    "no dip open and (count(dip) == 0 or dip.profit > 0)",
    "(dip.profit otherwise $0) >= 0",
    "(max_loss(book) otherwise 0) < 10% of capital",
    "(dip.age > 3 days otherwise true)",
    "dip.age > 3 days or VIX > 20",
    "drawdown < 110%",
    "sessions since (VIX > 30) >= 3 sessions",
])  # fmt: skip
def test_a_condition_that_waits_for_a_market(condition):
    assert lints(entry(condition)) == []


def test_a_part_that_decides_nothing():
    assert lints(entry("VIX > 20 and rsi(VIX, 14) <= 100")) == ["R506"]
    assert lints(entry("VIX > 20 or rsi(VIX, 14) > 100")) == ["R505"]


def test_exits_layers_and_limits_are_looked_at_too():
    assert lints(entry("VIX > 20", exit="age < 0 days")) == ["R505"]
    assert lints(stack(("VIX < 0", "VIX > 3", "SPX > 2000", "spend 1% of capital"))) == ["R505"]
    assert lints(entry("VIX > 20") + "limit margin >= 0\n") == ["R510"]
    assert lints(entry("VIX > 20") + "limit margin < 0\n") == ["R505"]
    assert lints(entry("VIX > 20") + "limit drawdown <= 20%\n") == []


def test_a_layer_that_is_never_armed_when_it_looks():
    calm = ("VIX >= 20", "VIX < 18", "VIX < 15", "spend 1% of capital")
    assert lints(stack(calm)) == ["R507"]
    assert lints(stack((*calm[:2], "VIX < 19", "spend 1% of capital"))) == []
    first = ("SPX < 2000", "SPX > 2500", "VIX > 15", "spend 1% of capital")
    second = ("SPX > 3000", "VIX < 12", "VIX > 15", "spend 1% of capital")
    assert lints(stack(first, second)) == ["R507"]


def test_a_rule_that_waits_for_itself():
    assert lints(entry("dip is open")) == ["R508"]
    assert lints(entry("dip.age > 3 days and VIX > 20")) == ["R508"]
    assert lints(entry("count(dip) >= 1")) == ["R508"]
    assert lints(entry("other is open") + entry("dip is open", "other")) == ["R508", "R508"]
    assert lints(entry("max_loss(book) < 10% of capital")) == ["R508"]
    assert lints(entry("irr(book) > 5%")) == ["R508"]
    assert lints(entry("other is open") + entry("no dip open", "other")) == []


def test_a_long_row_of_rules_that_wait_for_the_one_before_is_fine():
    rules = [entry("VIX > 20", "r0")]
    rules += [entry(f"r{number - 1} is open", f"r{number}") for number in range(1, 60)]
    assert lints("".join(reversed(rules))) == []


def test_parts_of_one_stack_beyond_the_whole():
    def sized(*sizes):
        return stack(*((f"VIX >= {20 + at}", "VIX < 18", "SPX > 2000", size)
                       for at, size in enumerate(sizes)))  # fmt: skip

    assert lints(sized("spend 60% of capital", "spend 50% of capital")) == ["R509"]
    assert lints(sized("spend 60% of capital", "spend 40% of capital")) == []
    assert lints(sized("spend 60% of capital", "spend 50% of cash")) == []
    part = "spend {}% of 25% of capital"
    assert lints(sized(part.format(60), part.format(50))) == ["R509"]
    twice = sized("spend 60% of capital", "spend 30% of capital\n    at most 2 open")
    assert lints(twice) == ["R509"]


def test_a_window_of_one_session():
    assert lints(entry("VIX > 20 for 1 session")) == ["R511"]
    assert lints(entry("VIX > 20 within last 1 sessions")) == ["R511"]
    assert lints(entry("VIX rises for 1 session")) == []


CONDOR = "sell iron_condor(SPX, expiry = 45 days, short = {short}, wing = {wing})"
POINTS = CONDOR.format(short="1.5 sd", wing="50 points")


def sold(opening, exit, more="", name="base"):
    return (
        f"param part = 120% from 110% to 200%\nparam loose = 150%\nentry {name} {{\n  {opening}\n"
        f"  size spend 10% of capital\n  exit when {exit}\n{more}}}\n"
    )


@pytest.mark.parametrize("exit", [
    "profit >= 150% of credit",
    "profit > credit",
    "150% of credit <= profit",
    "profit crosses above 100% of credit",
    "profit >= credit * 2",
    "profit >= 150% of 80% of credit",
    "profit / credit >= 150%",
    "profit >= part of credit",
    "profit between 150% of credit and 200% of credit",
    "VIX > 40 or (age > 3 days and base.profit >= 150% of base.credit)",
])  # fmt: skip
def test_what_is_sold_earns_its_credit_at_most(exit):
    assert lints(sold(POINTS, exit)) == ["R512"]


@pytest.mark.parametrize("exit", [
    "profit >= 50% of credit",
    "profit >= credit",
    "profit <= -150% of credit",
    "profit <= 150% of credit",
    "profit >= loose of credit",
    "profit >= 150% of cost",
    "profit >= 150% of credit_collected(base)",
    "profit - credit >= $100",
])  # fmt: skip
def test_what_may_be_earned_is_not_questioned(exit):
    assert "R512" not in lints(sold(POINTS, exit))


BEYOND = "profit >= 150% of credit"


@pytest.mark.parametrize("opening", [
    CONDOR.format(short="16 delta", wing="5 delta"),
    "sell iron_butterfly(SPX, expiry = monthly 45 days, wing = 100 points)",
    "sell put_spread(SPX, expiry = 45 days, short = 30 delta, wing = 3%)",
    "sell put(SPX, expiry = 45 days, strike = 30 delta)",
    "sell strangle(SPX, expiry = 45 days, short = 16 delta)",
    "sell put_spread(SPX, expiry = 45 days, short = 30 delta, wing = 3%)\n"
    "  sell call_spread(SPX, expiry = 45 days, short = 20 delta, wing = 3%)",
])  # fmt: skip
def test_every_structure_that_only_comes_to_be_owed_is_known(opening):
    assert lints(sold(opening, BEYOND)) == ["R512"]


@pytest.mark.parametrize("opening", [
    "buy iron_condor(SPX, expiry = 45 days, short = 1.5 sd, wing = 50 points)",
    "sell put_ratio_spread(SPX, expiry = 45 days, short = 30 delta, long = 10 delta)",
    "sell calendar(SPX, near = 30 days, far = 60 days, strike = atm)",
    "buy put_diagonal(SPX, near = 30 days, far = 60 days, near_strike = 30 delta, "
    "far_strike = 20 delta)",
    "buy collar(SPX, expiry = 45 days, put = 10 delta, call = 30 delta)",
    "sell put(SPX, expiry = 45 days, strike = 30 delta)\n"
    "  buy put(SPX, expiry = 90 days, strike = 10 delta)",
    "sell put(SPX, expiry = 45 days, strike = 30 delta)\n"
    "  buy put(SPX, expiry = 45 days, strike = 10 delta)",
])  # fmt: skip
def test_what_may_be_worth_something_is_not_questioned(opening):
    assert lints(sold(opening, BEYOND)) == []


def test_a_position_that_may_become_another_is_not_questioned():
    roll = "  roll when VIX > 40 into {} \n"
    diagonal = (
        "put_diagonal(SPX, near = 30 days, far = 60 days, near_strike = atm, far_strike = 2%)"
    )
    assert lints(sold(POINTS, BEYOND, roll.format(diagonal))) == []
    assert lints(sold(POINTS, BEYOND, roll.format(POINTS.removeprefix("sell ")))) == ["R512"]
    assert lints(sold(POINTS, BEYOND, "  rebalance when VIX > 40\n")) == []


@pytest.mark.parametrize(("opening", "codes"), [
    ("buy put(SPX, expiry = 2000 days, strike = 30 delta)", ["R513"]),
    ("buy put(SPX, expiry = 372 days, strike = 30 delta)", []),
    ("buy put_spread(SPX, expiry = 373 days, short = 30 delta, wing = 3%)", ["R513"]),
    ("buy call(VIX, expiry = 200 days, strike = 30 delta)", ["R513"]),
    ("buy call(VIX, expiry = weekly 60 days, strike = 30 delta)", ["R513"]),
    ("buy call(VIX, expiry = monthly 60 days, strike = 30 delta)", []),
    ("buy call_diagonal(SPX, near = 30 days, far = 720 days, near_strike = atm, far_strike = 5%)",
     ["R513"]),
    ("buy put(SPX, expiry = long, strike = 30 delta)", []),
    ("buy put(SPX, expiry = too_long, strike = 30 delta)", ["R513"]),
])  # fmt: skip
def test_an_expiry_beyond_all_that_is_listed(opening, codes):
    params = (
        "param long = 400 days from 300 days to 500 days\n"
        "param too_long = 400 days from 380 days to 500 days\n"
    )
    text = f"entry far {{\n  {opening}\n  size spend 1% of capital\n  exit when VIX > 40\n}}\n"
    assert lints(params + text) == codes


def test_a_roll_beyond_all_that_is_listed():
    roll = "  roll when VIX > 40 into put(SPX, expiry = 600 days, strike = 30 delta)\n"
    assert lints(sold(POINTS, "VIX > 50", roll)) == ["R513"]


@pytest.mark.parametrize(("opening", "codes"), [
    ("sell iron_condor(SPX, expiry = 45 days, short = 16 delta, wing = 20 delta)", ["R514"]),
    ("sell iron_condor(SPX, expiry = 45 days, short = 16 delta, wing = 16 delta)", ["R514"]),
    ("sell iron_condor(SPX, expiry = 45 days, short = 16 delta, wing = 5 delta)", []),
    ("sell iron_condor(SPX, expiry = 45 days, short = 5%, put_wing = 3%, call_wing = 9%)",
     ["R514"]),
    ("sell put_spread(SPX, expiry = 45 days, short = 1.5 sd, wing = 1 sd)", ["R514"]),
    ("sell put_spread(SPX, expiry = 45 days, short = 1.5 sd, wing = 2%)", []),
    ("sell put_spread(SPX, expiry = 45 days, short = near, wing = 1 sd)", []),
    ("sell put_spread(SPX, expiry = 45 days, short = far, wing = 1 sd)", ["R514"]),
    ("buy call_spread(VIX, expiry = 45 days, short = 15 delta, wing = 35 delta)", []),
    ("buy call_spread(VIX, expiry = 45 days, short = 35 delta, wing = 15 delta)", ["R514"]),
    ("sell iron_butterfly(SPX, expiry = 45 days, wing = 5 delta)", []),
])  # fmt: skip
def test_a_wing_on_the_wrong_side_of_its_strike(opening, codes):
    params = (
        "param near = 1.5 sd from 0.5 sd to 2 sd\n"
        "param far = 1.5 sd from 1 sd to 2 sd\n"
    )  # fmt: skip
    rule = f"entry dip {{\n  {opening}\n  size 1 contracts\n  exit when VIX > 40\n}}\n"
    assert lints(params + rule) == codes


def test_a_roll_into_a_wing_on_the_wrong_side():
    into = "put_spread(SPX, expiry = 45 days, short = 16 delta, wing = 30 delta)"
    assert lints(sold(POINTS, "VIX > 50", f"  roll when VIX > 40 into {into}\n")) == ["R514"]


@pytest.mark.parametrize(("opening", "size", "codes"), [
    ("sell strangle(SPX, expiry = 45 days, short = 16 delta)", "risk 5% of capital", ["R515"]),
    ("sell strangle(SPX, expiry = 45 days, short = 16 delta)", "2 contracts", []),
    ("sell put(SPX, expiry = 45 days, strike = 16 delta)", "risk 5% of capital", []),
    ("buy straddle(SPX, expiry = 45 days)", "risk 5% of capital", []),
    ("sell future(VIX, expiry = 30 days)", "risk 5% of capital", ["R515"]),
    ("buy call_ratio_spread(SPX, expiry = 45 days, short = 30 delta, long = 10 delta)",
     "risk 5% of capital", []),
    ("sell call(SPX, expiry = 45 days, strike = 30 delta)\n"
     "  buy call(SPX, expiry = 45 days, strike = 10 delta)", "risk 5% of capital", []),
])  # fmt: skip
def test_a_loss_without_end_has_no_size_by_risk(opening, size, codes):
    text = f"entry dip {{\n  {opening}\n  size {size}\n  exit when VIX > 40\n}}\n"
    assert lints(text) == codes


def test_a_roll_into_a_loss_without_end():
    roll = "  roll when VIX > 40 into strangle(SPX, expiry = 45 days, short = 16 delta)\n"
    text = sold(POINTS, "VIX > 50", roll).replace("size spend", "size risk")
    assert lints(text) == ["R515"]


@pytest.mark.parametrize(("opening", "codes"), [
    ("buy put(SPX, expiry = 45 days, strike = -5%)", ["R516"]),
    ("buy put(SPX, expiry = 45 days, strike = -1 sd)", ["R516"]),
    ("buy put(SPX, expiry = 45 days, strike = above)", ["R516"]),
    ("buy put(SPX, expiry = 45 days, strike = around)", []),
    ("buy put(SPX, expiry = 45 days, strike = 5%)", []),
    ("buy call(SPX, expiry = 45 days, strike = -5%)", []),
    ("sell collar(SPX, expiry = 45 days, put = -5%, call = 5%)", ["R516"]),
    ("sell iron_condor(SPX, expiry = 45 days, short = 5%, wing = 50 points)", []),
])  # fmt: skip
def test_a_put_with_a_sign_stands_above_the_market(opening, codes):
    params = (
        "param above = -1 sd from -2 sd to -0.5 sd\n"
        "param around = -1 sd from -2 sd to 0.5 sd\n"
    )  # fmt: skip
    rule = f"entry dip {{\n  {opening}\n  size 1 contracts\n  exit when VIX > 40\n}}\n"
    assert lints(params + rule) == codes


GAUGES = ("VIX", "SPX", "SPX.low", "rsi(VIX, 14)", "sma(VIX, 5)", "atr(SPX, 5)")
COMPARE = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "==": operator.eq, "!=": operator.ne,
}  # fmt: skip


@st.composite
def judged(draw, depth=3):
    """A condition, and whether it is true where the gauges are at these values."""
    values = draw(st.fixed_dictionaries({name: st.integers(0, 6) for name in GAUGES}))
    return draw(_condition(values, depth))


@st.composite
def _condition(draw, values, depth):
    kind = draw(st.sampled_from(["compare", "two", "between"] + ["not", "and", "or", "if"] * depth))
    one, other = draw(st.tuples(*[st.sampled_from(GAUGES)] * 2))
    low, high = draw(st.tuples(*[st.integers(0, 6)] * 2))
    sign = draw(st.sampled_from(list(COMPARE)))
    if kind == "compare":
        return f"{one} {sign} {low}", COMPARE[sign](values[one], low)
    if kind == "two":
        one, other = draw(st.sampled_from([("VIX", "SPX"), ("SPX", "SPX.low"), ("SPX", "VIX")]))
        return f"{one} {sign} {other}", COMPARE[sign](values[one], values[other])
    if kind == "between":
        return f"{one} between {low} and {high}", low <= values[one] <= high
    below = _condition(values, depth - 1)
    first, true = draw(below)
    if kind == "not":
        return f"not ({first})", not true
    second, also = draw(below)
    if kind == "if":
        third, third_true = draw(below)
        return f"(if {first} then {second} else {third})", also if true else third_true
    joined = (true and also) if kind == "and" else (true or also)
    return f"(({first}) {kind} ({second}))", joined


def whole(text):
    """What is said of a condition as a whole: never, always, or nothing."""
    source = Source("mine.rules", HEAD + entry(text))
    for found in check_text(source):
        if found.code in ("R505", "R506") and "decides nothing" not in found.notes[0]:
            return found.code
    return None


@settings(max_examples=60)
@given(judged())
def test_nothing_is_called_impossible_that_can_be(drawn):
    text, true = drawn
    assert whole(text) != ("R505" if true else "R506"), text


@pytest.mark.campaign
@settings(max_examples=20_000)
@given(judged(5))
def test_in_many_conditions_nothing_is_called_impossible_that_can_be(drawn):
    text, true = drawn
    assert whole(text) != ("R505" if true else "R506"), text


ROOT = Path(__file__).parents[2]
SOUND = sorted([*(ROOT / "rules").rglob("*.rules"), *(ROOT / "tests/cases/good").glob("*.rules")])


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_sound_files_are_not_questioned(path):
    load = parents_of(path, path.name, path.parent)
    found = check_text(Source(path.name, path.read_text(encoding="utf-8")), load)
    assert [each for each in found if each.code in LINTS] == []
