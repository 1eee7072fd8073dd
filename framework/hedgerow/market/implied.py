"""What options and futures said at every close: whole histories of implied values.

A value at a close is made of that close alone. Recorded quotes win where two of their expiries
lie around the tenor; recorded settlements win for the future that settled.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
from scipy.special import ndtri

from hedgerow.market.calendar import nyse, ordinals
from hedgerow.market.chains.chains import Slice
from hedgerow.market.contract import Settlement
from hedgerow.market.market import Market
from hedgerow.market.pricing import Array
from hedgerow.market.slices import one_sd_of
from hedgerow.market.snapshot import OPEN_LEAD, years_to_settlement
from hedgerow.market.spx_options import spx_total_vol
from hedgerow.market.variance_curve import DAYS_A_YEAR
from hedgerow.market.vix_futures import vix_future_prices
from hedgerow.market.vix_options import vix_total_vol

FIRST_FUTURE = date(2004, 3, 26).toordinal()  # the day VIX futures began to trade
_WIDEST = 12.0  # at-the-money total vols between the forward and the ends of what is searched
_MOST_STEPS = 60
_CLOSE_ENOUGH = 1e-11  # of d1

TotalVol = Callable[[Array], Array]  # ln(strike / forward) -> volatility times the root of years


def future(market: Market, underlying: str, rank: float) -> Array:
    """(sessions,) points of the monthly future on VIX, the only underlying that has them, which is
    the `rank`-th to settle after a close; nan before futures traded."""
    assert underlying == "VIX"
    calendar = nyse()
    settles = ordinals(calendar.vix_settlements(calendar.months()))
    days = market.snapshots.ordinal
    expiries = settles[np.searchsorted(settles, days, side="right") + int(rank) - 1]
    years: Array = (expiries - days - np.float64(OPEN_LEAD)) / DAYS_A_YEAR
    prices = vix_future_prices(market.snapshots, np.arange(len(days)), years)
    return np.where(days >= FIRST_FUTURE, prices, np.nan)


def implied_vol(market: Market, underlying: str, days: float, delta: float) -> Array:
    """(sessions,) a year, 20% is 0.2, of the put of that `delta`, 0 to 1, `days` from its end.

    A put of more than 0.5 has the volatility of the call of the rest. nan before VIX options.
    """
    years = days / DAYS_A_YEAR
    vol = _modelled(market, underlying, years, delta)
    first = int(market.snapshots.ordinal[0])
    for day in market.recorded.chains.days(underlying):
        at = int(np.searchsorted(market.snapshots.ordinal, day))
        if day < first or at == len(vol) or market.snapshots.ordinal[at] != day:
            continue
        quoted = _quoted(market, underlying, int(day), at, years, delta)
        if np.isfinite(quoted):
            vol[at] = quoted
    return _where_listed(market, underlying, vol)


def skew(market: Market, underlying: str, days: float) -> Array:
    """(sessions,) volatility of the 25-delta put less that of the 25-delta call, 2 pp is 0.02."""
    put = implied_vol(market, underlying, days, 0.25)
    return put - implied_vol(market, underlying, days, 0.75)


def expected_move(market: Market, underlying: str, days: float) -> Array:
    """(sessions,) points of one standard deviation over `days`, from the variance swap's
    volatility: the `sd` that strikes are measured in."""
    points = one_sd_of(underlying, market.closes(underlying), np.array([days / DAYS_A_YEAR]))
    return _where_listed(market, underlying, points)


def _where_listed(market: Market, underlying: str, values: Array) -> Array:
    first = market.listing.first_day(underlying)
    return np.where(market.snapshots.ordinal >= first, values, np.nan)


def _modelled(market: Market, underlying: str, years: float, delta: float) -> Array:
    snapshots = market.closes(underlying)
    rows = np.arange(len(snapshots))
    life = np.full(len(rows), years)
    if underlying == "VIX":
        forward = vix_future_prices(snapshots, rows, life)
        carried = np.exp(-snapshots.rate * life)

        def total_vol(distance: Array) -> Array:
            return vix_total_vol(forward, forward * np.exp(distance), snapshots.vvix, life)
    else:
        forward = snapshots.forward(rows, life)
        carried = np.exp(-snapshots.dividend * life)

        def total_vol(distance: Array) -> Array:
            return spx_total_vol(snapshots, rows, forward * np.exp(distance), life)

    vol: Array = _at_put_delta(total_vol, carried, delta) / np.sqrt(years)
    return vol


def _at_put_delta(total_vol: TotalVol, carried: Array, delta: float) -> Array:
    """Total vol of the put whose delta is `delta`; `carried` is the delta of a put that is sure to
    be exercised."""
    wanted = -ndtri(np.minimum(delta / carried, 1.0 - 1e-12))  # d1

    def above(distance: Array) -> Array:
        """How far d1 lies above the one wanted; it falls as the strike rises."""
        vol = np.maximum(total_vol(distance), 1e-12)
        miss: Array = 0.5 * vol - distance / vol - wanted
        return miss

    right = _WIDEST * total_vol(np.zeros(len(carried)))
    left = -right
    at_left, at_right = above(left), above(right)
    repeated = np.zeros(len(carried))  # the side that the last step moved: 1 left, -1 right
    middle, settled = left, np.zeros(len(carried), dtype=np.bool_)
    for _ in range(_MOST_STEPS):  # false position, Illinois variant: d1 is nearly straight
        # a close that has settled moves no more, however long the others take
        step = (left * at_right - right * at_left) / (at_right - at_left)
        middle = np.where(settled, middle, step)
        found = above(middle)
        settled = ~(np.abs(found) > _CLOSE_ENOUGH)
        if settled.all():
            break
        beyond = found > 0.0
        at_right = np.where(beyond, np.where(repeated > 0.0, 0.5, 1.0) * at_right, found)
        at_left = np.where(beyond, found, np.where(repeated < 0.0, 0.5, 1.0) * at_left)
        left, right = np.where(beyond, middle, left), np.where(beyond, right, middle)
        repeated = np.where(beyond, 1.0, -1.0)
    return total_vol(middle)


def _quoted(
    market: Market, underlying: str, day: int, row: int, years: float, delta: float
) -> float:
    """From the quotes of one close, total variance straight between the expiries around the
    tenor; nan where there are none on both sides."""
    before, after = (0.0, np.nan), (np.inf, np.nan)  # years, total variance
    for expiry in market.listing.listed(underlying, date.fromordinal(day)):
        quotes = market.recorded.chains.slice(day, expiry)
        if quotes is None:
            continue
        lead = OPEN_LEAD if expiry.settlement is Settlement.OPEN else 0.0
        life = float(years_to_settlement(np.array([day]), expiry.date.toordinal(), lead)[0])
        found = life, _slice_variance(market, underlying, quotes, row, delta)
        if before[0] < life <= years:
            before = found
        if years <= life < after[0]:
            after = found
    if before[0] == after[0]:
        return float(np.sqrt(before[1] / years))
    share = (years - before[0]) / (after[0] - before[0])
    return float(np.sqrt((before[1] + share * (after[1] - before[1])) / years))


def _slice_variance(
    market: Market, underlying: str, quotes: Slice, row: int, delta: float
) -> float:
    carried = quotes.discount
    if underlying != "VIX":
        carried *= quotes.forward / market.spot(underlying, row)
    return float(_at_put_delta(quotes.total_vol, np.array([carried]), delta)[0] ** 2)
