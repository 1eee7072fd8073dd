"""`hedgerow data download`: files into a folder, whole or not at all, nothing lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.cli.command import Answer, Here
from tests.cli.test_bad_data import refused
from tests.market.file_server import Server, cut, good, serving, status
from tests.market.fomc_page import YEARS, page

VVIX = "/cdn.cboe.com/api/global/us_indices/daily_prices/VVIX_History.csv"
RATE = "/fred.stlouisfed.org/graph/fredgraph.csv?id=DGS3MO"
CONTENT = b"DATE,VVIX\n03/06/2006,71.73\n03/07/2006,72.10\n"
SERIES = "date,close\n2006-03-06,71.73\n2006-03-07,72.10\n"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as started:
        started.replies[VVIX] = [good(CONTENT)]
        started.replies[RATE] = [good(b"observation_date,DGS3MO\n2020-01-02,1.54\n")]
        yield started


def download(hedgerow: Here, server: Server, folder: Path, *names: str) -> Answer:
    arguments = ("--to", folder, "--mirror", server.address, "--pause", "0")
    return hedgerow("data", "download", *names, *arguments)


def test_series_and_their_record_are_written(
    server: Server, tmp_path: Path, hedgerow: Here
) -> None:
    folder = tmp_path / "quotes"

    answer = download(hedgerow, server, folder, "VVIX", "RATE")

    assert answer.status == 0
    assert "VVIX: 2 rows, 2006-03-06 to 2006-03-07 (Cboe;" in answer.err
    assert (folder / "VVIX.csv").read_text() == SERIES
    record = json.loads((folder / "downloads.json").read_text())["series"]
    assert list(record) == ["VVIX", "RATE"]
    assert record["VVIX"]["sha256"] == hashlib.sha256(SERIES.encode()).hexdigest()
    assert hedgerow("data", "check", folder).status == 0


def test_what_has_not_changed_is_not_fetched_again(
    server: Server, tmp_path: Path, hedgerow: Here
) -> None:
    download(hedgerow, server, tmp_path, "VVIX")

    answer = download(hedgerow, server, tmp_path, "VVIX")

    assert answer.status == 0
    assert "VVIX: unchanged since 2006-03-07" in answer.err
    assert "If-None-Match" in server.asked[-1][1]


def test_a_failure_leaves_the_old_file_and_the_others_go_on(
    server: Server, tmp_path: Path, hedgerow: Here
) -> None:
    download(hedgerow, server, tmp_path, "VVIX")
    server.replies[VVIX] = [good(b"<html>maintenance</html>", '"v2"')]

    answer = download(hedgerow, server, tmp_path, "VVIX", "RATE")

    assert answer.status == 2
    assert "the answer is a page, not a table" in answer.err
    assert "1 of 2 series are in" in answer.err
    assert (tmp_path / "VVIX.csv").read_text() == SERIES
    assert (tmp_path / "RATE.csv").exists()


def test_a_series_that_cannot_be_had_leaves_nothing(
    server: Server, tmp_path: Path, hedgerow: Here
) -> None:
    server.replies[VVIX] = [status(404)]

    answer = download(hedgerow, server, tmp_path / "new", "VVIX")

    assert answer.status == 2
    assert "the server has no such file (404); fetch it with a browser" in answer.err
    assert not (tmp_path / "new").exists()


def test_a_file_of_ones_own_is_never_written_over(
    server: Server, tmp_path: Path, hedgerow: Here
) -> None:
    (tmp_path / "VVIX.csv").write_text("date,close\n2006-03-06,70\n")

    said = refused(download(hedgerow, server, tmp_path, "VVIX"))

    assert "VVIX.csv: not as a download left it; move it away" in said
    assert server.asked == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["VVXI"], "VVXI: no public source is known for it; did you mean VVIX?"),
        (["VVIX", "--mirror", "ftp://host"], "no address to download from"),
        (["VVIX", "--pause", "-1"], "--pause"),
    ],
)
def test_a_bad_argument_is_one_sentence(
    arguments: list[str], said: str, tmp_path: Path, hedgerow: Here
) -> None:
    assert said in refused(hedgerow("data", "download", *arguments, "--to", tmp_path / "new"))


def test_a_broken_record_is_named(server: Server, tmp_path: Path, hedgerow: Here) -> None:
    (tmp_path / "downloads.json").write_text("[]")

    assert "is no record of downloads" in refused(download(hedgerow, server, tmp_path, "VVIX"))


VX = "/cdn.cboe.com/data/us/futures/market_statistics/historical_data/VX/VX_{}.csv"
VX_HEADER = "Trade Date,Futures,Open,High,Low,Close,Settle,Change,Total Volume,EFP,Open Interest\n"
JANUARY = VX_HEADER + (
    "2014-01-17,F (Jan 2014),12.8500,13.3000,12.8000,13.1000,13.125,0.125,47001,1,90000\n"
    "2014-01-21,F (Jan 2014),13.0000,13.2000,12.9000,13.0000,0,0,10,0,1\n"
    "2014-01-22,F (Jan 2014),0.0000,12.8000,12.8000,0.0000,12.82,-0.3,0,0,80000\n"
)
FEBRUARY = VX_HEADER + "2014-01-21,G (Feb 2014),14.1,14.2,13.9,14.0,14.05,0.1,100,0,2\n"


def expect_contracts(server: Server, **files: str) -> None:
    for expiry, text in files.items():
        server.replies[VX.format(expiry.strip("_").replace("_", "-"))] = [good(text.encode())]


def test_futures_are_put_together_from_a_file_a_contract(
    server: Server, tmp_path: Path, hedgerow: Here
) -> None:
    expect_contracts(server, _2014_01_22=JANUARY, _2014_02_19=FEBRUARY)

    answer = download(hedgerow, server, tmp_path, "VX")

    assert answer.status == 0
    assert "VX: 3 settlements, 2014-01-17 to 2014-01-22; " in answer.err
    assert (tmp_path / "VX.csv").read_text().splitlines() == [
        "date,expiry,settle",
        "2014-01-17,2014-01-22,13.125",
        "2014-01-21,2014-02-19,14.05",
        "2014-01-22,2014-01-22,12.82",
    ]


ARCHIVE = "/cdn.cboe.com/resources/futures/archive/volume-and-price/CFE_{}_VX.csv"
OLDER = (
    "CFE data is compiled for the convenience of site visitors and is furnished without\n"
    + VX_HEADER
    + "3/23/2007,J (Apr 07),136.9,139,133,133.5,133.5,-1.5,561,0,19879,,\n"
    "03/26/2007,J (Apr 07),13.40,13.60,13.30,13.40,13.45,0.10,490,0,20141,,\n"
    "03/26/2007,J (Apr 07),13.40,13.60,13.30,13.40,13.45,0.10,490,0,20141,,\n"
    "04/18/2007,J (Apr 07),0,0,0,0,12.98,-0.2,0,0,11742,,\n"
)


def test_older_contracts_come_from_the_archive_as_they_were_quoted(
    server: Server, tmp_path: Path, hedgerow: Here
) -> None:
    server.replies[ARCHIVE.format("K04")] = [status(403)]
    server.replies[ARCHIVE.format("J07")] = [good(OLDER.encode())]

    answer = download(hedgerow, server, tmp_path, "VX")

    assert answer.status == 0
    assert (tmp_path / "VX.csv").read_text().splitlines()[1:] == [
        "2007-03-23,2007-04-18,133.5",
        "2007-03-26,2007-04-18,13.45",
        "2007-04-18,2007-04-18,12.98",
    ]
    assert "contracts are not published" in answer.err
    asked = [path for path, _ in server.asked]
    assert ARCHIVE.format("Z13") in asked
    assert VX.format("2014-01-22") in asked
    assert ARCHIVE.format("F14") not in asked


def test_a_contract_that_trades_after_its_expiry_is_refused(
    server: Server, tmp_path: Path, hedgerow: Here
) -> None:
    late = OLDER.replace("04/18/2007", "04/19/2007").encode()
    server.replies[ARCHIVE.format("J07")] = [good(late)]

    answer = download(hedgerow, server, tmp_path / "new", "VX")

    assert answer.status == 2
    assert "VX of 2007-04-18: a settlement of 2007-04-19, after the expiry" in answer.err
    assert not (tmp_path / "new").exists()


def test_contracts_that_have_settled_are_not_fetched_again(
    server: Server, tmp_path: Path, hedgerow: Here
) -> None:
    expect_contracts(server, _2014_01_22=JANUARY)
    download(hedgerow, server, tmp_path, "VX")
    server.asked.clear()
    expect_contracts(server, _2014_02_19=FEBRUARY)

    answer = download(hedgerow, server, tmp_path, "VX")

    assert "VX: 3 settlements" in answer.err
    assert VX.format("2014-01-22") not in [path for path, _ in server.asked]


def test_what_came_before_a_fault_is_kept_and_the_rest_fetched_next_time(
    server: Server, tmp_path: Path, hedgerow: Here
) -> None:
    expect_contracts(server, _2014_01_22=JANUARY, _2014_02_19="<html>maintenance</html>")

    answer = download(hedgerow, server, tmp_path, "VX")

    assert answer.status == 2
    assert "the answer is a page, not a table" in answer.err
    assert len((tmp_path / "VX.csv").read_text().splitlines()) == 3
    expect_contracts(server, _2014_02_19=FEBRUARY)
    assert download(hedgerow, server, tmp_path, "VX").status == 0
    assert len((tmp_path / "VX.csv").read_text().splitlines()) == 4


def test_a_contract_that_can_not_be_had_again_keeps_what_was_had_of_it(
    server: Server, tmp_path: Path, hedgerow: Here
) -> None:
    expect_contracts(server, _2014_01_22=JANUARY, _2014_02_19=FEBRUARY)
    download(hedgerow, server, tmp_path, "VX")
    record = json.loads((tmp_path / "downloads.json").read_text())
    record["series"]["VX"]["settled"] = "2014-01-22"
    (tmp_path / "downloads.json").write_text(json.dumps(record))
    server.replies[VX.format("2014-02-19")] = [status(403)]

    assert download(hedgerow, server, tmp_path, "VX").status == 0
    assert len((tmp_path / "VX.csv").read_text().splitlines()) == 4


def test_a_place_without_any_contract_is_an_error(
    server: Server, tmp_path: Path, hedgerow: Here
) -> None:
    answer = download(hedgerow, server, tmp_path / "new", "VX")

    assert answer.status == 2
    assert "no contract is there; look at the address" in answer.err
    assert not (tmp_path / "new").exists()


def test_release_days_go_into_a_calendar_that_runs_read(
    server: Server, tmp_path: Path, hedgerow: Here
) -> None:
    when, what = "DTSTART;TZID=US-Eastern:20200114T083000", "SUMMARY:Consumer Price Index"
    lines = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", when, what, "END:VEVENT", "END:VCALENDAR", "")
    content = "\r\n".join(lines).encode()
    server.replies["/www.bls.gov/schedule/news_release/bls.ics"] = [good(content)]

    answer = download(hedgerow, server, tmp_path / "data", "CPI")

    assert answer.status == 0
    assert "CPI: 1 rows, 2020-01-14 to 2020-01-14 (U.S. Bureau of Labor Statistics" in answer.err
    calendar = tmp_path / "data" / "events" / "CPI.csv"
    assert calendar.read_text() == "date,announced,withdrawn\n2020-01-14,,\n"
    calendar.write_text("mine")
    again = download(hedgerow, server, tmp_path / "data", "CPI")
    assert again.status == 2
    assert "not as a download left it" in again.err
    assert calendar.read_text() == "mine"


FOMC = "/www.federalreserve.gov/monetarypolicy/fomccalendars.htm"


def test_meetings_are_added_to_the_packaged_ones_over_a_broken_connection(
    server: Server, tmp_path: Path, hedgerow: Here
) -> None:
    year = date.today().year
    held = {year + 1: "January 26-27, March 16-17*", year: YEARS[2026]}
    content = page(held)
    server.replies[FOMC] = [status(503), cut(content, 700), good(content)]

    answer = download(hedgerow, server, tmp_path, "FOMC")

    assert answer.status == 0
    assert [path for path, _ in server.asked] == [FOMC] * 3
    days = (tmp_path / "events" / "FOMC.csv").read_text().splitlines()
    assert days[:2] == ["date,announced,withdrawn", "1994-02-04,1993-12-01,"]
    assert f"{year + 1}-03-17,{date.today()}," in days
    assert hedgerow("data", "check", tmp_path).status == 0
    assert "FOMC" in hedgerow("data", "--data", tmp_path).out
    assert "FOMC: unchanged since" in download(hedgerow, server, tmp_path, "FOMC").err


def test_a_page_of_another_shape_leaves_the_calendar_as_it_was(
    server: Server, tmp_path: Path, hedgerow: Here
) -> None:
    server.replies[FOMC] = [good(b"<html>moved</html>")]

    answer = download(hedgerow, server, tmp_path / "new", "FOMC")

    assert answer.status == 2
    assert f"no meetings of {date.today().year} on the page" in answer.err
    assert not (tmp_path / "new").exists()
