"""Recorded chains: every bad row is counted under its reason, every bad file has one sentence."""

import gzip
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hedgerow.market.chains.layout import packaged_layouts
from hedgerow.market.chains.store import chains_from_folder
from hedgerow.market.contract import Expiry, Right, Settlement
from hedgerow.market.data_fault import DataFault
from hedgerow.market.inventory import Item, inventory
from hedgerow.market.market import Market
from hedgerow.market.market_from_history import market_from_history
from hedgerow.market.recorded import recorded
from hedgerow.market.sources import load
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import csv as arrow_csv
from pyarrow import parquet
from scipy.interpolate import PchipInterpolator

from tests.market.chain_files import (
    DAY,
    HEADER,
    ROW,
    STANDARD,
    WEEKLY,
    history,
    modelled,
    rows,
    text,
    write,
)

MARKET = modelled()
OTHERS = [modelled(vix) for vix in (12.0, 25.0, 40.0)]
GOOD = rows(MARKET)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def quoted(folder: Path) -> Market:
    known = history()
    return market_from_history(known, recorded(str(folder), known))


def counts(folder: Path, body: list[list[str]], header: str = HEADER) -> tuple[dict, dict]:
    """What was dropped and what was remarked; read is always kept and dropped."""
    write(folder, text(body, header))
    report = chains_from_folder(folder, history()).report
    assert report.read == report.kept + sum(report.dropped.values())
    return dict(report.dropped), dict(report.remarks)


def changed(**cells: str) -> list[list[str]]:
    """GOOD, and one row more: a copy of a call near the money with other cells."""
    names = HEADER.split(",")
    extra = list(next(row for row in GOOD if row[3] == "C" and row[4] == "4025"))
    for name, cell in cells.items():
        extra[names.index(name)] = cell
    return [*GOOD, extra]


def test_good_quotes_are_all_kept_and_nothing_is_said_of_them(tmp_path: Path) -> None:
    assert counts(tmp_path, GOOD) == ({}, {})


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({}, "the same quote a second time"),
        ({"strike": "4012.5", "bid": "9.0", "ask": "8.0"}, "a bid above its ask"),
        ({"strike": "4012.5", "bid": "0", "ask": "0"}, "no ask"),
        ({"strike": "4012.5", "bid": "", "ask": ""}, "no ask"),
        ({"strike": "many"}, "a strike that is no number above zero"),
        ({"strike": "-4025"}, "a strike that is no number above zero"),
        ({"right": "X"}, "a right that is neither call nor put"),
        ({"root": "NDX"}, "on another underlying than SPX and VIX"),
        ({"expiry": "2021-05-21"}, "an expiry before the date of the quote"),
        (
            {"root": "SPXW", "expiry": "2021-06-01"},
            "an expiry on the date of the quote: it settles that day",
        ),
        ({"expiry": "next month"}, "an expiry that is no date"),
        ({"date": "yesterday"}, "a date that is no date"),
        ({"date": "2021-05-30"}, "a date that is no session of SPX"),
        ({"underlying_price": "3900"}, "the underlying more than 2% from its close"),
        (
            {"root": "SPXW", "expiry": "2021-06-18"},
            "an expiry without a strike near the money quoted both ways",
        ),
    ],
)
def test_a_bad_quote_is_left_out_and_counted(
    tmp_path: Path, cells: dict[str, str], reason: str
) -> None:
    assert counts(tmp_path, changed(**cells)) == ({reason: 1}, {})


def test_days_with_quotes_are_listed_once_they_have_been_read(tmp_path: Path) -> None:
    counts(tmp_path, GOOD)
    for name in ("SPX", "VIX"):
        level = history().series[name].close[0]
        days = [f"{day},{level}" for day in history().sessions]
        (tmp_path / f"{name}.csv").write_text("\n".join(["date,close", *days, ""]))

    def quotes() -> list[Item]:
        return [each for each in inventory(str(tmp_path)) if each.kind == "quotes"]

    assert quotes() == []
    known = load(str(tmp_path), ["SPX", "VIX"])
    recorded(str(tmp_path), known)
    (found,) = quotes()
    assert (found.name, found.first, found.last, found.values) == ("SPX options", DAY, DAY, 1)


