"""A rule file on another underlying: what it is priced from is said, and what is missing is too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import Here

RULES = """strategy sold 1.0.0
"Puts on another underlying"

needs SPX, VIX, QQQ

entry put {
  sell put(QQQ, expiry = 30 days, strike = 20 delta)
  when no put open
  size 1 contracts
  exit when days_to_expiry <= 3 days "gamma"
}
"""


@pytest.fixture
def selling(tmp_path: Path) -> Path:
    file = tmp_path / "sold.rules"
    file.write_text(RULES)
    return file


def scaled(data: Path, name: str, by: float) -> None:
    """A series that moves as SPX does."""
    header, *rows = (data / "SPX.csv").read_text().splitlines()
    at = header.split(",").index("close")
    cells = [row.split(",") for row in rows]
    lines = [f"{each[0]},{float(each[at]) * by:.4f}" for each in cells]
    (data / f"{name}.csv").write_text("\n".join(["date,close", *lines]) + "\n")


def test_the_sample_says_where_the_series_has_to_come_from(selling: Path, hedgerow: Here) -> None:
    answer = hedgerow("run", selling)
    assert answer.status == 2
    assert "sample: no series QQQ (there are SPX, VIX); give --data a folder" in answer.err


def test_the_report_says_which_volatility_options_were_made_from(
    selling: Path, data: Path, hedgerow: Here
) -> None:
    scaled(data, "QQQ", 0.1)
    past = hedgerow("run", selling, "--data", data)
    assert past.status == 0
    said = " ".join(past.out.split())
    assert "Options on QQQ have the smile of SPX at their own volatility" in said
    assert "(mode R) the volatility of the past stands in" in said
    assert "model:R: modelled from an underlying and the volatility it has had" in said

    (data / "QQQ_IV.csv").write_text((data / "VIX.csv").read_text())
    own = " ".join(hedgerow("run", selling, "--data", data).out.split())
    assert "model:V: modelled from an underlying and its implied volatility" in own
    assert "mode R" not in own


def test_a_series_that_is_no_price_is_refused_in_a_sentence(
    selling: Path, data: Path, hedgerow: Here
) -> None:
    scaled(data, "QQQ", -1.0)
    answer = hedgerow("run", selling, "--data", data)
    assert answer.status == 2
    assert answer.err.count("\n") == 1
    assert "is below zero, so there are no options on it" in answer.err


def test_an_implied_volatility_below_zero_is_named_with_its_row(
    selling: Path, data: Path, hedgerow: Here
) -> None:
    scaled(data, "QQQ", 0.1)
    scaled(data, "QQQ_IV", -1.0)
    answer = hedgerow("run", selling, "--data", data)
    assert answer.status == 2
    assert "QQQ_IV.csv, row 2: close is not above zero" in answer.err
