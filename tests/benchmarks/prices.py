"""Options priced in one call against one call an option, and a whole life against day by day."""

from collections.abc import Callable

import numpy as np
import QuantLib as ql
from hedgerow.market.contract import Contract, Right
from hedgerow.market.market import Market
from hedgerow.market.market_from_history import market_from_history
from hedgerow.market.pricing import black
from hedgerow.market.sources import load

from tests.benchmarks.hosts import fresh
from tests.benchmarks.timing import Row, interleaved

FORWARD, OPTIONS = 4000.0, 40_000
AT_ONCE = (OPTIONS, 400, 40, 4)  # options a call
SESSION, POSITIONS = 5_000, 20  # positions opened on as many sessions from there on


def formula_rows(repeats: int) -> list[Row]:
    """Black's formula for 40,000 options, by QuantLib in a loop and here in calls of some."""
    strikes = np.linspace(2000.0, 6000.0, OPTIONS)
    vols = np.linspace(0.05, 0.4, OPTIONS)
    listed = list(zip(strikes.tolist(), vols.tolist(), strict=True))

    def in_a_loop() -> list[float]:
        put = ql.Option.Put
        return [ql.blackFormula(put, strike, FORWARD, vol) for strike, vol in listed]

    def in_calls_of(count: int) -> Callable[[], list[np.ndarray]]:
        parts = [slice(start, start + count) for start in range(0, OPTIONS, count)]
        forward, sign = np.array(FORWARD), np.array(-1.0)
        return lambda: [black(forward, strikes[part], vols[part], sign) for part in parts]

    assert np.allclose(np.concatenate(in_calls_of(400)()), in_a_loop(), rtol=1e-9, atol=1e-9)
    ours = {f"black, {count:,} options a call": in_calls_of(count) for count in AT_ONCE}
    return interleaved({"QuantLib blackFormula, an option a call": in_a_loop, **ours}, repeats)


def life_rows(repeats: int) -> list[Row]:
    """Positions of five legs from their first close to their last, on the modelled surface."""
    market = market_from_history(load("sample", ["SPX", "VIX"]))
    positions = [(i, five_legs(market, i)) for i in range(SESSION, SESSION + POSITIONS)]

    def at_once() -> list[np.ndarray]:
        asked = fresh(market)
        return [asked.leg_marks(legs, i) for i, legs in positions]

    lasts = [marks.shape[1] for marks in at_once()]

    def day_by_day() -> list[np.ndarray]:
        return [
            np.hstack([market.prices(legs, i + day) for day in range(last)])
            for (i, legs), last in zip(positions, lasts, strict=True)
        ]

    for together, daily in zip(at_once(), day_by_day(), strict=True):
        assert np.array_equal(together, daily)
    return interleaved({"five legs, day by day": day_by_day, "in one call": at_once}, repeats)


def five_legs(market: Market, i: int) -> list[Contract]:
    expiry, spot = market.expiry("SPX", i, 45), 5 * round(market.spot("SPX", i) / 5)
    assert expiry is not None
    puts = [(Right.PUT, away) for away in (-150, -100, 0)]
    calls = [(Right.CALL, away) for away in (75, 125)]
    return [market.contract("SPX", expiry, right, spot + away) for right, away in puts + calls]
