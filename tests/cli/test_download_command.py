"""`hedgerow data download`: files into a folder, whole or not at all, nothing lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import Answer, Here
from tests.cli.test_bad_data import refused
from tests.market.file_server import Server, good, serving, status

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
