"""Modelled SPX options against recorded chains: volatility by delta, and credits of condors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
from hedgerow.market.chains.chains import Slice
from hedgerow.market.chains.classes import Class
from hedgerow.market.contract import Expiry, Right, Settlement
from hedgerow.market.market import Market
from hedgerow.market.market_from_history import market_from_history
from hedgerow.market.quoted import model_vol
from scipy.special import ndtr

from tests.validation.material import history, lengthened, quoted_market

DAYS = (
    *(date(2011, 1, day) for day in (3, 4, 5, 6, 7)),
    date(2022, 2, 4),
    date(2023, 2, 7),
    date(2023, 8, 18),
)
DELTAS = (0.02, 0.04, 0.075, 0.125, 0.20, 0.30, 0.50)
TENORS = (30, 45, 60)
LAST_KNOWN = date(2022, 12, 28)  # of the series of SPX and VIX


@dataclass(frozen=True)
class Day:
    """A recorded close as quoted and as modelled."""

    on: date
    vix: float
    given: bool  # VIX is the published one, not computed from the chain
    real: Market
    model: Market
    row: int

    def slices(self) -> Iterator[tuple[Expiry, float, Slice]]:
        """Expiries 7 to 400 days ahead, with their lives in years."""
        chains = self.real.recorded.chains
        for each in chains.slices[chains.slices["date"] == self.on.toordinal()]:
            days = int(each["expiry"]) - self.on.toordinal()
            if 7 <= days <= 400:
                at_open = bool(each["kind"] == Class.SPX_OPEN)
                root, settles = ("SPX", Settlement.OPEN) if at_open else ("SPXW", Settlement.CLOSE)
                expiry = Expiry(root, date.fromordinal(int(each["expiry"])), settles, at_open)
                quotes = chains.slice(self.on.toordinal(), expiry)
                assert quotes is not None
                yield expiry, (days - 0.27 * at_open) / 365.0, quotes


def days(data: Path, sisters: bool) -> Iterator[Day]:
    """Every recorded close; where VIX was not given it is the exchange's formula on the chain."""
    for on in DAYS:
        known = history(data, sisters)
        given = on <= LAST_KNOWN
        if not given:
            vix = 20.0
            for _ in range(2):  # the quotes are cleaned on the level of that day
                longer = lengthened(known, on, _spot(data, on), vix)
                with quoted_market(data, longer) as found:
                    vix = _vix(Day(on, vix, given, found, found, len(longer) - 1))
            known = lengthened(known, on, _spot(data, on), vix)
        with quoted_market(data, known) as real:
            row = int(known.sessions.searchsorted(np.datetime64(on)))
            level = float(real.snapshots.vix[row])
            yield Day(on, level, given, real, market_from_history(known), row)


def _spot(data: Path, on: date) -> float:
    import pandas as pd

    chains = pd.read_csv(data / "spx_option_chains" / "spx_cboe_snapshots.csv.gz")
    return float(chains.loc[chains["quote_session"] == str(on), "underlying"].iloc[0])


def _vix(day: Day) -> float:
    """VIX of a chain: 30-day variance between the expiries around it (Cboe's formula)."""
    lives, variances = [], []
    listed = list(day.slices())
    standard = {expiry.date for expiry, _, _ in listed if expiry.monthly}
    for expiry, years, quotes in listed:
        # the exchange takes the Friday expiries, of third Fridays the standard one
        if expiry.date.weekday() == 4 and expiry.monthly == (expiry.date in standard):
            lives.append(years)
            variances.append(_strip(quotes))
    order = np.argsort(lives)
    total = np.interp(30 / 365, np.array(lives)[order], np.array(variances)[order])
    return float(100 * np.sqrt(total * 365 / 30))


def _strip(quotes: Slice) -> float:
    """Total variance of the out-of-the-money mids between the ends of the curve."""
    strikes = quotes.forward * np.exp(quotes.knots)
    below = strikes < quotes.forward
    at = np.searchsorted(quotes.strikes, strikes - 1e-6)
    side = np.where(below, 0, 1)
    mids = (quotes.bids[at, side] + quotes.asks[at, side]) / 2
    width = np.gradient(strikes)
    first = strikes[below][-1]
    strip = 2 * np.sum(width / strikes**2 * mids) / quotes.discount
    return float(strip - (quotes.forward / first - 1) ** 2)


