"""What the tests of the command line share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hedgerow.market.sources.sample import sample_history

from tests.cli.command import Here

SESSIONS = 90


@pytest.fixture
def hedgerow(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Here:
    return Here(capsys, monkeypatch)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A rule file that opens positions early."""
    path = tmp_path / "steady.rules"
    path.write_text(
        'strategy steady 1.0.0\n"A condor at all times"\n\nneeds SPX, VIX\n\nentry condor {\n'
        "  sell iron_condor(SPX, expiry = 14 days, short = 1.5 sd, wing = 25 points)\n"
        "  size risk 10% of capital\n  exit when profit >= 50% of credit\n}\n"
    )
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with the first sessions of the sample."""
    folder = tmp_path / "data"
    folder.mkdir()
    history = sample_history()
    for name in ("SPX", "VIX"):
        closes = zip(history.sessions[:SESSIONS], history.series[name].close, strict=False)
        rows = [f"{day},{close}" for day, close in closes]
        (folder / f"{name}.csv").write_text("\n".join(["date,close", *rows, ""]))
    return folder
