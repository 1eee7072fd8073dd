"""What options and futures said at a close, against prices, quotes and settlements."""

import numpy as np
import pytest
from hedgerow.market.implied import expected_move, future, implied_vol, skew
from hedgerow.market.market import Market
from hedgerow.market.market_from_history import market_from_history
from hedgerow.market.recorded import recorded
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.market.chain_files import (
    DAY,
    ROW,
    STANDARD,
    WEEKLY,
    history,
    modelled,
    rows,
    text,
    write,
)
from tests.market.modelled import close_of
from tests.market_strategies import histories
from tests.running import sample_market


def golden_close() -> Market:
    """The close of the golden table: SPX 4000, VIX 20, 45 days."""
    return replace(modelled(), snapshots=close_of(20.0, slow=19.0, fast=20.0))


@pytest.mark.parametrize(
    ("delta", "vol"), [(0.1059, 0.2508), (0.0508, 0.2932), (0.2303, 0.2114), (0.4829, 0.1741)]
)
def test_the_golden_puts_have_the_volatility_of_their_delta(delta, vol):
    assert implied_vol(golden_close(), "SPX", 45.0, delta)[0] == pytest.approx(vol, abs=1e-4)


@pytest.mark.parametrize(("delta", "vol"), [(0.3407, 0.1572), (0.1750, 0.1431), (0.0675, 0.1346)])
def test_the_golden_calls_are_puts_of_the_rest_of_the_delta(delta, vol):
    """exp(-qT) less a call's delta is the put's at the same strike."""
    put = np.exp(-0.015 * 45 / 365) - delta
    assert implied_vol(golden_close(), "SPX", 45.0, put)[0] == pytest.approx(vol, abs=1e-4)


def test_skew_is_what_the_put_costs_above_the_call():
    close = golden_close()
    put, call = (implied_vol(close, "SPX", 30.0, delta)[0] for delta in (0.25, 0.75))
    assert skew(close, "SPX", 30.0)[0] == put - call > 0.04


def test_an_expected_move_is_the_sd_of_strikes():
    market = modelled()
    days = (STANDARD.date - DAY).days - 0.27  # it settles at the open
    assert expected_move(market, "SPX", days)[ROW] == pytest.approx(
        market.one_sd("SPX", ROW, STANDARD), rel=1e-12
    )


@settings(max_examples=20, deadline=None)
@given(histories(), st.floats(5.0, 200.0), st.floats(0.05, 0.95), st.data())
def test_no_value_depends_on_a_later_session(past, days, delta, data):
    cut = data.draw(st.integers(2, len(past) - 1))
    whole, part = market_from_history(past), market_from_history(past.until(cut))
    for underlying in ("SPX", "VIX"):
        for word, constants in ((implied_vol, (days, delta)), (expected_move, (days,))):
            np.testing.assert_array_equal(
                word(whole, underlying, *constants)[: cut + 1], word(part, underlying, *constants)
            )
    np.testing.assert_array_equal(future(whole, "VIX", 2.0)[: cut + 1], future(part, "VIX", 2.0))


def test_nothing_is_known_before_it_was_traded():
    market = sample_market()
    days = market.history.sessions
    for values, first in (
        (future(market, "VIX", 1.0), "2004-03-26"),
        (implied_vol(market, "VIX", 30.0, 0.5), "2006-02-24"),
        (expected_move(market, "VIX", 30.0), "2006-02-24"),
    ):
        np.testing.assert_array_equal(np.isfinite(values), days >= np.datetime64(first))
    assert np.isfinite(implied_vol(market, "SPX", 30.0, 0.25)).all()


def test_a_contract_that_has_settled_has_no_rank():
    market = sample_market()
    day = market.history.sessions.searchsorted(np.datetime64("2019-03-19"))  # a settlement
    first, second = (future(market, "VIX", rank) for rank in (1.0, 2.0))
    assert first[day] == pytest.approx(second[day - 1], rel=0.05)
    expiry = next(e for e in market.listing.listed("VIX", day_of(market, day)) if e.monthly)
    assert first[day] == market.mark(market.future("VIX", expiry), day)


def day_of(market: Market, at: int):
    return market.history.sessions[at].item()


def test_quotes_around_the_tenor_win_over_the_model(tmp_path):
    """Chains at a tenth above the model, on one day: its volatility rises, its neighbours' not."""
    market = modelled()
    both = [row for expiry in (WEEKLY, STANDARD) for row in rows(market, expiry, dearer=1.1)]
    write(tmp_path, text(both))
    quoted = market_from_history(history(), recorded(str(tmp_path), history()))
    model, real = (implied_vol(each, "SPX", 35.0, 0.25) for each in (market, quoted))
    assert real[ROW] > 1.05 * model[ROW]
    np.testing.assert_array_equal(np.delete(real, ROW), np.delete(model, ROW))


def test_quotes_of_the_model_give_the_models_volatility(tmp_path):
    market = modelled()
    write(tmp_path, text([*rows(market, WEEKLY), *rows(market, STANDARD)]))
    quoted = market_from_history(history(), recorded(str(tmp_path), history()))
    for delta in (0.1, 0.25, 0.5, 0.75):
        model, real = (implied_vol(each, "SPX", 35.0, delta)[ROW] for each in (market, quoted))
        assert real == pytest.approx(model, rel=0.01)


def test_a_tenor_beyond_the_quotes_stays_modelled(tmp_path):
    market = modelled()
    write(tmp_path, text(rows(market, STANDARD, dearer=1.1)))
    quoted = market_from_history(history(), recorded(str(tmp_path), history()))
    np.testing.assert_array_equal(
        implied_vol(quoted, "SPX", 90.0, 0.25), implied_vol(market, "SPX", 90.0, 0.25)
    )
