"""The door to the market: listings, marks, deltas, settlements, shocks."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hedgerow.market.contract import Contract, Expiry, Kind, Right, Settlement
from hedgerow.market.history import History, Series
from hedgerow.market.listing import Cycle, Listing, standard_listing, strike_grid
from hedgerow.market.pricing import Array, Integers
from hedgerow.market.snapshot import OPEN_LEAD, Snapshots, one_sd, shocked, years_to_settlement
from hedgerow.market.snapshots_from_history import mode_of, snapshots_from_history
from hedgerow.market.spx_options import spx_delta, spx_option_prices
from hedgerow.market.surface import MODEL_VERSION
from hedgerow.market.vix_futures import vix_future_prices
from hedgerow.market.vix_options import vix_delta, vix_one_sd, vix_option_prices

MULTIPLIERS = {Kind.OPTION: 100, Kind.FUTURE: 1000, Kind.SHARES: 1}  # USD a point
_PRICES = {"SPX": spx_option_prices, "VIX": vix_option_prices}
_DELTAS = {"SPX": spx_delta, "VIX": vix_delta}


@dataclass(frozen=True, slots=True)
class Settled:
    """What an expiry settles to, and when."""

    index: int  # of the session
    at_open: bool  # before that session's fills; else at its close
    value: float  # points of the underlying
    source: str  # "index close", "index open" or "previous close"


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """A history with its modelled prices. Underlyings: SPX and VIX. Sessions are named by index."""

    history: History
    snapshots: Snapshots
    mode: str  # "B", "A" or "S": see `mode_of`
    fingerprint: str  # of the history, the model's version and the mode
    listing: Listing

    def expiry(self, underlying: str, i: int, days: int, cycle: str | None = None) -> Expiry | None:
        """The expiry listed at close `i` nearest to `days` ahead, of two the later.

        `cycle` is "monthly", "weekly" or None for either.
        """
        on = self.history.sessions[i].item()
        return self.listing.nearest(underlying, on, days, Cycle(cycle or "any"))

    def strikes(self, underlying: str, i: int, expiry: Expiry) -> Array:
        """Strikes listed at close `i`, ascending, points."""
        on = self.history.sessions[i].item()
        spot = float(self._spot(underlying)[i])
        return strike_grid(underlying, spot, (expiry.date - on).days, on)

    def spot(self, underlying: str, i: int) -> float:
        """The underlying at close `i`, points."""
        return float(self._spot(underlying)[i])

    def contract(self, underlying: str, expiry: Expiry, right: Right, strike: float) -> Contract:
        """An option."""
        multiplier = MULTIPLIERS[Kind.OPTION]
        return Contract(underlying, Kind.OPTION, multiplier, expiry, right, strike)

    def future(self, underlying: str, expiry: Expiry) -> Contract:
        return Contract(underlying, Kind.FUTURE, MULTIPLIERS[Kind.FUTURE], expiry)

    def shares(self, underlying: str) -> Contract:
        return Contract(underlying, Kind.SHARES, MULTIPLIERS[Kind.SHARES])

    def marks(self, contract: Contract, i: int) -> Array:
        """Mids, points, at closes `i`, `i` + 1, ... as long as the contract can still be traded.

        An expiry that settles at the open ends with the close before its day; one that settles at
        the close ends with that close, at its payoff.
        """
        if contract.kind is Kind.OPTION:
            marks: Array = self.leg_marks((contract,), i)[0]
            return marks
        if contract.expiry is None:
            return self._spot(contract.underlying)[i:]
        rows = np.arange(i, self._end(contract.expiry))
        return vix_future_prices(self.snapshots, rows, self._years(contract.expiry, rows))

    def leg_marks(self, contracts: Sequence[Contract], i: int) -> Array:
        """`marks` (legs, sessions) of options of one expiry and underlying, priced together."""
        expiry = _expiry_of(contracts[0])
        rows = np.arange(i, self._end(expiry))
        return _option_prices(contracts, self.snapshots, rows, self._years(expiry, rows))

    def mark(self, contract: Contract, i: int) -> float:
        """Mid, points, at close `i`, at which the contract must still be tradeable."""
        return float(self.prices((contract,), self.snapshots.row(i))[0])

    def deltas(
        self, underlying: str, i: int, expiry: Expiry, right: Right, strikes: Array
    ) -> Array:
        """Delta of each strike at its own implied volatility: below 0 for puts."""
        rows = np.array([i])
        years = self._years(expiry, rows)
        delta = _DELTAS[underlying]
        return delta(self.snapshots, rows, strikes, np.array([right is Right.CALL]), years)

    def one_sd(self, underlying: str, i: int, expiry: Expiry) -> float:
        """Points of one standard deviation to the expiry, for SPX from its variance-swap
        volatility, for VIX from the estimate of VVIX over that life."""
        rows = np.array([i])
        years = self._years(expiry, rows)
        if underlying == "VIX":
            return float(vix_one_sd(self.snapshots, rows, years)[0])
        return float(one_sd(self.snapshots, rows, years)[0])

    def settlement(self, contract: Contract) -> Settled | None:
        """What the contract's expiry settles to; None where the data end before it.

        The opening value stands in for the special opening quotation. Where it is missing, or a
        copy of the close before as in old data, the close before stands in, and the source says so.
        """
        expiry = _expiry_of(contract)
        day = np.datetime64(expiry.date)
        index = int(self.history.sessions.searchsorted(day))
        if index >= len(self.history):
            return None
        closes = self._spot(contract.underlying)
        before = float(closes[index - 1]) if index else float("nan")
        if self.history.sessions[index] != day:
            return Settled(index, True, before, "previous close")
        if expiry.settlement is Settlement.CLOSE:
            return Settled(index, False, float(closes[index]), "index close")
        opening = _opening(self.history.series[contract.underlying], index)
        if np.isnan(opening) or opening == before:
            return Settled(index, True, before, "previous close")
        return Settled(index, True, opening, "index open")

    def shocked(self, i: int, spot: float | None = None, vix: float | None = None) -> Snapshots:
        """Close `i` with SPX and VIX at other levels, points; None leaves one where it is."""
        return shocked(self.snapshots, i, spot, vix)

    def prices(self, contracts: Sequence[Contract], snapshots: Snapshots) -> Array:
        """Mids (contracts,), points, at the only close of `snapshots`, today's or a shocked one."""
        prices = np.empty(len(contracts))
        row = np.zeros(1, dtype=np.intp)
        for expiry, kind, underlying in {(c.expiry, c.kind, c.underlying): None for c in contracts}:
            alike = [
                at
                for at, c in enumerate(contracts)
                if c.expiry == expiry and c.kind is kind and c.underlying == underlying
            ]
            if expiry is None:
                prices[alike] = (snapshots.vix if underlying == "VIX" else snapshots.spot)[0]
                continue
            years = _years(expiry, snapshots.ordinal)
            if kind is Kind.FUTURE:
                prices[alike] = vix_future_prices(snapshots, row, years)
            else:
                legs = [contracts[at] for at in alike]
                prices[alike] = _option_prices(legs, snapshots, row, years)[:, 0]
        return prices

    def source(self, contract: Contract) -> str:
        """Where this contract's marks come from."""
        return "index close" if contract.kind is Kind.SHARES else f"model:{self.mode}"

    def _spot(self, underlying: str) -> Array:
        return self.snapshots.vix if underlying == "VIX" else self.snapshots.spot

    def _end(self, expiry: Expiry) -> int:
        """One past the last session at whose close the expiry can be traded."""
        last = expiry.date.toordinal() - (expiry.settlement is Settlement.OPEN)
        return int(self.snapshots.ordinal.searchsorted(last, side="right"))

    def _years(self, expiry: Expiry, rows: Integers) -> Array:
        return _years(expiry, self.snapshots.ordinal[rows])


