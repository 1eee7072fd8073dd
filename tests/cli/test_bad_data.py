"""Whatever stands in a folder of series: one message that names the file and the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import Answer, Here

START = "date,close\n1990-01-02,359.69\n1990-01-03,358.76\n"

BAD = {
    "a date twice": (START + "1990-01-03,350\n", "row 4: 1990-01-03 stands in row 3 too"),
    "unsorted": (START + "1989-12-29,350\n", "row 4: 1989-12-29 comes after 1990-01-03"),
    "a NaN": (START + "1990-01-04,nan\n", "row 4: close is missing"),
    "a blank": (START + "1990-01-04,\n", "row 4: close is missing"),
    "zero": (START + "1990-01-04,0\n", "row 4: close is not above zero"),
    "negative": (START + "1990-01-04,-3.5\n", "row 4: close is not above zero"),
    "text": (START + "1990-01-04,n.v.\n", 'row 4: "n.v." in column close is not a number'),
    "infinity": (START + "1990-01-04,inf\n", "row 4"),
    "another date format": (START + "01/04/1990,350\n", "row 4"),
    "a cell too many": (START + "1990-01-04,350,1\n", "row 4"),
    "no date column": ("day,close\n1990-01-02,350\n", "row 1: no columns named date"),
    "empty": ("", "the file is empty"),
    "no rows": ("date,close\n", "no rows"),
}


def refused(answer: Answer) -> str:
    """The one line of a fault."""
    assert answer.status == 2
    assert answer.out == ""
    assert answer.err.startswith("hedgerow: ")
    assert answer.err.count("\n") == 1, answer.err
    return answer.err


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_series_is_named_with_its_row_and_nothing_is_written(
    kind: str, rules: Path, data: Path, tmp_path: Path, hedgerow: Here
) -> None:
    content, problem = BAD[kind]
    (data / "SPX.csv").write_text(content)

    said = refused(hedgerow("run", rules, "--data", data, "--out", tmp_path / "out"))

    assert f"{data / 'SPX.csv'}" in said
    assert problem in said
    assert not (tmp_path / "out").exists()


def test_bytes_that_are_no_text_are_named(rules: Path, data: Path, hedgerow: Here) -> None:
    (data / "VIX.csv").write_bytes(b"\xff\xfe\x00\x01")

    assert f"{data / 'VIX.csv'}" in refused(hedgerow("run", rules, "--data", data))


def test_a_folder_without_a_needed_series_says_which(
    rules: Path, data: Path, hedgerow: Here
) -> None:
    (data / "VIX.csv").unlink()

    said = refused(hedgerow("run", rules, "--data", data))

    assert "no file for VIX (series there: SPX.csv); save it as VIX.csv" in said


def test_prices_need_vix_even_where_the_rules_do_not(data: Path, hedgerow: Here) -> None:
    (data / "VIX.csv").unlink()

    assert "no file for VIX" in refused(hedgerow("run", "simple/dip_buyer", "--data", data))


def test_a_folder_that_is_not_there_is_named(rules: Path, tmp_path: Path, hedgerow: Here) -> None:
    assert "no such folder" in refused(hedgerow("run", rules, "--data", tmp_path / "nowhere"))


def test_dates_outside_the_data_show_what_there_is(rules: Path, data: Path, hedgerow: Here) -> None:
    said = refused(hedgerow("run", rules, "--data", data, "--from", "2050-01-01"))

    assert "no session lies between these dates; the data run from 1990-01-02 to" in said


def test_dates_half_outside_the_data_are_a_remark(rules: Path, data: Path, hedgerow: Here) -> None:
    answer = hedgerow("run", rules, "--data", data, "--from", "1980-01-01", "--to", "2050-01-01")

    assert answer.status == 0
    assert "note: the data begin on 1990-01-02, after --from 1980-01-01\n" in answer.err
    assert "before --to 2050-01-01\n" in answer.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from", "1990"], "'1990' is not a day; write it like 2008-09-15"),
        (["--from", "1991-01-01", "--to", "1990-01-01"], "1991-01-01 is after --to 1990-01-01"),
        (["--capital", "a lot"], "'a lot' is no amount; write it like 250000"),
        (["--capital", "-5"], "is not between $0.01 and"),
        (["--capital", "nan"], "is not between $0.01 and"),
        (["--capital", "1e400"], "is not between $0.01 and"),
        (["--capital", "10.001"], "in whole cents"),
        (["--spread", "1.5"], "--spread"),
        (["--costs", "defualt"], "no such fee schedule; did you mean `default`?"),
        (["--fill", "tomorrow"], "next_close"),
        (["--host", "zipline"], "backtrader"),
        (["--frm", "1990-01-01"], "no such option: --frm"),
    ],
)
def test_a_bad_argument_is_said_in_a_line(
    arguments: list[str], said: str, rules: Path, data: Path, hedgerow: Here
) -> None:
    assert said in refused(hedgerow("run", rules, "--data", data, *arguments))
