from __future__ import annotations

import csv
import errno
import io
import json
import signal
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hedgerow.account.run import Kept, Seen
from hedgerow.report.atomic import OutputFault, write_atomically, write_folder
from hedgerow.report.to_files import run_files
from msgspec.structs import replace
from study.synthetic_runs import CAPITAL, core

NAMES = {
    "run.json", "equity.csv", "trades.csv", "fills.csv", "decisions.csv", "ledger.csv",
    "invariants.csv",
}  # fmt: skip


@pytest.fixture(scope="module")
def run():
    return core(400)


@pytest.fixture(scope="module")
def tables(run):
    return {
        name: list(csv.DictReader(io.StringIO(text)))
        for name, text in run_files(run).items()
        if name.endswith(".csv")
    }


def test_the_ledger_read_back_sums_to_zero_entry_by_entry(run, tables):
    sums: dict[str, Decimal] = {}
    for row in tables["ledger.csv"]:
        sums[row["entry"]] = sums.get(row["entry"], Decimal(0)) + Decimal(row["amount"])
    assert len(sums) == len(run.entries)
    assert set(sums.values()) == {Decimal(0)}


def test_cash_of_the_ledger_is_cash_of_the_last_session(tables):
    moved = [Decimal(row["amount"]) for row in tables["ledger.csv"] if row["account"] == "cash"]
    assert sum(moved) == Decimal(tables["equity.csv"][-1]["cash"])


def test_equity_is_capital_interest_and_what_the_layers_made(run, tables):
    interest = -sum(
        Decimal(row["amount"]) for row in tables["ledger.csv"] if row["account"] == "interest"
    )
    last = tables["equity.csv"][-1]
    layers = sum(Decimal(last[rule]) for rule in run.layers)
    assert Decimal(last["equity"]) == Decimal(CAPITAL) / 100 + interest + layers


def test_every_record_has_its_row(run, tables):
    assert [len(tables[name]) for name in ("equity.csv", "trades.csv", "fills.csv")] == [
        len(run.sessions),
        len(run.trades),
        len(run.fills),
    ]
    assert len(tables["decisions.csv"]) == len(run.decisions)
    assert (
        sum(Decimal(row["fee"]) for row in tables["fills.csv"])
        == Decimal(sum(fill.fee for fill in run.fills)) / 100
    )


def test_tables_of_days_start_with_the_date(tables):
    for name in ("equity.csv", "fills.csv", "decisions.csv", "ledger.csv"):
        assert next(iter(tables[name][0])) == "date"


def test_a_high_is_a_drawdown_of_zero_without_a_sign(tables):
    assert tables["equity.csv"][0]["drawdown"] == "0.000000"
    assert not any(row["drawdown"] == "-0.000000" for row in tables["equity.csv"])


def test_the_same_run_gives_the_same_bytes(tmp_path):
    for name in ("once", "again"):
        write_folder(tmp_path / name, run_files(core(200)))
    for name in NAMES:
        assert (tmp_path / "once" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
        assert b"\r" not in (tmp_path / "once" / name).read_bytes()


def test_an_existing_folder_keeps_its_other_files(run, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "equity.csv").write_text("old")
    write_folder(tmp_path, run_files(run))
    assert {path.name for path in tmp_path.iterdir()} == NAMES | {"notes.txt"}
    assert (tmp_path / "equity.csv").read_text().startswith("date,equity")


def test_a_folder_is_made_with_its_parents(run, tmp_path):
    write_folder(tmp_path / "deep" / "er", run_files(run))
    assert json.loads((tmp_path / "deep" / "er" / "run.json").read_text())["name"] == run.name


def test_a_file_where_the_folder_should_be_is_a_fault(run, tmp_path):
    place = tmp_path / "taken"
    place.write_text("mine")
    with pytest.raises(OutputFault, match="not a folder") as found:
        write_folder(place, run_files(run))
    assert found.value.where == str(place)
    assert found.value.remedy
    assert place.read_text() == "mine"


def test_a_file_in_the_middle_of_the_path_is_a_fault(run, tmp_path):
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(OutputFault, match="cannot be written"):
        write_folder(tmp_path / "taken" / "out", run_files(run))


@pytest.mark.parametrize(
    ("path", "problem"),
    [("missing/page.html", "no such file"), (".", "not a regular file"), ("x" * 300, "too long")],
)
def test_a_page_that_cannot_be_written_says_what_to_do(tmp_path, path, problem):
    with pytest.raises(OutputFault, match=problem) as found:
        write_atomically(tmp_path / path, "text")
    assert found.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_a_device_is_not_replaced_by_a_file():
    with pytest.raises(OutputFault, match="not a regular file"):
        write_atomically(Path("/dev/null"), "text")


def test_a_full_disk_leaves_the_old_files_and_no_drafts(run, tmp_path, monkeypatch):
    (tmp_path / "equity.csv").write_text("old")
    write = Path.write_text

    def full(path: Path, text: str, **settings: str) -> int:
        if "ledger" in path.name:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, text, **settings)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OutputFault, match="free some disk space"):
        write_folder(tmp_path, run_files(run))
    assert [path.name for path in tmp_path.iterdir()] == ["equity.csv"]
    assert (tmp_path / "equity.csv").read_text() == "old"


def test_an_interruption_leaves_no_new_folder(run, tmp_path, monkeypatch):
    def interrupted(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_text", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_folder(tmp_path / "out", run_files(run))
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def heard():
    """SIGINT is answered, even where the tests were started in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_an_interruption_between_two_files_waits_for_the_others(run, tmp_path, monkeypatch):
    replace = Path.replace

    def interrupted(draft: Path, target: Path) -> Path:
        signal.raise_signal(signal.SIGINT)
        return replace(draft, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_folder(tmp_path / "out", run_files(run))
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(run_files(run))


def test_a_link_keeps_pointing_where_it_points(tmp_path):
    (tmp_path / "real.html").write_text("old")
    (tmp_path / "link.html").symlink_to(tmp_path / "real.html")
    write_atomically(tmp_path / "link.html", "new")
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "real.html").read_text() == "new"


def test_invariants_have_a_row_each_with_what_stood_there():
    broken = Kept(
        "never VIX > 30", "calm", "a.rules:9:1", sessions=400, occasions=400, broken=2, unknown=1,
        waiting=0, first=date(2020, 2, 28), seen=(Seen("VIX", "40.11"),),
    )  # fmt: skip
    (row,) = csv.DictReader(
        io.StringIO(run_files(replace(core(400), invariants=(broken,)))["invariants.csv"])
    )
    assert (row["outcome"], row["broken"], row["first"]) == ("broken", "2", "2020-02-28")
    assert (row["seen"], row["place"]) == ("VIX was 40.11", "a.rules:9:1")