def smile(day: Day, years: float, quotes: Slice) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Delta (negative of puts) and volatility points, quoted and modelled, of the curve's strikes,
    out of the money."""
    real = np.sqrt(quotes.variance)
    shape = model_vol("SPX", day.model.snapshots, day.row, years)(quotes.knots)
    sign = np.where(quotes.knots < 0, -1.0, 1.0)
    delta = sign * ndtr(sign * (-quotes.knots / real + real / 2))
    return delta, 100 * real / np.sqrt(years), 100 * shape / np.sqrt(years)


def by_delta(data: Path, sisters: bool) -> list[tuple[str, int, float, float]]:
    """(bucket, quotes, rmse, mean error) in vol points, quotes of all days and expiries pooled."""
    deltas, misses = [], []
    for day in days(data, sisters):
        for _, years, quotes in day.slices():
            signed, real, modelled = smile(day, years, quotes)
            deltas.append(signed)
            misses.append(modelled - real)
    delta, miss = np.concatenate(deltas), np.concatenate(misses)
    found = []
    for side, name in ((-1, "puts"), (1, "calls")):
        for low, high in pairwise(DELTAS):
            at = (side * delta > low) & (side * delta <= high)
            text = f"{name}, {100 * low:g} to {100 * high:g} delta"
            rmse = float(np.sqrt(np.mean(miss[at] ** 2)))
            found.append((text, int(at.sum()), rmse, float(miss[at].mean())))
    return found


@dataclass(frozen=True)
class Credit:
    day: Day
    expiry: Expiry
    tenor: int
    strikes: tuple[float, float, float, float]
    real: float  # points, at mids
    modelled: float


def credits(data: Path, sisters: bool) -> Iterator[Credit]:
    """Condors short at 16 delta, wings at 5, strikes by the quotes, within 7 days of a tenor."""
    for day in days(data, sisters):
        listed = [expiry for expiry, _, _ in day.slices()]
        for tenor in TENORS:
            away = [abs((each.date - day.on).days - tenor) for each in listed]
            if min(away) > 7:
                continue
            expiry = listed[int(np.argmin(away))]
            strikes = tuple(
                _at_delta(day, expiry, right, delta)
                for right, delta in (
                    (Right.PUT, 0.05),
                    (Right.PUT, 0.16),
                    (Right.CALL, 0.16),
                    (Right.CALL, 0.05),
                )
            )
            rights = (Right.PUT, Right.PUT, Right.CALL, Right.CALL)
            legs = [
                day.real.contract("SPX", expiry, right, strike)
                for right, strike in zip(rights, strikes, strict=True)
            ]
            real, modelled = (
                float(np.dot((-1, 1, 1, -1), [market.mark(leg, day.row) for leg in legs]))
                for market in (day.real, day.model)
            )
            yield Credit(day, expiry, tenor, strikes, real, modelled)


def _at_delta(day: Day, expiry: Expiry, right: Right, wanted: float) -> float:
    strikes = day.real.strikes("SPX", day.row, expiry)
    deltas = np.abs(day.real.deltas("SPX", day.row, expiry, right, strikes))
    return float(strikes[int(np.argmin(np.abs(deltas - wanted)))])


@dataclass(frozen=True)
class Repriced:
    expiries: int
    strikes: int  # on curves
    worst: float  # points a mid of the out-of-the-money side is missed by
    inside: float  # share of in-the-money marks within their own bid and ask


def repriced(day: Day) -> Repriced:
    """The curve's own strikes, priced again: out of the money exactly, in the money by parity."""
    expiries = strikes = counted = inside = 0
    worst = 0.0
    for expiry, _, quotes in day.slices():
        on_curve = quotes.forward * np.exp(quotes.knots)
        at = np.searchsorted(quotes.strikes, on_curve - 1e-6)
        expiries, strikes = expiries + 1, strikes + len(at)
        for side, right in ((0, Right.PUT), (1, Right.CALL)):
            legs = [
                day.real.contract("SPX", expiry, right, float(quotes.strikes[row])) for row in at
            ]
            marks = day.real.prices(legs, day.row)[:, 0]
            bid, ask = quotes.bids[at, side], quotes.asks[at, side]
            out = (on_curve < quotes.forward) == (right is Right.PUT)
            worst = max(worst, float(np.abs(marks - (bid + ask) / 2)[out].max()))
            known = ~out & (bid > 0)
            counted += int(known.sum())
            inside += int((known & (marks >= bid - 1e-9) & (marks <= ask + 1e-9)).sum())
    return Repriced(expiries, strikes, worst, inside / counted)