def test_an_expiry_is_chosen_among_those_quoted_where_the_day_is(tmp_path: Path) -> None:
    counts(tmp_path, GOOD)
    market = quoted(tmp_path)
    assert MARKET.expiry("SPX", ROW, 30).date == date(2021, 7, 2)
    assert market.expiry("SPX", ROW, 30) == STANDARD
    assert market.expiry("SPX", ROW, 30, "weekly") == MARKET.expiry("SPX", ROW, 30, "weekly")
    assert market.expiry("SPX", ROW + 1, 30) == MARKET.expiry("SPX", ROW + 1, 30)
    assert market.expiry("VIX", ROW, 30) == MARKET.expiry("VIX", ROW, 30)
    assert market.future_expiry("SPX", ROW, 10) == MARKET.future_expiry("SPX", ROW, 10)


def test_quotes_of_the_index_are_none_of_another_underlying(tmp_path: Path) -> None:
    counts(tmp_path, GOOD)
    quotes = quoted(tmp_path).quoted
    assert quotes.quotes(Expiry("QQQ", STANDARD.date, Settlement.OPEN, True), ROW) is None


def test_two_different_quotes_of_one_contract_are_both_left_out(tmp_path: Path) -> None:
    assert counts(tmp_path, changed(bid="1.0"))[0] == {
        "several different quotes of one contract": 2
    }


def test_a_row_of_another_width_is_counted(tmp_path: Path) -> None:
    assert counts(tmp_path, [*GOOD, ["2021-06-01", "SPX"]])[0] == {
        "a row with too few or too many cells": 1
    }


def test_a_day_may_lose_every_quote(tmp_path: Path) -> None:
    crossed = [[*row[:5], "2", "1", *row[7:]] for row in GOOD]

    assert counts(tmp_path, crossed) == ({"a bid above its ask": len(crossed)}, {})


def test_an_expiry_of_few_strikes_is_left_out(tmp_path: Path) -> None:
    few = rows(MARKET, WEEKLY, [3950.0, 4000.0, 4050.0])
    reason = "an expiry with fewer than five strikes to draw a curve through"
    assert counts(tmp_path, [*GOOD, *few])[0] == {reason: 6}


def test_an_option_nobody_bids_for_is_kept_off_the_curve(tmp_path: Path) -> None:
    reason = "no bid: not used for the curve"
    body = changed(strike="5000", bid="0", ask="0.05")
    assert counts(tmp_path, body) == ({}, {reason: 1})
    market = quoted(tmp_path)
    call = market.contract("SPX", STANDARD, Right.CALL, 5000.0)
    assert market.source(call, ROW) == "model:B"
    assert market.spreads([call], ROW) == [0.05]


def test_quotes_that_contradict_each_other_are_kept_off_the_curve(tmp_path: Path) -> None:
    body = [list(row) for row in GOOD]
    stale = next(row for row in body if row[3] == "P" and row[4] == "3500")
    stale[5], stale[6] = "60.0", "60.2"
    said = counts(tmp_path, body)[1]
    assert said["in a vertical or butterfly that pays at its quotes: not used for the curve"] >= 2
    market = quoted(tmp_path)
    put = market.contract("SPX", STANDARD, Right.PUT, 3500.0)
    assert market.mark(put, ROW) == pytest.approx(MARKET.mark(put, ROW), rel=0.02)


def test_a_call_and_a_put_off_parity_are_said_to_be(tmp_path: Path) -> None:
    body = [list(row) for row in GOOD]
    wrong = next(row for row in body if row[3] == "C" and row[4] == "3500")
    wrong[5], wrong[6] = str(float(wrong[5]) + 3), str(float(wrong[6]) + 3)
    assert counts(tmp_path, body) == (
        {},
        {"a call and a put further from parity than their spreads": 2},
    )


