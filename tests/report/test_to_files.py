from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hedgerow.account.run import Kept, Seen
from hedgerow.files.atomic import write_folder
from hedgerow.report.to_files import run_files
from msgspec.structs import replace

from tests.study.synthetic_runs import CAPITAL, core

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
