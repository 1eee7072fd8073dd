"""A folder of one's own series: read whole, or refused with one clear sentence."""

import gzip
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hedgerow.market.data_fault import DataFault
from hedgerow.market.sources import load
from hypothesis import given
from hypothesis import strategies as st

SPX = """\
date,open,high,low,close
2020-01-02,3244.67,3258.14,3235.53,3257.85
2020-01-03,3226.36,3246.15,3222.34,3234.85
2020-01-06,3217.55,3246.84,3214.64,3246.28
2020-01-07,3241.86,3244.91,3232.43,3237.18
"""
VIX = "date,close\n2020-01-02,12.47\n2020-01-03,14.02\n2020-01-06,13.85\n2020-01-07,13.79\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "SPX.csv").write_text(SPX)
    (tmp_path / "VIX.csv").write_text(VIX)
    return tmp_path


def fault(folder: Path, *needs: str) -> str:
    """The message of the fault, with the folder called DIR."""
    with pytest.raises(DataFault) as caught:
        load(str(folder), needs or ("SPX", "VIX"))
    return str(caught.value).replace(str(folder), "DIR")


def test_a_folder_of_two_series_is_read_whole(folder: Path) -> None:
    history = load(str(folder), ["SPX", "VIX"])
    assert history.sessions.astype(str).tolist() == [
        *("2020-01-02", "2020-01-03", "2020-01-06", "2020-01-07")
    ]
    spx, vix = history.series["SPX"], history.series["VIX"]
    assert spx.low is not None
    assert spx.low.tolist() == [3235.53, 3222.34, 3214.64, 3232.43]
    assert vix.open is None
    assert vix.close.tolist() == [12.47, 14.02, 13.85, 13.79]
    assert history.notes == (
        "The dividend yield of SPX is assumed to be 1.5% a year.",
        "No interest rate was given: 2% a year is assumed.",
    )


def test_capitals_byte_order_marks_blank_lines_and_other_columns_do_no_harm(folder: Path) -> None:
    plain = load(str(folder), ["SPX", "VIX"]).fingerprint
    text = VIX.replace("date,close", "Date, Close ,Volume").replace("\n2", ",\n\n2") + "\r\n"
    rows = text.replace("13.79\n", "13.79,\n").replace("Volume,", "Volume")
    (folder / "VIX.csv").write_bytes(b"\xef\xbb\xbf" + rows.encode())
    assert load(str(folder), ["SPX", "VIX"]).fingerprint == plain


def test_compressed_files_read_the_same(folder: Path) -> None:
    plain = load(str(folder), ["SPX", "VIX"]).fingerprint
    (folder / "VIX.csv").unlink()
    (folder / "VIX.csv.gz").write_bytes(gzip.compress(VIX.encode()))
    assert load(str(folder), ["SPX", "VIX"]).fingerprint == plain


def test_parquet_files_read_the_same(folder: Path) -> None:
    import pandas as pd

    plain = load(str(folder), ["SPX", "VIX"]).fingerprint
    frame = pd.read_csv(folder / "VIX.csv", parse_dates=["date"])
    (folder / "VIX.csv").unlink()
    frame.set_index("date").to_parquet(folder / "VIX.parquet")
    assert load(str(folder), ["SPX", "VIX"]).fingerprint == plain


def test_a_wanted_series_is_read_where_it_is_and_passed_over_where_it_is_not(folder: Path) -> None:
    (folder / "ADL.csv").write_text("date,close\n2020-01-03,-812\n2020-01-06,\n2020-01-07,0\n")
    history = load(str(folder), ["SPX"], ["ADL", "VIX3M"])
    assert set(history.series) == {"SPX", "ADL"}
    np.testing.assert_array_equal(history.series["ADL"].close, [np.nan, -812, np.nan, 0])
    assert "ADL has no value on 2 of 4 sessions, first on 2020-01-02." in history.notes


def test_the_rate_is_read_in_percent_and_carried_over_bond_holidays(folder: Path) -> None:
    (folder / "RATE.csv").write_text("date,close\n2020-01-02,1.54\n2020-01-06,1.56\n")
    rate = load(str(folder), ["SPX"]).rate
    assert rate[0] == rate[1] == pytest.approx(0.01537, abs=1e-5)
    assert rate[2] == rate[3] > rate[1]


def test_dates_that_are_not_sessions_of_spx_are_left_out_and_counted(folder: Path) -> None:
    (folder / "VIX.csv").write_text(VIX.replace("2020-01-06", "2020-01-05"))
    history = load(str(folder), ["VIX"])
    assert np.isnan(history.series["VIX"].close[2])
    assert history.notes[:2] == (
        "VIX has no value on 1 of 4 sessions, first on 2020-01-06.",
        "1 date of VIX left out: no session of SPX.",
    )