@pytest.mark.parametrize("written", ["2021-07-17", "2021-07-15"])
def test_a_standard_expiry_written_a_day_off_is_moved_to_its_settlement(
    tmp_path: Path, written: str
) -> None:
    body = [[*row[:2], written, *row[3:]] for row in GOOD]
    reason = "an expiry moved to the day it settles (a Saturday, or the last day of trading)"
    assert counts(tmp_path, body) == ({}, {reason: len(GOOD)})
    assert quoted(tmp_path).source(MARKET.contract("SPX", STANDARD, Right.PUT, 3900.0), ROW) == (
        "chain"
    )


def test_mixed_roots_of_one_day_stay_apart(tmp_path: Path) -> None:
    evening = Expiry("SPXW", STANDARD.date, Settlement.CLOSE, False)
    write(tmp_path, text([*GOOD, *rows(MARKET, evening, dearer=1.1)]))
    market = quoted(tmp_path)
    opening, closing = (
        market.mark(market.contract("SPX", expiry, Right.PUT, 3900.0), ROW)
        for expiry in (STANDARD, evening)
    )
    assert closing > 1.05 * opening


def test_a_missing_root_is_assumed_and_said(tmp_path: Path) -> None:
    header = HEADER.replace("root", "underlying")
    reason = "no root given: a standard expiry is taken to settle at the open"
    body = [[row[0], "^SPX", *row[2:]] for row in GOOD]
    assert counts(tmp_path, body, header) == ({}, {reason: len(GOOD)})


@pytest.mark.parametrize(
    "moment",
    ["2021-06-01T20:15:00+00:00", "2021-06-02T01:00:00Z", "2021-06-01 16:15:00"],
)
def test_a_time_is_its_day_in_new_york(tmp_path: Path, moment: str) -> None:
    assert counts(tmp_path, [[moment, *row[1:]] for row in GOOD]) == ({}, {})
    assert chains_from_folder(tmp_path, history()).days("SPX").tolist() == [DAY.toordinal()]


def test_strikes_with_commas_and_dollars_are_numbers(tmp_path: Path) -> None:
    plain = write(tmp_path, text(GOOD))
    expected = chains_from_folder(tmp_path, history()).fingerprint
    body = [[*row[:4], f'"${float(row[4]):,.2f}"', *row[5:]] for row in GOOD]
    plain.write_text(text(body))
    assert chains_from_folder(tmp_path, history()).fingerprint == expected


# --- files ---------------------------------------------------------------------------------------


def test_every_container_and_order_gives_the_same_chains(tmp_path: Path) -> None:
    path = write(tmp_path, text(GOOD))
    expected = chains_from_folder(tmp_path, history()).fingerprint
    table = arrow_csv.read_csv(path)
    path.unlink()
    parquet.write_table(table, path.with_suffix(".parquet"))
    assert chains_from_folder(tmp_path, history()).fingerprint == expected
    path.with_suffix(".parquet").unlink()
    half = len(GOOD) // 2
    shuffled = write(tmp_path, text(GOOD[half:][::-1]), "a.csv.gz")
    shuffled.write_bytes(gzip.compress(shuffled.read_bytes()))
    write(tmp_path, text(GOOD[:half]), "b.csv")
    assert chains_from_folder(tmp_path, history()).fingerprint == expected


def test_a_typed_parquet_file_is_read_like_text(tmp_path: Path) -> None:
    path = write(tmp_path, text(GOOD))
    expected = chains_from_folder(tmp_path, history()).fingerprint
    table = arrow_csv.read_csv(path)
    path.unlink()
    moments = table["date"].cast(pa.timestamp("us"))
    table = table.set_column(0, "date", moments).append_column("volume", table["strike"])
    parquet.write_table(table, path.with_suffix(".parquet"))
    assert chains_from_folder(tmp_path, history()).fingerprint == expected


def fault(folder: Path, content: str, name: str = "quotes.csv") -> str:
    write(folder, content, name)
    with pytest.raises(DataFault) as caught:
        chains_from_folder(folder, history())
    return str(caught.value).replace(str(folder), "DIR")


