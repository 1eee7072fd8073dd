"""Public series over HTTP: whatever a server does, a whole file or one clear sentence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hedgerow.market.data_fault import DataFault
from hedgerow.market.download.fetch import fetch
from hedgerow.market.download.published import series_text
from hedgerow.market.download.registry import chosen, mirror_from, public_sources

from tests.market.file_server import TAG, Server, cut, good, serving, silent, status

CONTENT = b"DATE,VVIX\n03/06/2006,71.73\n03/07/2006,72.10\n" * 50
PATH = "/file.csv"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as started:
        yield started


class Waited(list[float]):
    """Takes the place of the clock."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def fault(server: Server, waited: Waited, timeout: float = 5.0) -> str:
    with pytest.raises(DataFault) as caught:
        fetch(server.address + PATH, "", waited, timeout)
    return str(caught.value).replace(server.address, "http://host")


def test_a_file_comes_whole_with_its_tag(server: Server) -> None:
    server.replies[PATH] = [good(CONTENT)]
    answer = fetch(server.address + PATH, "", Waited())
    assert answer is not None
    assert (answer.content, answer.tag) == (CONTENT, TAG)


def test_a_file_that_is_known_is_not_sent_again(server: Server) -> None:
    server.replies[PATH] = [good(CONTENT)]
    assert fetch(server.address + PATH, TAG, Waited()) is None
    changed = fetch(server.address + PATH, '"v0"', Waited())
    assert changed is not None
    assert changed.content == CONTENT


def test_a_server_that_stumbles_is_asked_again_later_each_time(server: Server) -> None:
    waited = Waited()
    server.replies[PATH] = [status(500), status(503, Retry_After="7"), good(CONTENT)]
    answer = fetch(server.address + PATH, "", waited)
    assert answer is not None
    assert answer.content == CONTENT
    assert waited == [1.0, 7.0]


def test_a_transfer_that_breaks_off_goes_on_where_it_stopped(server: Server) -> None:
    server.replies[PATH] = [cut(CONTENT, 1000), good(CONTENT)]
    answer = fetch(server.address + PATH, "", Waited())
    assert answer is not None
    assert answer.content == CONTENT
    assert server.asked[1][1]["Range"] == "bytes=1000-"
    assert server.asked[1][1]["If-Range"] == TAG


def test_a_server_that_knows_no_ranges_sends_it_all_again(server: Server) -> None:
    server.replies[PATH] = [cut(CONTENT, 1000), cut(CONTENT, len(CONTENT))]
    answer = fetch(server.address + PATH, "", Waited())
    assert answer is not None
    assert answer.content == CONTENT


def test_what_does_not_get_better_is_said_at_once(server: Server) -> None:
    waited = Waited()
    assert "http://host/file.csv: the server has no such file (404)" in fault(server, waited)
    server.replies[PATH] = [status(403)]
    assert "the server refuses it (403)" in fault(server, waited)
    server.replies[PATH] = [status(302, Location=PATH)]
    assert "sends it round in a circle (302)" in fault(server, waited)
    assert waited == []


def test_patience_has_an_end(server: Server) -> None:
    waited = Waited()
    server.replies[PATH] = [status(500)]
    assert "the server answers 500 (4 tries); fetch it with a browser" in fault(server, waited)
    assert waited == [1.0, 2.0, 4.0]
    server.replies[PATH] = [cut(CONTENT, 10)]
    assert "the connection broke off at 10 of" in fault(server, Waited())
    server.replies[PATH] = [silent(1.0)]
    assert "no answer for 0.05 seconds" in fault(server, Waited(), timeout=0.05)


def test_without_a_network_the_way_out_is_said() -> None:
    with serving() as gone:
        address = gone.address
    with pytest.raises(DataFault, match=r"no connection .*; fetch it with a browser"):
        fetch(f"{address}/file.csv", "", Waited())


PUBLISHED = {
    "VIX": "DATE,OPEN,HIGH,LOW,CLOSE\n01/02/1990,17.24,17.24,17.24,17.24\n",
    "VVIX": "DATE,VVIX\n03/06/2006,71.73\n",
    "RATE": "observation_date,DGS3MO\n2020-01-01,\n2020-01-03,1.52\n2020-01-02,1.54\n",
}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("VIX", "date,open,high,low,close\n1990-01-02,17.24,17.24,17.24,17.24\n"),
        ("VVIX", "date,close\n2006-03-06,71.73\n"),
        ("RATE", "date,close\n2020-01-02,1.54\n2020-01-03,1.52\n"),
    ],
)
def test_what_is_published_becomes_a_series(name: str, text: str) -> None:
    source = public_sources()[name]
    assert series_text(source, PUBLISHED[name].encode()) == text
    with_notice = f"Use of this data is subject to terms\n\n{PUBLISHED[name]}"
    assert series_text(source, with_notice.encode()) == text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<!doctype html><p>Please log in", "the answer is a page, not a table"),
        ("", "no columns date and vvix (found: nothing)"),
        ("DAY,VALUE\n03/06/2006,71.73\n", "no columns date and vvix (found: DAY, VALUE)"),
        ("DATE,VVIX\n06.03.2006,71.73\n", "'06.03.2006' is not a date"),
        ("DATE,VVIX\n03/06/2006,n.v.\n", "'n.v.' is not a number"),
        ("DATE,VVIX\n03/06/2006\n", "a row of 1 cells"),
        ("DATE,VVIX\n", "the table has no values"),
    ],
)
def test_another_shape_is_refused_with_a_way_out(content: str, said: str) -> None:
    with pytest.raises(DataFault) as caught:
        series_text(public_sources()["VVIX"], content.encode())
    assert said in str(caught.value)
    assert "save it by hand with the columns date and close" in str(caught.value)


def test_every_source_says_what_may_be_done_with_it_and_can_be_mirrored() -> None:
    for source in chosen([]):
        assert source.licence
        assert source.address("http://127.0.0.1:1/m").startswith("http://127.0.0.1:1/m/")
    with pytest.raises(DataFault, match="no public source is known for it; did you mean VIX3M"):
        chosen(["vix3n"])
    with pytest.raises(DataFault, match="no address to download from"):
        mirror_from("file:///etc")