def test_a_gap_in_spx_is_said_aloud(folder: Path) -> None:
    kept = [line for line in SPX.splitlines() if not line.startswith("2020-01-03")]
    (folder / "SPX.csv").write_text("\n".join(kept))
    assert load(str(folder), []).notes[0] == "SPX lacks 1 New York session, first 2020-01-03."


Change = Callable[[str], str]


def swap(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(
            lambda _: "",
            "DIR/SPX.csv: the file is empty; "
            "its first row must name the columns, date and close among them",
            id="empty",
        ),
        pytest.param(
            lambda text: text.splitlines()[0],
            "DIR/SPX.csv: no rows under the column names; add one row a date",
            id="header alone",
        ),
        pytest.param(
            swap("low,close", "low,settle"),
            "DIR/SPX.csv, row 1: no columns named close; "
            "name one so (found: date, open, high, low, settle)",
            id="no close",
        ),
        pytest.param(
            lambda text: text.replace(".", "#").replace(",", ";").replace("#", ","),
            "DIR/SPX.csv, row 1: the columns are separated by semicolons; "
            "separate them by commas, and write decimals with a point",
            id="semicolons",
        ),
        pytest.param(
            swap("3257.85", "3257.85e9"),
            "DIR/SPX.csv, row 2: close is above 1,000,000,000 on 2020-01-02; write it in points",
            id="no price",
        ),
        pytest.param(
            swap("open", "date"),
            "DIR/SPX.csv, row 1: 2 columns named date; "
            "name one so (found: date, date, high, low, close)",
            id="two dates",
        ),
        pytest.param(
            swap("2020-01-06", "2020-01-03"),
            "DIR/SPX.csv, row 4: 2020-01-03 stands in row 3 too; keep one row a date",
            id="duplicate",
        ),
        pytest.param(
            swap("2020-01-06", "2019-12-31"),
            "DIR/SPX.csv, row 4: 2019-12-31 comes after 2020-01-03; "
            "sort the rows by date, oldest first",
            id="unsorted",
        ),
        pytest.param(
            swap("2020-01-07", "2020-01-05"),
            "DIR/SPX.csv, row 5: 2020-01-05 comes after 2020-01-06; "
            "sort the rows by date, oldest first",
            id="unsorted at the end",
        ),
        pytest.param(
            swap("2020-01-06", "01/06/2020"),
            'DIR/SPX.csv, row 4: "01/06/2020" is not an ISO date; '
            "write the date as year-month-day, like 2020-01-31",
            id="american date",
        ),
        pytest.param(
            swap("2020-01-06", "20200106"),
            'DIR/SPX.csv, row 4: "20200106" is not an ISO date; '
            "write the date as year-month-day, like 2020-01-31",
            id="date without dashes",
        ),
        pytest.param(
            swap("3246.28", "nan"),
            "DIR/SPX.csv, row 4: close is missing on 2020-01-06; fill it in or delete the row",
            id="nan",
        ),
        pytest.param(
            swap(",3246.28", ",0"),
            "DIR/SPX.csv, row 4: close is not above zero on 2020-01-06; "
            "correct it or delete the row",
            id="zero",
        ),
        pytest.param(
            swap("3217.55", "-3217.55"),
            "DIR/SPX.csv, row 4: open is not above zero on 2020-01-06; "
            "correct it or delete the row",
            id="negative",
        ),
        pytest.param(
            swap("3246.28", "n.v."),
            'DIR/SPX.csv, row 4: "n.v." in column close is not a number; '
            "write it like 4796.56, without thousands separators or units",
            id="text",
        ),
        pytest.param(
            swap("3246.28", '"3,246.28"'),
            'DIR/SPX.csv, row 4: "3,246.28" in column close is not a number; '
            "write it like 4796.56, without thousands separators or units",
            id="thousands separator",
        ),
        pytest.param(
            swap("3246.28", "9" * 400),
            f'DIR/SPX.csv, row 4: "{"9" * 40}…" in column close is not a number; '
            "write it like 4796.56, without thousands separators or units",
            id="endless number",
        ),
        pytest.param(
            swap("3246.84,3214.64", "3214.64,3246.84"),
            "DIR/SPX.csv, row 4: high is below low on 2020-01-06; correct them or leave both blank",
            id="high below low",
        ),
        pytest.param(
            swap("3217.55,", ""),
            "DIR/SPX.csv, row 4: 4 cells where the first row has 5; mend the row or delete it",
            id="short row",
        ),
        pytest.param(
            swap("2020-01-06", "<<<<<<< HEAD\n2020-01-06"),
            "DIR/SPX.csv, row 4: 1 cell where the first row has 5; mend the row or delete it",
            id="merge conflict",
        ),
    ],
)
def test_a_fault_in_a_file_is_named_with_its_row_and_the_way_out(
    folder: Path, change: Change, message: str
) -> None:
    (folder / "SPX.csv").write_text(change(SPX))
    assert fault(folder) == message