def test_renamed_columns_are_named_with_a_way_out(tmp_path: Path) -> None:
    assert fault(tmp_path, text(GOOD, HEADER.replace("strike", "strikes"))) == (
        "DIR/chains/quotes.csv, row 1: no column strike (is it strikes?) of the layout hedgerow, "
        "the nearest that is known; rename the columns, or describe them in a .yaml file beside it "
        "(found: date, root, expiry, right, strikes, bid, ask, underlying_price)"
    )


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        ("", "quotes.csv", "DIR/chains/quotes.csv: the file is empty; "
         "its first row must name the columns"),
        (text(GOOD, HEADER.replace("ask", "bid")), "quotes.csv", "no column ask"),
        (text(GOOD, HEADER + ",bid"), "quotes.csv", "2 columns named bid; keep one of them"),
        ("no parquet", "quotes.parquet", "DIR/chains/quotes.parquet: the file cannot be read"),
        ("no gzip", "quotes.csv.gz", "DIR/chains/quotes.csv.gz: the file cannot be read"),
        ("columns: [", "own.yaml", "isn't YAML"),
        ("name: a\ntitle: b\nsource: c\ncolumns: {date: d, expiry: e, strike: k, root: r}\n",
         "own.yaml", "give either right, bid, ask or all of call_bid"),
        ("name: a\ntitle: b\nsource: c\nextra: 1\ncolumns: {}\n", "own.yaml", "chains/own.yaml"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_understood_is_one_sentence(
    tmp_path: Path, content: str, name: str, message: str
) -> None:
    if name.endswith(".yaml"):
        write(tmp_path, text(GOOD))
    assert message in fault(tmp_path, content, name)


def test_a_mapping_of_ones_own_needs_no_code(tmp_path: Path) -> None:
    write(tmp_path, text(GOOD))
    expected = chains_from_folder(tmp_path, history()).fingerprint
    write(tmp_path, text(GOOD, "Tag,Wurzel,Verfall,Art,Basis,Geld,Brief,Index"))
    write(
        tmp_path,
        "name: own\ntitle: my vendor\nsource: their manual\ncolumns: {date: tag, root: wurzel, "
        "expiry: verfall, right: art, strike: basis, bid: geld, ask: brief, "
        "underlying_price: index}\n",
        "vendor.yaml",
    )
    chains = chains_from_folder(tmp_path, history())
    assert chains.fingerprint == expected
    assert chains.report.files == [("quotes.csv", "own")]


def as_vendor(layout: str) -> tuple[str, str]:
    """GOOD as a vendor writes it: the file's name and text."""
    month_first = {"orats", "ivolatility"}

    def day(iso: str) -> str:
        written = date.fromisoformat(iso)
        return f"{written.month}/{written.day}/{written.year}" if layout in month_first else iso

    pairs = {row[4]: {} for row in GOOD}
    for row in GOOD:
        pairs[row[4]][row[3]] = row
    lines = []
    if layout == "cboe_datashop":
        header = (
            "underlying_symbol,quote_date,root,expiration,strike,"
            "option_type,bid_eod,ask_eod,underlying_bid_eod"
        )
        lines = [
            ["^SPX", r[0], "SPX", r[2], f"{float(r[4]):.3f}", r[3], r[5], r[6], r[7]] for r in GOOD
        ]
    elif layout == "ivolatility":
        header = (
            "symbol,exchange,date,stock price close,option symbol,"
            "option expiration,strike,call/put,ask,bid"
        )
        lines = [
            [
                "SPX",
                "CBOE",
                day(r[0]),
                r[7],
                f"SPX   210716{r[3]}{int(r[4]):05d}000",
                day(r[2]),
                r[4],
                r[3],
                r[6],
                r[5],
            ]
            for r in GOOD
        ]
    elif layout == "optionsdx":
        header = (
            "[QUOTE_DATE], [UNDERLYING_LAST], [EXPIRE_DATE], [C_BID],"
            " [C_ASK], [STRIKE], [P_BID], [P_ASK]"
        )
        lines = [
            [f" {c[0]}", c[7], f" {c[2]}", f" {c[5]}", c[6], k, p[5], p[6]]
            for k, each in pairs.items()
            for c, p in [(each["C"], each["P"])]
        ]
    else:
        header = (
            "ticker,cOpra,pOpra,stkPx,expirDate,strike,cBidPx,cAskPx,"
            "pBidPx,pAskPx,spot_px,trade_date"
        )
        lines = [
            [
                "SPX",
                f"SPX210716C{int(k):05d}000",
                "",
                c[7],
                day(c[2]),
                k,
                c[5],
                c[6],
                p[5],
                p[6],
                c[7],
                day(c[0]),
            ]
            for k, each in pairs.items()
            for c, p in [(each["C"], each["P"])]
        ]
    name = "spx_eod_202106.txt" if layout == "optionsdx" else "file.csv"
    return name, text(lines, header)


@pytest.mark.parametrize(
    "layout", sorted({each.name for each in packaged_layouts()} - {"hedgerow"})
)
def test_every_vendors_layout_gives_the_neutral_ones_chains(tmp_path: Path, layout: str) -> None:
    path = write(tmp_path, text(GOOD))
    expected = chains_from_folder(tmp_path, history()).fingerprint
    path.unlink()
    name, content = as_vendor(layout)
    write(tmp_path, content, name)
    chains = chains_from_folder(tmp_path, history())
    assert chains.report.files == [(name, layout)]
    assert chains.fingerprint == expected


def test_forward_and_discount_come_back_from_parity(tmp_path: Path) -> None:
    write(tmp_path, text(GOOD))
    quotes = quoted(tmp_path).recorded.chains.slice(DAY.toordinal(), STANDARD)
    assert quotes is not None
    rows, years = np.array([ROW]), np.array([(45 - 0.27) / 365])
    forward = MARKET.snapshots.forward(rows, years)[0]
    assert quotes.forward == pytest.approx(forward, abs=1e-8)
    assert quotes.discount == pytest.approx(np.exp(-MARKET.snapshots.rate[ROW] * years[0]))


def test_between_strikes_the_curve_is_scipys_monotone_cubic(tmp_path: Path) -> None:
    write(tmp_path, text(GOOD))
    quotes = quoted(tmp_path).recorded.chains.slice(DAY.toordinal(), STANDARD)
    assert quotes is not None
    between = np.linspace(quotes.knots[0], quotes.knots[-1], 301)
    expected = PchipInterpolator(quotes.knots, quotes.variance)(between)
    assert quotes.total_vol(between) ** 2 == pytest.approx(expected, rel=1e-12)


def test_beyond_the_quotes_the_smile_keeps_the_models_shape(tmp_path: Path) -> None:
    write(tmp_path, text(rows(MARKET, listed=np.arange(3800.0, 4205.0, 5.0))))
    market = quoted(tmp_path)
    for right, strike in ((Right.PUT, 3300.0), (Right.CALL, 4400.0)):
        leg = market.contract("SPX", STANDARD, right, strike)
        assert market.mark(leg, ROW) == pytest.approx(MARKET.mark(leg, ROW), rel=0.01)


def test_a_folder_without_chains_is_modelled_as_before(tmp_path: Path) -> None:
    assert quoted(tmp_path).fingerprint == MARKET.fingerprint


def test_chains_are_read_again_when_their_file_changes(tmp_path: Path) -> None:
    path = write(tmp_path, text(GOOD))
    first = chains_from_folder(tmp_path, history())
    path.write_text(text(GOOD[:-2]))
    second = chains_from_folder(tmp_path, history())
    assert second.report.read == first.report.read - 2
    assert second.fingerprint != first.fingerprint


# --- prices --------------------------------------------------------------------------------------


def test_quotes_win_on_their_day_and_nowhere_else(tmp_path: Path) -> None:
    write(tmp_path, text(rows(MARKET, dearer=1.1)))
    market = quoted(tmp_path)
    put = market.contract("SPX", STANDARD, Right.PUT, 3900.0)
    marks, plain = market.marks(put, ROW - 2), MARKET.marks(put, ROW - 2)
    assert marks[2] == pytest.approx(1.1 * plain[2], rel=0.02)
    assert np.delete(marks, 2).tolist() == np.delete(plain, 2).tolist()
    assert [market.source(put, at) for at in (ROW - 1, ROW, ROW + 1)] == [
        *("model:B", "chain", "model:B")
    ]
    assert market.source(market.contract("SPX", WEEKLY, Right.PUT, 3900.0), ROW) == "model:B"
    assert market.fingerprint != MARKET.fingerprint
    assert any("price SPX options on 1 of 12 sessions" in note for note in market.history.notes)


def test_a_package_is_modelled_as_soon_as_a_leg_is(tmp_path: Path) -> None:
    write(tmp_path, text(GOOD))
    market = quoted(tmp_path)
    near, far = (market.contract("SPX", STANDARD, Right.PUT, at) for at in (3900.0, 2500.0))
    assert market.package_source([near, near], ROW) == "chain"
    assert market.package_source([near, far], ROW) == "model:B"
    assert market.spreads([near, far], ROW) == pytest.approx([0.4, np.nan], nan_ok=True)


def test_strikes_and_deltas_are_those_of_the_quotes(tmp_path: Path) -> None:
    write(tmp_path, text(GOOD))
    market = quoted(tmp_path)
    listed = market.strikes("SPX", ROW, STANDARD)
    assert listed.tolist() == sorted({float(row[4]) for row in GOOD})
    for right in Right:
        quotes = market.deltas("SPX", ROW, STANDARD, right, listed)
        assert quotes == pytest.approx(MARKET.deltas("SPX", ROW, STANDARD, right, listed), abs=2e-3)


def test_chains_with_nowhere_to_keep_them_are_refused_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, text(GOOD))
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    with pytest.raises(DataFault, match="nothing can be written; set XDG_CACHE_HOME"):
        chains_from_folder(tmp_path, history())


