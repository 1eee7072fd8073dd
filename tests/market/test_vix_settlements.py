"""Recorded settlements of VIX futures: real where there are some, the model drawn through them."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hedgerow.market.contract import Contract, Expiry, Kind, Right, Settlement
from hedgerow.market.data_fault import DataFault
from hedgerow.market.history import History, Series, history_of
from hedgerow.market.market import Market
from hedgerow.market.market_from_history import market_from_history
from hedgerow.market.recorded import recorded

from tests.market.chain_files import ROW, history

JUNE, JULY, AUGUST = (date(2021, 6, 16), date(2021, 7, 21), date(2021, 8, 18))
ROWS = [("2021-06-01", JUNE, 19.0), ("2021-06-01", JULY, 22.0), ("2021-06-02", JUNE, 18.5)]


def future(day: date) -> Contract:
    return Contract("VIX", Kind.FUTURE, 1000, Expiry("VIX", day, Settlement.OPEN, True))


def by_contract(rows: list[tuple[str, date, float]]) -> str:
    return "date,expiry,settle\n" + "".join(f"{a},{b},{c}\n" for a, b, c in rows)


def market(folder: Path, content: str, known: History | None = None) -> Market:
    (folder / "VX.csv").write_text(content)
    known = known or history()
    return market_from_history(known, recorded(str(folder), known))


PLAIN = market_from_history(history())


def test_a_recorded_settlement_is_the_price_of_its_contract_that_day(tmp_path: Path) -> None:
    real = market(tmp_path, by_contract(ROWS))
    assert real.mark(future(JUNE), ROW) == pytest.approx(19.0, abs=1e-12)
    assert real.mark(future(JULY), ROW) == pytest.approx(22.0, abs=1e-12)
    assert real.mark(future(JUNE), ROW + 1) == pytest.approx(18.5, abs=1e-12)
    assert [real.source(future(JUNE), at) for at in (ROW - 1, ROW, ROW + 1)] == [
        *("model:B", "vx_settle", "vx_settle")
    ]
    assert real.mark(future(JUNE), ROW - 1) == PLAIN.mark(future(JUNE), ROW - 1)
    assert real.fingerprint != PLAIN.fingerprint


def test_between_contracts_the_log_of_settlement_over_model_is_straight(tmp_path: Path) -> None:
    real = market(tmp_path, by_contract(ROWS))
    middle, share = date(2021, 6, 30), 14 / 35
    ends = [np.log(real.mark(future(d), ROW) / PLAIN.mark(future(d), ROW)) for d in (JUNE, JULY)]
    expected = ends[0] + share * (ends[1] - ends[0])
    found = np.log(real.mark(future(middle), ROW) / PLAIN.mark(future(middle), ROW))
    assert found == pytest.approx(expected, abs=1e-12)
    beyond = real.mark(future(AUGUST), ROW) / PLAIN.mark(future(AUGUST), ROW)
    assert np.log(beyond) == pytest.approx(ends[1], abs=1e-12)
    assert real.source(future(AUGUST), ROW) == "model:B"


def test_vix_options_stand_on_the_recorded_future(tmp_path: Path) -> None:
    real = market(tmp_path, by_contract(ROWS))
    expiry = future(JULY).expiry
    assert expiry is not None
    call, put = (real.contract("VIX", expiry, right, 22.0) for right in (Right.CALL, Right.PUT))
    assert real.mark(call, ROW) == pytest.approx(real.mark(put, ROW), abs=1e-9)
    assert real.source(call, ROW) == "model:B"


def test_ranks_are_the_monthly_expiries_to_come(tmp_path: Path) -> None:
    wide = "date,VX1,VX2\n2021-06-01,19.0,22.0\n2021-06-02,18.5,\n"
    ranked = market(tmp_path, wide)
    assert ranked.fingerprint == market(tmp_path, by_contract(ROWS)).fingerprint
    (tmp_path / "VX.csv").unlink()
    (tmp_path / "VX1.csv").write_text("date,close\n2021-06-01,19.0\n2021-06-02,18.5\n")
    (tmp_path / "VX2.csv").write_text("date,close\n2021-06-01,22.0\n")
    known = history()
    assert market_from_history(known, recorded(str(tmp_path), known)).fingerprint == (
        ranked.fingerprint
    )


def test_a_final_settlement_settles_what_expires(tmp_path: Path) -> None:
    known = history(20)
    real = market(tmp_path, by_contract([*ROWS, (str(JUNE), JUNE, 17.77)]), known)
    settled = real.settlement(future(JUNE))
    assert settled is not None
    assert (settled.value, settled.at_open, settled.source) == (17.77, True, "vx_settle")


def test_a_shock_moves_recorded_futures_by_their_beta(tmp_path: Path) -> None:
    real = market(tmp_path, by_contract(ROWS))
    legs = [future(JUNE), future(JULY)]
    moved = real.prices(legs, ROW, real.shocked(ROW, vix=24.0)) - [[19.0], [22.0]]
    calm = PLAIN.prices(legs, ROW)
    assert moved == pytest.approx(PLAIN.prices(legs, ROW, PLAIN.shocked(ROW, vix=24.0)) - calm)


def early() -> History:
    days = np.array(["2007-03-22", "2007-03-23", "2007-03-26", "2007-03-27"], "M8[D]")
    series = {name: Series(np.full(4, level)) for name, level in (("SPX", 1430.0), ("VIX", 13.0))}
    return history_of(days, series, np.full(4, 5.0))


def test_quotes_of_ten_times_the_index_before_march_2007_are_divided(tmp_path: Path) -> None:
    expiry = date(2007, 4, 18)
    rows = [("2007-03-22", expiry, 141.0), ("2007-03-23", expiry, 13.9), ("2007-03-26", expiry, 14)]
    real = market(tmp_path, by_contract(rows), early())
    marks = [real.mark(future(expiry), at) for at in range(3)]
    assert marks == pytest.approx([14.1, 13.9, 14.0], abs=1e-12)
    assert "1 VIX future quote before 2007-03-26 divided by ten." in real.history.notes


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (by_contract([("2007-03-26", date(2007, 4, 18), 141.0)]),
         "VX.csv, row 2: a settlement more than 4 times VIX on 2007-03-26; correct it, or give it "
         "in points of VIX"),
        (by_contract([("2007-03-26", date(2007, 3, 21), 14.0)]),
         "VX.csv, row 2: the contract has expired on 2007-03-26; correct the expiry"),
        (by_contract([("2007-03-26", date(2007, 4, 18), 14.0)] * 2),
         "VX.csv: the contract of 2007-04-18 settles twice on 2007-03-26; keep one row a date and "
         "contract"),
        ("date,price\n2007-03-26,14\n",
         "VX.csv, row 1: no settlements in it; name the columns date, expiry, settle, or date, "
         "VX1, VX2 and so on"),
        ("date,settle\n2007-03-26,14\n",
         "VX.csv, row 1: no column named expiry; name one so"),
    ],
)  # fmt: skip
def test_settlements_that_cannot_be_used_are_one_sentence(
    tmp_path: Path, content: str, message: str
) -> None:
    with pytest.raises(DataFault) as caught:
        market(tmp_path, content, early())
    assert str(caught.value) == f"{tmp_path}/{message}"


def test_days_without_a_session_or_a_trade_are_left_out_and_said(tmp_path: Path) -> None:
    rows = [*ROWS, ("2021-05-30", JUNE, 18.0), ("2021-06-03", JUNE, 0.0)]
    real = market(tmp_path, by_contract(rows))
    assert real.history.notes[-2:] == (
        "VIX futures are priced from recorded settlements on 2 sessions; on the other 10 they are "
        "modelled.",
        "1 VIX future settlement left out: no session of SPX.",
    )
