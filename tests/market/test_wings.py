"""The ends between which real smiles lie: what they move, and what they leave where it is."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hedgerow.market.generator import generated_history
from hedgerow.market.market_from_history import market_from_history
from hedgerow.market.snapshot import shocked
from hedgerow.market.spx_options import spx_slices, spx_total_vol
from hedgerow.market.vix_options import vix_slices
from hedgerow.market.wings import MEASURED, Steepness, wings_from
from modelled import ROW, close_of
from msgspec.structs import replace

FLAT, STEEP = (wings_from(end, end) for end in (Steepness.FLAT, Steepness.STEEP))
YEARS = np.array([45.0 / 365.0])
GOLDEN_CONDOR = np.array([3395.0, 3705.0, 4210.0, 4330.0])
IS_CALL = np.array([False, False, True, True])


def credit(close):
    prices = spx_slices(close, ROW, YEARS).prices(GOLDEN_CONDOR, IS_CALL)
    return float(prices @ [-1.0, 1.0, 1.0, -1.0])


def put_skew(close):
    """Volatility of a far put over that at the money."""
    vols = spx_total_vol(close, ROW, np.array([3400.0, 4000.0]), YEARS)
    return vols[0] / vols[1]


def test_the_ends_of_the_skew_lie_on_both_sides_of_what_was_measured():
    flat, measured, steep = (close_of(20.0, wings=wings) for wings in (FLAT, MEASURED, STEEP))
    assert put_skew(flat) < put_skew(measured) < put_skew(steep)
    changes = [credit(close) / credit(measured) - 1.0 for close in (flat, steep)]
    assert min(changes) < -0.02 and max(changes) > 0.02
    assert max(map(abs, changes)) < 0.20


@pytest.mark.parametrize("wings", [FLAT, STEEP])
def test_the_month_is_worth_vix_whatever_the_wings(wings):
    close = close_of(20.0, wings=wings)
    variance = close.surface.curve.at(np.array([30.0 / 365.0]))[0, 0]
    assert 100.0 * np.sqrt(variance * 365.0 / 30.0) == pytest.approx(20.0)


def test_a_steep_vix_wing_makes_far_calls_dear_and_near_ones_cheap():
    strikes, is_call = np.array([20.0, 45.0]), np.array([True, True])
    flat, steep = (
        vix_slices(close_of(20.0, wings=wings), ROW, YEARS).prices(strikes, is_call)
        for wings in (FLAT, STEEP)
    )
    assert steep[1] > 1.2 * flat[1]
    assert steep[0] < flat[0]


def test_a_shocked_close_keeps_its_wings():
    for wings in (FLAT, STEEP):
        close = close_of(20.0, wings=wings)
        after = shocked(close, 0, vix=26.0)
        assert after.wings is wings
        straight = close_of(
            26.0, 20.0, 20.0, listed=tuple(after.pillars[0, [0, 2, 3]]), wings=wings
        )
        assert credit(after) == pytest.approx(credit(straight), rel=1e-9)


def test_a_market_of_other_wings_is_another_market_and_says_so():
    history = generated_history(3, 40, start=date(2015, 1, 2))
    measured = market_from_history(history)
    steep = market_from_history(history, wings=wings_from(Steepness.STEEP, Steepness.MEASURED))
    again = market_from_history(history, wings=MEASURED)
    assert measured.fingerprint == again.fingerprint != steep.fingerprint
    assert measured.history.notes == again.history.notes
    (said,) = set(steep.history.notes) - set(measured.history.notes)
    assert said == "The modelled put wing of SPX is moved by +0.25 from what was measured."
    assert replace(MEASURED, vix_call=1.8).notes() == (
        "The modelled call wing of VIX options is 1.80 at 30 days, not the measured 1.45.",
    )