def test_a_strike_by_delta_is_looked_for_among_the_quotes_of_their_day(tmp_path: Path) -> None:
    write(tmp_path, text(GOOD))
    for market, known in ((quoted(tmp_path), False), (MARKET, True)):
        for _ in range(2):
            strike = market.by_delta("SPX", ROW, 20, "monthly", Right.PUT, 0.16)
        assert (strike is not None) is known


def test_a_standard_deviation_is_that_of_the_quotes(tmp_path: Path) -> None:
    write(tmp_path, text(GOOD))
    modelled_points = MARKET.one_sd("SPX", ROW, STANDARD)
    assert quoted(tmp_path).one_sd("SPX", ROW, STANDARD) == pytest.approx(modelled_points, rel=5e-3)
    assert quoted(tmp_path).one_sd("SPX", ROW, WEEKLY) == MARKET.one_sd("SPX", ROW, WEEKLY)


@pytest.mark.parametrize("other", OTHERS, ids=["VIX 12", "VIX 25", "VIX 40"])
def test_a_standard_deviation_follows_the_quotes_not_the_model(
    tmp_path: Path, other: Market
) -> None:
    wide = np.arange(2000.0, 6000.0, 25.0)
    write(tmp_path, text(rows(other, listed=wide)))
    theirs = other.one_sd("SPX", ROW, STANDARD)
    assert quoted(tmp_path).one_sd("SPX", ROW, STANDARD) == pytest.approx(theirs, rel=5e-3)


