"""Sensitivities where there are quotes: those of their own close count, and no later ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hedgerow.market.contract import Right
from hedgerow.market.market import Market
from hedgerow.market.market_from_history import market_from_history
from hedgerow.market.recorded import recorded
from hedgerow.plan.greeks import GREEKS

from tests.market.chain_files import ROW, STANDARD, history, modelled, rows, text, write

MODEL = modelled()
TOMORROW = date(2021, 6, 2)


class AtClose:
    def __init__(self, market: Market) -> None:
        self.market, self.session = market, ROW

    def moved(self, spot: float | None, vix: float | None):
        return self.market.shocked(self.session, spot, vix)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def quoted(folder: Path, tomorrow: float) -> Market:
    """Quotes of two days, those of the second `tomorrow` times the model's prices."""
    later = rows(MODEL, dearer=tomorrow, day=TOMORROW)
    write(folder, text([*rows(MODEL, dearer=1.1), *later]))
    known = history()
    return market_from_history(known, recorded(str(folder), known))


def read(market: Market, greek: str) -> float:
    put = market.contract("SPX", STANDARD, Right.PUT, 3900.0)
    return GREEKS[greek]([(put, -3)], AtClose(market))


@pytest.mark.parametrize("greek", GREEKS)
def test_quotes_of_the_next_day_change_nothing_today(greek: str, tmp_path: Path) -> None:
    before = read(quoted(tmp_path, tomorrow=1.0), greek)
    assert read(quoted(tmp_path, tomorrow=1.5), greek) == before


@pytest.mark.parametrize("greek", ["gamma", "vega", "theta"])
def test_quotes_move_as_the_model_does(greek: str, tmp_path: Path) -> None:
    found = read(quoted(tmp_path, tomorrow=1.0), greek)
    assert found == pytest.approx(read(MODEL, greek), rel=1e-6)