def test_further_faults_of_the_same_kind_are_counted(folder: Path) -> None:
    (folder / "VIX.csv").write_text(VIX.replace("14.02", "0").replace("13.79", "0"))
    assert fault(folder) == (
        "DIR/VIX.csv, row 3: close is not above zero on 2020-01-03 (and in 1 more row); "
        "correct it or delete the row"
    )


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert fault(tmp_path / "nowhere") == (
        "DIR: no such folder; name a folder that holds SPX.csv, or `sample`"
    )


def test_a_missing_series_is_named_with_what_is_there(folder: Path) -> None:
    assert fault(folder, "SPX", "VIX3M") == (
        "DIR: no file for VIX3M (series there: SPX.csv, VIX.csv); "
        "save it as VIX3M.csv with the columns date and close"
    )


def test_a_series_the_sample_lacks_is_named() -> None:
    with pytest.raises(DataFault) as caught:
        load("sample", ["SPX", "ADL"])
    assert str(caught.value) == (
        "sample: no series ADL (there are SPX, VIX); "
        "give --data a folder that holds ADL.csv beside SPX.csv and VIX.csv"
    )


def test_two_files_for_one_series_are_one_too_many(folder: Path) -> None:
    (folder / "VIX.csv.gz").write_bytes(gzip.compress(VIX.encode()))
    assert fault(folder) == "DIR: VIX.csv and VIX.csv.gz are both there; keep one of them"


def test_series_of_different_years_are_refused(folder: Path) -> None:
    (folder / "VIX.csv").write_text(VIX.replace("2020", "2011"))
    assert fault(folder) == (
        "DIR/VIX.csv: no date in common with SPX "
        "(2011-01-02 to 2011-01-07 against 2020-01-02 to 2020-01-07); "
        "give both series for the same years"
    )


CUT_GZIP = gzip.compress(VIX.encode(), mtime=0)[:-9]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "VIX.csv",
            b"\xff\xfe\x00d",
            "the file is not text; save it as UTF-8 comma-separated text",
        ),
        ("VIX.csv.gz", b"date,close\n", "the file is not valid gzip; compress it again, or"),
        ("VIX.csv.gz", CUT_GZIP, "the file is not valid gzip; compress"),
    ],
)
def test_binary_rubbish_is_refused(folder: Path, name: str, content: bytes, message: str) -> None:
    (folder / "VIX.csv").unlink()
    (folder / name).write_bytes(content)
    assert fault(folder).startswith(f"DIR/{name}: {message}")


def test_a_directory_in_place_of_a_file_is_refused(folder: Path) -> None:
    (folder / "VIX.csv").unlink()
    (folder / "VIX.csv").mkdir()
    assert fault(folder) == (
        "DIR/VIX.csv: the file cannot be read (is a directory); put a readable file there"
    )


def test_parquet_without_its_reader_names_the_package(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "VIX.csv").rename(folder / "VIX.parquet")
    for package in ("pyarrow", "fastparquet"):
        monkeypatch.setitem(sys.modules, package, None)
    assert fault(folder) == (
        "DIR/VIX.parquet: reading parquet needs pyarrow; "
        "run pip install pyarrow, or save the series as .csv"
    )


@given(st.binary(max_size=400))
def test_no_content_whatever_is_anything_but_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("rubbish")
    (folder / "SPX.csv").write_bytes(content)
    with pytest.raises(DataFault):
        load(str(folder), [])


@given(st.text("0123456789-.,\n\"' date_closenx", max_size=300))
def test_no_table_whatever_is_anything_but_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, rows: str
) -> None:
    folder = tmp_path_factory.mktemp("table")
    (folder / "SPX.csv").write_text(f"date,close\n2020-01-02,3257.85\n{rows}")
    try:
        history = load(str(folder), [])
    except DataFault as refused:
        assert refused.where.startswith(str(folder))
    else:
        assert (history.series["SPX"].close > 0).all()


def test_a_rate_that_is_none_is_refused(folder: Path) -> None:
    (folder / "RATE.csv").write_text("date,close\n2020-01-02,1.5\n2020-01-03,152\n")
    assert fault(folder, "SPX", "VIX") == (
        "DIR/RATE.csv, row 3: the rate is beyond 50 % on 2020-01-03; give it in percent a year"
    )