def test_a_shock_moves_a_quoted_option_as_it_moves_the_model(tmp_path: Path) -> None:
    write(tmp_path, text(rows(MARKET, dearer=1.1)))
    market = quoted(tmp_path)
    legs = [market.contract("SPX", STANDARD, right, 3900.0) for right in Right]
    calm = market.prices(legs, ROW)
    assert calm[:, 0].tolist() == [market.mark(leg, ROW) for leg in legs]
    moved = market.prices(legs, ROW, market.shocked(ROW, 3800.0, 26.0))
    expected = MARKET.prices(legs, ROW, MARKET.shocked(ROW, 3800.0, 26.0)) - MARKET.prices(
        legs, ROW
    )
    assert moved - calm == pytest.approx(expected, abs=1e-9)


def test_cutting_a_quoted_market_changes_no_earlier_price(tmp_path: Path) -> None:
    days = [DAY + timedelta(days) for days in (0, 1, 2)]
    body = [row for at, day in enumerate(days) for row in rows(MARKET, dearer=1 + at / 20, day=day)]
    write(tmp_path, text(body))
    whole, known = quoted(tmp_path), history().until(ROW + 1)
    cut = market_from_history(known, recorded(str(tmp_path), known))
    put = whole.contract("SPX", STANDARD, Right.PUT, 3900.0)
    assert cut.marks(put, ROW).tolist() == whole.marks(put, ROW)[:2].tolist()


