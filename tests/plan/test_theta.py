"""What a day takes from an option, against QuantLib."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import QuantLib
from hedgerow.market.contract import Expiry, Right, Settlement
from hedgerow.market.market_from_history import market_from_history
from hedgerow.market.snapshot import Snapshots
from hedgerow.market.spx_options import spx_total_vol
from hedgerow.plan.greeks import theta

from tests.market_strategies import market

EXPIRY = Expiry("SPXW", date(2018, 3, 16), Settlement.CLOSE, False)
RIGHTS = {Right.CALL: QuantLib.Option.Call, Right.PUT: QuantLib.Option.Put}
CASES = [(right, strike) for right in Right for strike in (1800.0, 1950.0, 2000.0, 2060.0)]


class AtClose:
    session = 20

    def __init__(self) -> None:
        self.market = market_from_history(market([2000.0] * 40, [18.0] * 40))

    def moved(self, spot: float | None, vix: float | None) -> Snapshots:
        return self.market.shocked(self.session, spot, vix)


CLOSE = AtClose()


def calculator(right: Right, strike: float, days_later: int) -> tuple[object, float]:
    """QuantLib's formula at the volatility that the surface has for what is left; years."""
    today = CLOSE.market.snapshots.row(CLOSE.session)
    years = (EXPIRY.date.toordinal() - today.ordinal - days_later) / 365
    row = np.zeros(1, dtype=np.intp)
    vol = float(spx_total_vol(today, row, np.array([strike]), years)[0])
    forward = float(today.forward(row, years)[0])
    discount = float(np.exp(-today.rate * years)[0])
    payoff = QuantLib.PlainVanillaPayoff(RIGHTS[right], strike)
    return QuantLib.BlackCalculator(payoff, forward, vol, discount), float(years[0])


def read(right: Right, strike: float) -> float:
    return theta([(CLOSE.market.contract("SPX", EXPIRY, right, strike), 1)], CLOSE) / 100


@pytest.mark.parametrize(("right", "strike"), CASES)
def test_theta_is_what_a_day_takes_on_the_surface(right: Right, strike: float) -> None:
    before, after = (calculator(right, strike, days)[0].value() for days in (0, 1))
    assert read(right, strike) == pytest.approx(after - before, rel=1e-6)


@pytest.mark.parametrize("right", Right)
def test_at_the_money_it_is_near_the_theta_of_a_volatility_that_stays(right: Right) -> None:
    """The surface has its own volatility for every life, so the two are not the same."""
    formula, years = calculator(right, 2000.0, 0)
    assert read(right, 2000.0) == pytest.approx(formula.theta(2000.0, years) / 365, rel=0.2)
