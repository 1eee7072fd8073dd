"""The door to the market: marks, settlements, shocks, and no look-ahead."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hedgerow.files.kept import cache_folder
from hedgerow.market.calendar import nyse
from hedgerow.market.contract import Contract, Expiry, Kind, Right, Settlement
from hedgerow.market.data_fault import DataFault
from hedgerow.market.generator import generated_history
from hedgerow.market.history import History, Series, history_of
from hedgerow.market.market import Market
from hedgerow.market.market_from_history import market_from_history
from hedgerow.market.option_delta import option_delta
from hedgerow.market.snapshot import OPEN_LEAD, years_to_settlement
from hedgerow.market.snapshots_from_history import (
    modes_of,
    snapshots_from_history,
    weighted_mean,
)
from hedgerow.market.surface import surface_from
from hedgerow.market.surface_store import stored_surface
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.market_strategies import histories, market

ENTRY = 10


@pytest.fixture(scope="module")
def year() -> Market:
    return market_from_history(generated_history(5, 260, start=date(2018, 1, 2)))


def monthly(of: Market, days: int = 45) -> Expiry:
    expiry = of.expiry("SPX", ENTRY, days, "monthly")
    assert expiry is not None
    return expiry


def condor(of: Market, expiry: Expiry) -> list[Contract]:
    spot = of.spot("SPX", ENTRY)
    legs = ((Right.PUT, 0.88), (Right.PUT, 0.92), (Right.CALL, 1.05), (Right.CALL, 1.08))
    return [of.contract("SPX", expiry, right, round(spot * share)) for right, share in legs]


def test_an_option_settled_at_the_open_is_marked_up_to_the_close_before(year: Market) -> None:
    expiry = monthly(year)
    marks = year.marks(condor(year, expiry)[0], ENTRY)
    assert expiry.settlement is Settlement.OPEN
    last = year.history.sessions[ENTRY + len(marks) - 1].item()
    assert nyse().on_or_before(np.array([expiry.date - timedelta(days=1)], "M8[D]"))[0] == (
        np.datetime64(last)
    )


def test_options_of_a_third_friday_have_their_own_lives_at_its_open_and_its_close() -> None:
    """QuantConnect/Lean issue 9346: SPXW options of a third Friday were without greeks."""
    year = market_from_history(market([2000.0] * 60, [15.0] * 60, date(2022, 9, 1)))
    friday = date(2022, 9, 16)
    thursday = int(year.history.sessions.searchsorted(np.datetime64(friday))) - 1
    strikes = np.array([1980.0, 2000.0, 2020.0])
    deltas, prices = [], []
    for root, settlement in (("SPX", Settlement.OPEN), ("SPXW", Settlement.CLOSE)):
        expiry = Expiry(root, friday, settlement, settlement is Settlement.OPEN)
        deltas.append(year.deltas("SPX", thursday, expiry, Right.CALL, strikes))
        contract = Contract("SPX", Kind.OPTION, 100, expiry, Right.CALL, 2020.0)
        prices.append(year.mark(contract, thursday))
    for found in deltas:
        assert 1.0 > found[0] > found[1] > found[2] > 0.0
    assert prices[1] > prices[0] > 0.0  # a day to live, and not 0.73 of one
    assert deltas[1][2] > deltas[0][2]


def test_a_settlement_at_the_open_is_0_27_days_before_the_close() -> None:
    today, expiry = np.array([737_000]), 737_045
    assert years_to_settlement(today, expiry, OPEN_LEAD)[0] == pytest.approx(44.73 / 365.0)
    assert years_to_settlement(today, expiry, 0.0)[0] == 45.0 / 365.0
    assert years_to_settlement(today, 736_990, 0.0)[0] == 0.0


def test_an_option_settled_at_the_close_ends_with_its_payoff(year: Market) -> None:
    expiry = year.expiry("SPX", ENTRY, 9, "weekly")
    assert expiry is not None
    assert expiry.settlement is Settlement.CLOSE
    put = year.contract("SPX", expiry, Right.PUT, 2400.0)
    settled = year.settlement(put)
    assert settled is not None
    assert not settled.at_open
    assert settled.source == "index close"
    marks = year.marks(put, ENTRY)
    assert ENTRY + len(marks) - 1 == settled.index
    assert marks[-1] == pytest.approx(put.payoff(settled.value), abs=1e-12)


def test_legs_marked_together_are_each_legs_own_marks_bit_for_bit(year: Market) -> None:
    legs = condor(year, monthly(year))
    block = year.leg_marks(legs, ENTRY)
    for leg, contract in enumerate(legs):
        assert np.array_equal(block[leg], year.marks(contract, ENTRY))
        later = [year.mark(contract, ENTRY + day) for day in range(block.shape[1])]
        assert block[leg].tolist() == later


def test_marks_of_vix_products_are_each_closes_own_mark(year: Market) -> None:
    expiry = year.expiry("VIX", ENTRY, 60)
    assert expiry is not None
    for contract in (
        year.contract("VIX", expiry, Right.CALL, 22.0),
        year.future("VIX", expiry),
    ):
        marks = year.marks(contract, ENTRY)
        assert marks.tolist() == [year.mark(contract, ENTRY + day) for day in range(len(marks))]


def test_shares_are_marked_at_the_index_close_to_the_end(year: Market) -> None:
    shares = year.shares("SPX")
    assert np.array_equal(year.marks(shares, ENTRY), year.history.series["SPX"].close[ENTRY:])
    assert year.mark(shares, ENTRY) == year.spot("SPX", ENTRY)
    assert year.source(shares, ENTRY) == "index close"


def test_contracts_of_different_kinds_are_priced_in_one_call(year: Market) -> None:
    vix = year.expiry("VIX", ENTRY, 30)
    assert vix is not None
    call = year.contract("VIX", vix, Right.CALL, 20.0)
    mixed = [*condor(year, monthly(year)), year.shares("SPX"), call, year.future("VIX", vix)]
    prices = year.prices(mixed, ENTRY)[:, 0]
    assert prices.tolist() == [year.mark(contract, ENTRY) for contract in mixed]
    assert year.source(call, ENTRY) == "model:B"


def test_multipliers_are_those_of_the_exchange(year: Market) -> None:
    expiry = monthly(year)
    contracts = (
        year.contract("SPX", expiry, Right.PUT, 2000.0),
        year.future("VIX", expiry),
        year.shares("SPX"),
    )
    assert [(c.kind, c.multiplier) for c in contracts] == [
        (Kind.OPTION, 100),
        (Kind.FUTURE, 1000),
        (Kind.SHARES, 1),
    ]


@pytest.mark.parametrize("days", [9, 45])
def test_the_delta_of_an_option_is_the_one_its_close_gives_alone(year: Market, days: int) -> None:
    expiry = year.expiry("SPX", ENTRY, days)
    assert expiry is not None
    option = year.contract("SPX", expiry, Right.PUT, 5 * round(year.spot("SPX", ENTRY) / 5) - 100)
    strike = np.array([option.strike])
    lasts = len(year.marks(option, ENTRY))
    for i in range(ENTRY, ENTRY + lasts):
        alone = year.deltas("SPX", i, expiry, Right.PUT, strike)[0]
        assert option_delta(year, option, i) == alone


def test_put_deltas_fall_over_the_listed_strikes(year: Market) -> None:
    expiry = monthly(year)
    strikes = year.strikes("SPX", ENTRY, expiry)
    spot = year.spot("SPX", ENTRY)
    near = strikes[np.abs(strikes / spot - 1.0) < 0.1]
    deltas = year.deltas("SPX", ENTRY, expiry, Right.PUT, near)
    assert (np.diff(deltas) < 0.0).all()
    assert (deltas > -1.0).all()
    assert (deltas < 0.0).all()


def test_one_standard_deviation_grows_with_the_life_of_an_expiry(year: Market) -> None:
    near, far = monthly(year, 20), monthly(year, 80)
    for underlying in ("SPX", "VIX"):
        assert year.one_sd(underlying, ENTRY, near) < year.one_sd(underlying, ENTRY, far)


def test_a_shock_to_the_present_levels_changes_nothing(year: Market) -> None:
    legs = condor(year, monthly(year))
    levels = (year.spot("SPX", ENTRY), year.spot("VIX", ENTRY))
    same = year.prices(legs, ENTRY, year.shocked(ENTRY, *levels))[:, 0]
    assert same.tolist() == [year.mark(leg, ENTRY) for leg in legs]


def test_shocks_side_by_side_are_worth_what_each_is_worth_alone(year: Market) -> None:
    vix = year.expiry("VIX", ENTRY, 60)
    assert vix is not None
    call = year.contract("VIX", vix, Right.CALL, 30.0)
    held = [*condor(year, monthly(year)), year.shares("SPX"), call, year.future("VIX", vix)]
    spots, levels = np.array([1900.0, 2050.0, 1500.0]), np.array([30.0, 9.0, 200.0])
    together = year.prices(held, ENTRY, year.shocked(ENTRY, spots, levels))
    for at, (spot, level) in enumerate(zip(spots, levels, strict=True)):
        alone = year.prices(held, ENTRY, year.shocked(ENTRY, float(spot), float(level)))
        assert together[:, [at]].tolist() == alone.tolist()


def test_a_shock_leaves_something_of_the_index(year: Market) -> None:
    legs = condor(year, monthly(year))
    gone = year.prices(legs, ENTRY, year.shocked(ENTRY, -500.0))
    assert gone.tolist() == year.prices(legs, ENTRY, year.shocked(ENTRY, 1.0)).tolist()
    assert np.isfinite(gone).all()


def test_a_crash_makes_puts_and_vix_calls_dearer(year: Market) -> None:
    expiry = year.expiry("VIX", ENTRY, 60)
    assert expiry is not None
    puts = condor(year, monthly(year))[:2]
    calls = [year.contract("VIX", expiry, Right.CALL, 30.0), year.future("VIX", expiry)]
    crash = year.shocked(ENTRY, 0.95 * year.spot("SPX", ENTRY), year.spot("VIX", ENTRY) + 6.0)
    before = year.prices([*puts, *calls], ENTRY)
    assert (year.prices([*puts, *calls], ENTRY, crash) > before).all()


def with_opens(opens: list[float], closes: list[float]) -> Market:
    """Sessions around Friday 2018-02-16, an expiry settled at the open."""
    first = int(np.searchsorted(nyse().sessions, np.datetime64("2018-02-14")))
    spx = Series(np.array(closes), np.array(opens))
    vix = Series(np.full(len(closes), 18.0))
    days = nyse().sessions[first : first + len(closes)]
    return market_from_history(history_of(days, {"SPX": spx, "VIX": vix}))


FRIDAY = Expiry("SPX", date(2018, 2, 16), Settlement.OPEN, True)
PUT = Contract("SPX", Kind.OPTION, 100, FRIDAY, Right.PUT, 2700.0)


def test_the_open_settles_what_settles_at_the_open() -> None:
    settled = with_opens([2690.0, 2701.0, 2712.0], [2698.0, 2731.0, 2732.0]).settlement(PUT)
    assert settled is not None
    assert (settled.index, settled.at_open) == (2, True)
    assert (settled.value, settled.source) == (2712.0, "index open")


@pytest.mark.parametrize("opening", [np.nan, 2731.0])
def test_a_missing_or_copied_open_leaves_the_close_before(opening: float) -> None:
    settled = with_opens([2690.0, 2701.0, opening], [2698.0, 2731.0, 2732.0]).settlement(PUT)
    assert settled is not None
    assert (settled.value, settled.source) == (2731.0, "previous close")


def test_nothing_settles_beyond_the_data() -> None:
    assert with_opens([2690.0, 2701.0], [2698.0, 2731.0]).settlement(PUT) is None


def test_no_vix_option_is_listed_before_they_were() -> None:
    early = market_from_history(market([1300.0] * 30, [12.0] * 30, date(2006, 1, 3)))
    assert early.expiry("VIX", 20, 30) is None


@settings(max_examples=30)
@given(histories(min_sessions=40, max_sessions=90), st.data())
def test_cutting_the_market_changes_no_earlier_price(history: History, data: st.DataObject) -> None:
    last = data.draw(st.integers(1, len(history) - 2))
    whole, cut = snapshots_from_history(history), snapshots_from_history(history.until(last))
    for name in cut.__struct_fields__:
        if name in ("surface", "futures_curve", "futures_basis", "wings"):
            continue
        kept = getattr(whole, name)[: last + 1]
        assert np.array_equal(getattr(cut, name), kept, equal_nan=True)
    for name in ("theta", "psi_put", "psi_call", "crash_ratio"):
        assert np.array_equal(getattr(cut.surface, name), getattr(whole.surface, name)[: last + 1])
    assert np.array_equal(cut.futures_curve.cubics, whole.futures_curve.cubics[:, : 5 * (last + 1)])


@given(st.lists(st.floats(2.0, 4.6), min_size=1, max_size=40), st.floats(1.0, 300.0))
def test_the_weighted_mean_is_pandas(values: list[float], half_life: float) -> None:
    import pandas

    expected = pandas.Series(values).ewm(halflife=half_life).mean().to_numpy()
    assert weighted_mean(np.array(values), half_life) == pytest.approx(expected, rel=1e-12)


def test_a_missing_vix_close_is_the_last_one_known() -> None:
    gap = snapshots_from_history(market([2000.0] * 4, [15.0, np.nan, 17.0, np.nan]))
    assert gap.vix.tolist() == [15.0, 15.0, 17.0, 17.0]


@pytest.mark.parametrize(
    ("vix", "problem"),
    [([0.16] * 3, "not between"), ([np.nan, 15.0, 15.0], "no close")],
)
def test_vix_that_cannot_be_used_is_said_to_be_so(vix: list[float], problem: str) -> None:
    with pytest.raises(DataFault, match=problem):
        snapshots_from_history(market([2000.0] * 3, vix))


def test_a_market_without_vix_is_said_to_lack_it() -> None:
    history = market([2000.0] * 3, [15.0] * 3)
    lacking = History(
        history.sessions, {"SPX": history.series["SPX"]}, history.rate, history.dividend_yield
    )
    with pytest.raises(DataFault, match="VIX"):
        market_from_history(lacking)


def test_the_mode_of_a_session_names_what_its_prices_are_modelled_from() -> None:
    history = market([2000.0] * 3, [15.0] * 3)
    level = Series(np.array([16.0, np.nan, 16.0]))

    def plus(*names: str) -> History:
        return replace_series(history, {**history.series, **dict.fromkeys(names, level)})

    asked = ((), ("VIX3M",), ("VIX3M", "SKEW"), ("SKEW",))
    assert ["".join(modes_of(plus(*names))) for names in asked] == ["BBB", "ABA", "SBS", "SBS"]
    old = market([1000.0] * 3, [15.0] * 3, date(2009, 6, 1))
    assert modes_of(replace_series(old, {**old.series, "SKEW": level})) == ("B", "B", "B")
    better = snapshots_from_history(plus("VIX3M"))
    estimated = snapshots_from_history(history)
    assert better.pillars[0, 2] == 16.0
    assert better.pillars[1, 2] == estimated.pillars[1, 2]


def replace_series(history: History, series: dict[str, Series]) -> History:
    return History(history.sessions, series, history.rate, history.dividend_yield)


def inputs(sessions: int = 600) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    snapshots = snapshots_from_history(generated_history(11, sessions, start=date(2015, 1, 2)))
    return snapshots.vix, snapshots.pillars, snapshots.skew


def test_a_stored_surface_is_the_solved_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    solved = surface_from(*inputs())
    for _ in range(2):
        stored = stored_surface(*inputs())
        assert np.array_equal(stored.lines, solved.lines)
        assert np.array_equal(stored.curve.cubics, solved.curve.cubics)
    assert len(list(cache_folder().iterdir())) == 1


def test_a_damaged_or_unwritable_store_is_solved_around(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    solved = stored_surface(*inputs())
    (file,) = cache_folder().iterdir()
    for damage in (b"", b"not an archive", file.read_bytes()[:100_000]):
        file.write_bytes(damage)
        assert np.array_equal(stored_surface(*inputs()).lines, solved.lines)
    blocked = tmp_path / "a file where a folder should be"
    blocked.touch()
    for nowhere in (str(blocked), "here"):
        monkeypatch.setenv("XDG_CACHE_HOME", nowhere)
        assert np.array_equal(stored_surface(*inputs()).lines, solved.lines)


def test_terms_that_contradict_vix_are_moved_and_said_to_be() -> None:
    absurd = Series(np.where(np.arange(60) < 3, 60.0, 20.0))  # nine days worth more than thirty
    known = history_of(
        nyse().sessions[-6000:-5940],
        {"SPX": Series(np.full(60, 4000.0)), "VIX": Series(np.full(60, 20.0)), "VIX9D": absurd},
    )
    assert market_from_history(known).history.notes[-1] == (
        "Volatilities of other terms were moved to where VIX leaves forward variance sane, on "
        "3 sessions."
    )