def test_quoted_vix_options_win_with_the_forward_their_parity_says(tmp_path: Path) -> None:
    expiry = Expiry("VIX", date(2021, 7, 21), Settlement.OPEN, True)
    listed = [*range(14, 24), 26, 30, 35, 40]
    body = []
    for strike in listed:
        for right in Right:
            mid = MARKET.mark(MARKET.contract("VIX", expiry, right, float(strike)), ROW) * 1.05
            quote = (f"{strike}", repr(max(mid - 0.01, 0.0)), repr(mid + 0.01), "18")
            body.append(["2021-06-01", "VIX", "2021-07-21", right.value, *quote])
    write(tmp_path, text(body))
    market = quoted(tmp_path)
    call = market.contract("VIX", expiry, Right.CALL, 30.0)
    assert market.mark(call, ROW) == pytest.approx(1.05 * MARKET.mark(call, ROW), rel=1e-9)
    assert market.source(call, ROW) == "chain"
    assert any("VIX options on 1 of 12 sessions" in note for note in market.history.notes)


@st.composite
def smiles(draw: st.DrawFn) -> list[list[str]]:
    """Quotes of another VIX, free of arbitrage, of any density and with spreads of any size."""
    step = draw(st.sampled_from([5.0, 10.0, 25.0, 50.0]))
    low = draw(st.sampled_from([3200.0, 3500.0, 3800.0]))
    half = draw(st.floats(0.01, 1.0))
    other = draw(st.sampled_from(OTHERS))
    return rows(other, listed=np.arange(low, 4305.0, step), half=half)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(smiles())
def test_a_cleaned_chain_prices_back_to_its_mids(tmp_path: Path, body: list[list[str]]) -> None:
    write(tmp_path, text(body))
    market = quoted(tmp_path)
    quotes = market.recorded.chains.slice(DAY.toordinal(), STANDARD)
    assert quotes is not None
    on_curve = set(np.round(quotes.forward * np.exp(quotes.knots), 6))
    for row in body:
        strike, put = float(row[4]), row[3] == "P"
        contract = market.contract("SPX", STANDARD, Right.PUT if put else Right.CALL, strike)
        if strike in on_curve and put == (strike < quotes.forward):
            mid = (float(row[5]) + float(row[6])) / 2
            assert market.mark(contract, ROW) == pytest.approx(mid, abs=1e-8)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(smiles())
def test_marks_from_quotes_keep_parity_and_never_fall_below_nothing(
    tmp_path: Path, body: list[list[str]]
) -> None:
    write(tmp_path, text(body))
    market = quoted(tmp_path)
    quotes = market.recorded.chains.slice(DAY.toordinal(), STANDARD)
    assert quotes is not None
    asked = np.arange(2000.0, 5500.0, 12.5)
    calls, puts = (
        market.prices(
            [market.contract("SPX", STANDARD, right, strike) for strike in asked],
            ROW,
        )[:, 0]
        for right in (Right.CALL, Right.PUT)
    )
    assert (calls >= 0).all()
    assert (puts >= 0).all()
    parity = quotes.discount * (quotes.forward - asked)
    assert calls - puts == pytest.approx(parity, abs=1e-8)
    assert (np.diff(calls) <= 1e-9).all()
    assert (np.diff(puts) >= -1e-9).all()
