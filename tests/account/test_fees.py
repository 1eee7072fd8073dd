"""Fees by premium band, and schedules from files that strangers wrote."""

from datetime import date
from pathlib import Path

import pytest
from hedgerow.account.fee_files import MOST_BYTES, CostsFault, schedule
from hedgerow.account.fees import Charges, fee
from hedgerow.account.order import Action, Leg
from hedgerow.account.package import package_of
from hedgerow.market.contract import Contract, Expiry, Kind, Right, Settlement
from hypothesis import given
from hypothesis import strategies as st

DEFAULT = schedule("default")
EXPIRY = Expiry("SPX", date(2026, 1, 16), Settlement.OPEN, True)


def option(ratio=1, underlying="SPX"):
    contract = Contract(underlying, Kind.OPTION, 100, EXPIRY, Right.CALL, 20.0)
    return Leg("option", contract, ratio)


CONDOR = tuple(option(ratio) for ratio in (1, -1, -1, 1))


def charged(legs, prices, units=1, action=Action.OPEN, terms=DEFAULT):
    return fee(Charges(terms), package_of(legs), prices, units, action)


@pytest.mark.parametrize("underlying, premium, exchange", [
    ("SPX", 0.95, 36), ("SPX", 1.00, 45), ("SPX", 96.10, 45),
    ("VIX", 0.10, 10), ("VIX", 0.11, 25), ("VIX", 0.99, 25), ("VIX", 1.00, 40), ("VIX", 1.95, 40),
    ("VIX", 2.00, 45),
])  # fmt: skip
def test_the_exchange_charges_by_the_band_of_the_premium(underlying, premium, exchange):
    """C2: 65 cents for the broker and 5 for clearing and regulation come on top."""
    assert charged((option(1, underlying),), (premium,)) == 70 + exchange


def test_ten_condors_pay_for_forty_contracts():
    # three legs above a dollar, one below: 3 x 1.15 + 1.06
    assert charged(CONDOR, (0.9, 9.0, 7.0, 1.2), units=10) == 4_510


def test_a_ratio_counts_every_contract():
    assert charged((option(2), option(-3)), (5.0, 2.0)) == 5 * 115


def test_a_leg_that_lapses_costs_nothing():
    assert charged(CONDOR, (0.0, 0.6, 0.4, 0.0), action=Action.CLOSE) == 2 * 106


def test_shares_cost_half_a_cent_each_and_a_vx_future_two_dollars_and_34_cents():
    shares = Leg("shares", Contract("SPX", Kind.SHARES, 1), 1)
    assert charged((shares,), (4000.0,), units=250) == 125
    future = Leg("future", Contract("VIX", Kind.FUTURE, 1000, EXPIRY), -1)
    assert charged((future,), (18.0,), units=3) == 702


def test_no_fees_are_no_fees():
    assert charged(CONDOR, (1.0, 9.0, 7.0, 1.2), 10, terms=schedule("none")) == 0


def test_a_broker_may_cap_a_leg_and_close_for_nothing():
    terms = schedule("tastytrade")
    passed_on = 20 * (0.65 + 0.1388)
    assert charged((option(),), (5.0,), 20, Action.OPEN, terms) == round((10 + passed_on) * 100)
    assert charged((option(),), (5.0,), 20, Action.CLOSE, terms) == round(passed_on * 100)


SCHEDULES = [DEFAULT, schedule("none"), schedule("tastytrade")]
premiums = st.lists(st.floats(0.05, 200), min_size=4, max_size=4)


@given(premiums, st.integers(1, 500), st.sampled_from(Action), st.sampled_from(SCHEDULES))
def test_a_fee_is_never_negative_nor_above_two_dollars_a_contract(prices, units, action, terms):
    assert 0 <= charged(CONDOR, prices, units, action, terms) <= 4 * units * 200


GOOD = """\
name: mine
source: my statement
option: {open: 1, close: 0.5}
future: {open: 0, close: 0}
share: {open: 0, close: 0}
exchange: {}
other: 0
future_other: 0
"""