def market_from_history(history: History) -> Market:
    """Every close of the history, solved or read from the cache. DataFault: see
    `snapshots_from_history`."""
    mode = mode_of(history)
    text = f"{history.fingerprint} model {MODEL_VERSION} mode {mode}"
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    return Market(history, snapshots_from_history(history), mode, fingerprint, standard_listing())


def _option_prices(
    contracts: Sequence[Contract], snapshots: Snapshots, rows: Integers, years: Array
) -> Array:
    """Mids (legs, rows) of options of one expiry and underlying."""
    strikes = np.array([contract.strike for contract in contracts])[:, None]
    is_call = np.array([contract.right is Right.CALL for contract in contracts])[:, None]
    return _PRICES[contracts[0].underlying](snapshots, rows, strikes, is_call, years)


def _years(expiry: Expiry, ordinals: NDArray[np.int64]) -> Array:
    lead = OPEN_LEAD if expiry.settlement is Settlement.OPEN else 0.0
    return years_to_settlement(ordinals, expiry.date.toordinal(), lead)


def _expiry_of(contract: Contract) -> Expiry:
    if contract.expiry is None:
        raise ValueError(f"{contract} never settle")
    return contract.expiry


def _opening(series: Series, index: int) -> float:
    return float("nan") if series.open is None else float(series.open[index])
