"""A look through data: a clean folder earns no word, one fault exactly its own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hedgerow.market.audit.finding import Kind
from hedgerow.market.audit.folder import findings_of
from hedgerow.market.calendar import nyse
from hedgerow.market.data_fault import DataFault
from hedgerow.market.sources.folder import history_from_folder
from hypothesis import given, settings
from hypothesis import strategies as st

TODAY = date(2025, 6, 2)
SESSIONS = 300
Fault = Callable[[pd.DataFrame, int], pd.DataFrame]


def bars(level: float, daily: float, seed: int) -> pd.DataFrame:
    """Sessions from 2023 on with bars that open, reach and close where bars do."""
    draw = np.random.default_rng(seed)
    known = nyse().sessions
    days = known[known >= np.datetime64("2023-01-01")][:SESSIONS]
    close = level * np.exp(np.cumsum(np.clip(draw.normal(0, daily, SESSIONS), -0.1, 0.1)))
    gap, above, below = draw.uniform(0.1, 1.0, (3, SESSIONS)) * daily
    open_ = np.concatenate([[level], close[:-1]]) * (1 + gap)
    high, low = np.maximum(open_, close) * (1 + above), np.minimum(open_, close) * (1 - below)
    return pd.DataFrame(
        {"date": days.astype(str), "open": open_, "high": high, "low": low, "close": close}
    ).round(dict.fromkeys(("open", "high", "low", "close"), 4))


def clean(seed: int) -> dict[str, pd.DataFrame]:
    rate = bars(4.5, 0.01, seed + 2)[["date", "close"]]
    volatility = bars(18.0, 0.02, seed + 1)
    return {"SPX": bars(4000.0, 0.01, seed), "VIX": volatility, "RATE": rate,
            "VIX3M": bars(20.0, 0.02, seed + 3)[["date", "close"]]}  # fmt: skip


def kinds(frames: dict[str, pd.DataFrame]) -> list[tuple[str, Kind]]:
    with tempfile.TemporaryDirectory() as name:
        for series, frame in frames.items():
            frame.to_csv(Path(name) / f"{series}.csv", index=False)
        return [(each.where, each.kind) for each in findings_of(Path(name), TODAY)]


def cell(column: str, value: object) -> Fault:
    def put(frame: pd.DataFrame, at: int) -> pd.DataFrame:
        frame = frame.astype(object)
        frame.loc[at, column] = value
        return frame

    return put


def scaled(column: str, factor: float) -> Fault:
    def put(frame: pd.DataFrame, at: int) -> pd.DataFrame:
        frame.loc[at, column] *= factor
        return frame

    return put


def spike(frame: pd.DataFrame, at: int) -> pd.DataFrame:
    frame.loc[at, ["open", "high", "low", "close"]] *= 1.6
    return frame


def split(frame: pd.DataFrame, at: int) -> pd.DataFrame:
    frame.loc[at:, ["open", "high", "low", "close"]] /= 4.0
    return frame


def lowered(frame: pd.DataFrame, at: int) -> pd.DataFrame:
    frame.loc[at, "high"] = (frame.loc[at, ["open", "close"]].max() + frame.low[at]) / 2
    return frame


def weekend(frame: pd.DataFrame, at: int) -> pd.DataFrame:
    day = pd.Timestamp(frame.date[at])
    row = frame.loc[[at]].assign(date=str((day + pd.offsets.Week(weekday=5)).date()))
    return pd.concat([frame, row]).sort_values("date")


def swapped(frame: pd.DataFrame, at: int) -> pd.DataFrame:
    order = [*range(at), at + 1, at, *range(at + 2, len(frame))]
    return frame.iloc[order]


def stale(frame: pd.DataFrame, _: int) -> pd.DataFrame:
    frame.loc[:249, "open"] = frame.close.shift().fillna(frame.open)[:250]
    frame["high"] = frame[["high", "open"]].max(axis=1)
    frame["low"] = frame[["low", "open"]].min(axis=1)
    return frame


def flat(frame: pd.DataFrame, _: int) -> pd.DataFrame:
    for column in ("open", "high", "low"):
        frame.loc[:249, column] = frame.close[:250]
    return frame


def future(frame: pd.DataFrame, _: int) -> pd.DataFrame:
    row = frame.iloc[[-1]].assign(date="2025-06-03")
    return pd.concat([frame, row])


FAULTS: dict[str, tuple[str, Fault, Kind]] = {
    "a session left out": ("SPX", lambda frame, at: frame.drop(index=at), Kind.GAP),
    "a row twice": ("SPX", lambda f, at: pd.concat([f[: at + 1], f[at:]]), Kind.DUPLICATE),
    "rows out of order": ("VIX", swapped, Kind.UNSORTED),
    "a day of the weekend": ("VIX", weekend, Kind.NO_SESSION),
    "a day to come": ("VIX3M", future, Kind.FUTURE),
    "text for a number": ("VIX3M", cell("close", "n.v."), Kind.NO_NUMBER),
    "a date of another form": ("SPX", cell("date", "03/04/2023"), Kind.NO_DATE),
    "a blank close": ("VIX", cell("close", None), Kind.NO_CLOSE),
    "a price of zero": ("SPX", cell("low", 0), Kind.NOT_POSITIVE),
    "a high below its low": ("SPX", scaled("high", 0.5), Kind.CROSSED),
    "a close above its high": ("SPX", lowered, Kind.OUTSIDE),
    "a bad tick": ("SPX", scaled("high", 1.5), Kind.BAD_TICK),
    "a spike": ("SPX", spike, Kind.OUTLIER),
    "a split": ("SPX", split, Kind.SPLIT),
    "a source that stopped": (
        "VIX3M",
        lambda f, at: f.assign(close=f.close.where((f.index < at) | (f.index > at + 5),
                                                   f.close[at])),
        Kind.STUCK,
    ),
    "opens that are the close before": ("SPX", stale, Kind.STALE_OPENS),
    "bars of one price": ("VIX", flat, Kind.FLAT_BARS),
    "volatility as a fraction": ("VIX", lambda f, _: f.assign(
        **{name: f[name] / 100 for name in ("open", "high", "low", "close")}), Kind.UNIT),
}  # fmt: skip


FOLLOWS = {Kind.NO_NUMBER: [Kind.NO_CLOSE], Kind.NO_DATE: [Kind.GAP]}  # one row, two sides of it


@settings(max_examples=5)
@given(seed=st.integers(0, 10_000))
def test_a_clean_folder_earns_no_word(seed: int) -> None:
    assert kinds(clean(seed)) == []


@settings(max_examples=3)
@given(seed=st.integers(0, 10_000), at=st.integers(70, 230))
@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_is_found_and_nothing_else(fault: str, seed: int, at: int) -> None:
    name, put, kind = FAULTS[fault]
    frames = clean(seed)
    frames[name] = put(frames[name], at)

    found = kinds(frames)

    assert found == [(f"{name}.csv", each) for each in (kind, *FOLLOWS.get(kind, ()))]


def test_rates_may_rest_on_days_of_their_own() -> None:
    frames = clean(1)
    frames["RATE"] = frames["RATE"].drop(index=[10, 60, 61, 200])
    assert kinds(frames) == []
    frames["RATE"] = frames["RATE"].drop(index=range(100, 120))
    assert kinds(frames) == [("RATE.csv", Kind.GAP)]


def test_rates_as_a_fraction_are_found_by_the_packaged_ones() -> None:
    days = [f"2007-02-{day:02}" for day in (1, 2, 5, 6, 7)]
    frame = pd.DataFrame({"date": days, "close": [0.0510, 0.0511, 0.0512, 0.0512, 0.0513]})
    assert kinds({"RATE": frame}) == [("RATE.csv", Kind.UNIT)]


def test_a_file_in_small_letters_is_named_and_looked_through(tmp_path: Path) -> None:
    frame = clean(1)["SPX"]
    frame.loc[7, "close"] = -1.0
    frame.to_csv(tmp_path / "spx.csv", index=False)
    misnamed, *others = findings_of(tmp_path, TODAY)
    assert (misnamed.where, misnamed.kind) == ("spx.csv", Kind.MISNAMED)
    assert misnamed.text.endswith("a run does not find this one; name it SPX.csv")
    assert Kind.NOT_POSITIVE in {each.kind for each in others}
    with pytest.raises(DataFault, match=r"no file for SPX, but spx.csv; rename it to SPX.csv"):
        history_from_folder(tmp_path, ["SPX"])


def test_stale_bars_of_some_weeks_are_found_within_a_good_year() -> None:
    frames = clean(1)
    spx = frames["SPX"]
    spx.loc[60:71, "open"] = spx.loc[59:70, "close"].to_numpy()
    spx.loc[60:71, "high"] = spx.loc[60:71, ["open", "close"]].max(axis=1) * 1.001
    spx.loc[60:71, "low"] = spx.loc[60:71, ["open", "close"]].min(axis=1) * 0.999
    with tempfile.TemporaryDirectory() as name:
        spx.to_csv(Path(name) / "SPX.csv", index=False)
        (found,) = findings_of(Path(name), TODAY)
    assert found.kind is Kind.STALE_OPENS
    assert found.places == (f"{spx.date[60]} to {spx.date[71]}",)


def test_closes_unlike_the_packaged_ones_are_named(tmp_path: Path) -> None:
    rows = "date,vix_close\n2008-09-15,31.70\n2008-09-16,31.54\n2008-09-17,36.22\n"
    (tmp_path / "prices.csv").write_text(rows)

    remark, differing = findings_of(tmp_path, TODAY)

    assert remark.text == "holds VIX; a run reads a file each, like VIX.csv"
    assert differing.kind is Kind.DIFFERS
    assert differing.places == ("2008-09-16",)


def test_events_futures_and_quotes_are_looked_into(tmp_path: Path) -> None:
    days = ["2021-05-28", "2021-06-01", "2021-06-02", "2021-06-03"]
    for name, level in (("SPX", 4200), ("VIX", 17)):
        rows = [f"{day},{level + at}" for at, day in enumerate(days)]
        (tmp_path / f"{name}.csv").write_text("\n".join(["date,close", *rows, ""]))
    (tmp_path / "VX.csv").write_text("date,VX1\n2021-06-01,185.2\n")
    for folder in ("events", "chains"):
        (tmp_path / folder).mkdir()
    (tmp_path / "events" / "CPI.csv").write_text("date\n2021-06-10\n2021-07-10\n")
    (tmp_path / "chains" / "june.csv").write_text(
        "date,root,expiry,right,strike,bid,ask\n2021-06-01,SPX,2021-07-16,C,4200,60,50\n"
    )

    told = {each.where: (each.kind, each.text) for each in findings_of(tmp_path, TODAY)
            if not each.kind.is_remark and each.kind is not Kind.DIFFERS}  # fmt: skip

    assert told == {
        "events/CPI.csv": (
            Kind.NO_SESSION, "1 date on a weekend (2021-07-10); correct or delete it"),
        "VX.csv": (
            Kind.UNREADABLE,
            "row 2: a settlement more than 4 times VIX on 2021-06-01; "
            "correct it, or give it in points of VIX"),
        "chains": (Kind.QUOTES, "1 quote left out: a bid above its ask"),
    }  # fmt: skip