def written(tmp_path, text, name="mine.yaml"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def test_a_schedule_of_the_user_is_read_from_its_file(tmp_path):
    terms = schedule(written(tmp_path, GOOD))
    assert charged(CONDOR, (1.0, 1.0, 1.0, 1.0), 2, Action.CLOSE, terms) == 400


@pytest.mark.parametrize("text, problem", [
    ("", "valid dictionary"),
    ("[1, 2]", "valid dictionary"),
    ("a: [", "isn't YAML"),
    (b"\xff\xfe\x00", "isn't UTF-8"),
    (b"\x00\x01", "isn't YAML"),
    (GOOD + "<<<<<<< HEAD\n", "isn't YAML"),
    (GOOD + "tax: 3\n", "tax: Extra inputs"),
    (GOOD + "other: 3\n", "`other` stands there twice"),
    (GOOD.replace("other: 0\n", "", 1), "other: Field required"),
    (GOOD.replace("open: 1", "open: -1"), "option.open: Input should be greater"),
    (GOOD.replace("open: 1", "open: .nan"), "option.open: Input should be a finite"),
    (GOOD.replace("open: 1", "open: .inf"), "option.open: Input should be"),
    (GOOD.replace("open: 1", "open: 1e9"), "option.open: Input should be a valid number"),
    (GOOD.replace("open: 1", "open: yes"), "option.open: Input should be a valid number"),
    (GOOD.replace("open: 1", "open: '1'"), "option.open: Input should be a valid number"),
    (GOOD.replace("open: 1", "open: " + "9" * 5000), "isn't YAML"),
    (GOOD.replace("{}", "{SPX: [{premium_from: 1, fee: 2}, {premium_from: 0, fee: 1}]}"),
     "exchange.SPX: `premium_from` has to rise"),
    (GOOD.replace("source: my statement", "source: 2020-13-45"), "isn't YAML"),
    (GOOD.replace("source: my statement", "source: !!python/object/apply:os.getcwd []"),
     "isn't YAML"),
    (GOOD.replace("source: my statement", "source: &a x\ncopy: *a"), "alias"),
    ("[" * 60_000, "nested too deeply"),
    ("x" * (MOST_BYTES + 1), "larger than 64 KiB"),
])  # fmt: skip
def test_a_faulty_schedule_is_refused_with_its_place_and_a_way_out(tmp_path, text, problem):
    path = written(tmp_path, text)
    with pytest.raises(CostsFault) as caught:
        schedule(path)
    assert caught.value.where.startswith(path)
    assert problem in caught.value.problem
    assert caught.value.remedy
    assert len(str(caught.value)) < 600 + len(path)


def test_a_schedule_that_is_not_there_or_is_a_directory_is_a_fault(tmp_path):
    (tmp_path / "folder.yaml").mkdir()
    for name in ("missing.yaml", "folder.yaml"):
        with pytest.raises(CostsFault, match="can't be read"):
            schedule(str(tmp_path / name))
    with pytest.raises(CostsFault, match="can't be read"):
        schedule("\0.yaml")


def test_an_unknown_name_is_met_with_the_nearest_one():
    with pytest.raises(CostsFault, match="did you mean `default`"):
        schedule("defualt")
    with pytest.raises(CostsFault, match="there are default, none, tastytrade"):
        schedule("x" * 100_000)


@pytest.fixture(scope="module")
def somewhere(tmp_path_factory):
    return tmp_path_factory.mktemp("schedules")


@given(st.text(max_size=300))
def test_any_text_is_a_schedule_or_a_fault(somewhere, text):
    path = somewhere / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(CostsFault):
        schedule(str(path))


def test_the_schedule_of_the_manual_can_be_used_as_it_stands(tmp_path):
    manual = Path(__file__).parents[2] / "docs" / "costs.md"
    text = manual.read_text().split("```yaml\n")[1].split("```")[0]
    file = tmp_path / "mine.yaml"
    file.write_text(text)
    mine = schedule(str(file))
    assert mine.name == "mine"
    assert charged((option(),), (1.20,), units=10, terms=mine) == 500 + 10 * 50
    assert charged((option(),), (1.20,), units=100, terms=mine) == 1_000 + 100 * 50
