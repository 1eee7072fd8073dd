"""Options at the closes at which they were really quoted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from msgspec import Struct

from hedgerow.market.chains.chains import Chains, Slice
from hedgerow.market.contract import Contract, Expiry, Right
from hedgerow.market.contract_prices import expiry_of, years_to
from hedgerow.market.listing import Cycle, Listing
from hedgerow.market.pricing import Array
from hedgerow.market.quoted import (
    ModelVol,
    model_vol,
    quoted_deltas,
    quoted_log_deviation,
    quoted_prices,
)
from hedgerow.market.slices import option_prices
from hedgerow.market.snapshot import Snapshots
from hedgerow.market.underlyings import INDICES


class QuotedDays(Struct, frozen=True, eq=False):
    """Recorded chains beside the closes they belong to, which are named by index."""

    chains: Chains
    snapshots: Snapshots
    listing: Listing

    def __bool__(self) -> bool:
        return bool(self.chains)

    def quotes(self, expiry: Expiry, i: int) -> Slice | None:
        """The quotes of an expiry at close `i`; None where there are none."""
        return self.chains.slice(int(self.snapshots.ordinal[i]), expiry) if self.chains else None

    def expiries(self, underlying: str, i: int, cycle: Cycle) -> tuple[Expiry, ...]:
        """Those of a cycle that have quotes at close `i`, in order of settlement; none where the
        day was not recorded."""
        if not self.chains or underlying not in INDICES:
            return ()
        day = int(self.snapshots.ordinal[i])
        return tuple(
            expiry
            for expiry in self.listing.listed(underlying, date.fromordinal(day), cycle)
            if self.chains.has(day, expiry)
        )

    def has(self, contract: Contract, i: int) -> bool:
        """Whether an option lies between the strikes quoted at close `i`."""
        quotes = self.quotes(expiry_of(contract), i)
        strike = np.array([contract.strike])
        return quotes is not None and bool(quotes.within(quotes.distance(strike))[0])

    def spread(self, contract: Contract, i: int) -> float:
        """Points between bid and ask at close `i`; nan where the contract was not quoted."""
        if contract.right is None or contract.expiry is None:
            return float("nan")
        quotes = self.quotes(contract.expiry, i)
        return float("nan") if quotes is None else quotes.spread(contract.right, contract.strike)

    def deltas(
        self, underlying: str, i: int, expiry: Expiry, right: Right, strikes: Array
    ) -> Array | None:
        """Delta of each strike at its own quoted volatility; None where there are no quotes."""
        quotes = self.quotes(expiry, i)
        if quotes is None:
            return None
        carried = quotes.discount
        if underlying != "VIX":
            carried *= quotes.forward / self._spot(i)
        return quoted_deltas(quotes, strikes, right, carried, self._model(underlying, expiry, i))

    def one_sd(self, underlying: str, i: int, expiry: Expiry) -> float | None:
        """Points of one standard deviation to the expiry; None where there are no quotes."""
        quotes = self.quotes(expiry, i)
        if quotes is None:
            return None
        level = quotes.forward if underlying == "VIX" else self._spot(i)
        return level * quoted_log_deviation(quotes, self._model(underlying, expiry, i))

    def fill_in(self, prices: Array, contracts: Sequence[Contract], i: int) -> None:
        """Write quoted mids over modelled `prices` (legs, closes from `i` on) of one expiry."""
        if not self.chains:
            return
        expiry = expiry_of(contracts[0])
        first, last = self.snapshots.ordinal[i], expiry.date.toordinal()
        for day in self.chains.days_of(expiry):
            if first <= day < last and (at := self._row(int(day)) - i) in range(prices.shape[1]):
                prices[:, at] = self._prices(contracts, expiry, i + at)

    def moved(self, legs: Sequence[Contract], i: int, modelled: Array) -> Array:
        """Quoted mids of close `i`, moved by as much as the model has: never by later quotes."""
        expiry, row = expiry_of(legs[0]), np.array([i])
        if self.quotes(expiry, i) is None:
            return modelled
        years = years_to(expiry, self.snapshots.ordinal[row])
        calm = option_prices(legs, self.snapshots, row, years)
        moved: Array = np.maximum(self._prices(legs, expiry, i)[:, None] + (modelled - calm), 0.0)
        return moved

    def _prices(self, contracts: Sequence[Contract], expiry: Expiry, i: int) -> Array:
        """Mids of options of one expiry at a close that has its quotes."""
        quotes = self.quotes(expiry, i)
        assert quotes is not None, "asked for on days with quotes only"
        return quoted_prices(contracts, quotes, self._model(contracts[0].underlying, expiry, i))

    def _model(self, underlying: str, expiry: Expiry, i: int) -> ModelVol:
        years = float(years_to(expiry, self.snapshots.ordinal[i : i + 1])[0])
        return model_vol(underlying, self.snapshots, i, years)

    def _spot(self, i: int) -> float:
        return float(self.snapshots.spot[i])

    def _row(self, day: int) -> int:
        """The session of a day number; the one after it where there is none."""
        return int(self.snapshots.ordinal.searchsorted(day))
