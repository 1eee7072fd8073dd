"""The door to the market: listings, marks, deltas, settlements, shocks."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct, field

from hedgerow.market.answers import Answers
from hedgerow.market.by_delta import strike_by_delta
from hedgerow.market.contract import Contract, Expiry, Kind, Right, Settlement
from hedgerow.market.contract_prices import (
    FUTURE_MULTIPLIERS,
    MULTIPLIERS,
    expiry_of,
    future_prices,
    years_to,
)
from hedgerow.market.equities import equity_closes, equity_mode, moved
from hedgerow.market.history import History
from hedgerow.market.listing import Cycle, Listing, nearest
from hedgerow.market.practices import INDEX_FUTURES
from hedgerow.market.pricing import Array, Integers
from hedgerow.market.quoted_days import QuotedDays
from hedgerow.market.recorded import Recorded
from hedgerow.market.settlement import VX_SETTLE, Settled, settled
from hedgerow.market.slices import Slices, one_sd_of, option_prices, prices_of, slices_of
from hedgerow.market.snapshot import Levels, Snapshots, shocked
from hedgerow.market.strikes import strike_grid
from hedgerow.market.underlyings import INDICES

CHAIN = "chain"  # the source of recorded quotes


class Market(Struct, frozen=True, eq=False):
    """A history with its modelled prices. Underlyings: SPX, VIX, and any series of prices there is.
    Sessions are named by index."""

    history: History
    snapshots: Snapshots
    modes: tuple[str, ...]  # of each session, "B", "A" or "S": see `modes_of`
    fingerprint: str  # of the history and the model's version
    listing: Listing
    recorded: Recorded  # real prices, which win
    quoted: QuotedDays  # those of options
    answers: Answers = field(default_factory=Answers)

    def expiry(self, underlying: str, i: int, days: int, cycle: str | None = None) -> Expiry | None:
        """The expiry of options listed at close `i` nearest to `days` ahead, of two the later; on a
        day with quotes, of those quoted.

        `cycle` is "monthly", "weekly" or None for either.
        """
        if math.isnan(self.closes(underlying).spot[i]):
            return None
        on, wanted = self.history.sessions[i].item(), Cycle(cycle or "any")
        quoted = self.quoted.expiries(underlying, i, wanted)
        if quoted:
            return nearest(quoted, on, days)
        return self.listing.nearest(underlying, on, days, wanted)

    def future_expiry(
        self, underlying: str, i: int, days: int, cycle: str | None = None
    ) -> Expiry | None:
        """The same of futures, without quotes. VIX futures share the expiries of VIX options."""
        on = self.history.sessions[i].item()
        listed = INDEX_FUTURES if underlying == "SPX" else underlying
        return self.listing.nearest(listed, on, days, Cycle(cycle or "any"))

    def strikes(self, underlying: str, i: int, expiry: Expiry) -> Array:
        """Strikes listed at close `i`, ascending, points: where there are quotes, those quoted."""
        quotes = self.quoted.quotes(expiry, i)
        if quotes is not None:
            return quotes.strikes
        on = self.history.sessions[i].item()
        return strike_grid(underlying, self.spot(underlying, i), (expiry.date - on).days, on)

    def spot(self, underlying: str, i: int) -> float:
        """The underlying at close `i`, points."""
        return float(self._spot(underlying)[i])

    def contract(self, underlying: str, expiry: Expiry, right: Right, strike: float) -> Contract:
        """An option."""
        multiplier = MULTIPLIERS[Kind.OPTION]
        return Contract(underlying, Kind.OPTION, multiplier, expiry, right, strike)

    def future(self, underlying: str, expiry: Expiry) -> Contract:
        return Contract(underlying, Kind.FUTURE, FUTURE_MULTIPLIERS[underlying], expiry)

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
        years = self._years(contract.expiry, rows)
        return future_prices(contract.underlying, self.snapshots, rows, years)

    def leg_marks(self, contracts: Sequence[Contract], i: int) -> Array:
        """`marks` (legs, sessions) of options of one expiry and underlying, priced together."""
        marks, at = self.answers.life(tuple(contracts), i, lambda: self._priced_lives(contracts, i))
        return marks[:, at:]

    def package_marks(self, contracts: Sequence[Contract], i: int) -> Array | list[Array]:
        """`marks` of several contracts, an array each; options of one expiry are priced at once,
        and come as one array (legs, sessions)."""
        terms = {(each.kind, each.underlying, each.expiry) for each in contracts}
        if len(terms) == 1 and contracts[0].kind is Kind.OPTION:
            return self.leg_marks(contracts, i)
        return [self.marks(contract, i) for contract in contracts]

    def _priced_lives(self, contracts: Sequence[Contract], i: int) -> Array:
        expiry = expiry_of(contracts[0])
        prices = prices_of(contracts, self.slices(contracts[0].underlying, expiry, i))
        self.quoted.fill_in(prices, contracts, i)
        return prices

    def slices(self, underlying: str, expiry: Expiry, i: int) -> Slices:
        """What options of an expiry share, at closes `i`, `i` + 1, ... of its life."""

        def find() -> Slices:
            rows = np.arange(i, self._end(expiry))
            closes = self.closes(underlying)
            return slices_of(underlying, closes, rows, self._years(expiry, rows))

        found, at = self.answers.life((underlying, expiry), i, find)
        return found.part(at)

    def mark(self, contract: Contract, i: int) -> float:
        """Mid, points, at close `i`, at which the contract must still be tradeable."""
        return float(self.prices((contract,), i)[0, 0])

    def deltas(
        self, underlying: str, i: int, expiry: Expiry, right: Right, strikes: Array
    ) -> Array:
        """Delta of each strike at its own implied volatility: below 0 for puts."""
        quoted = self.quoted.deltas(underlying, i, expiry, right, strikes)
        if quoted is not None:
            return quoted
        today = self.slices(underlying, expiry, i).part(0, 1)
        return today.deltas(strikes, np.array([right is Right.CALL]))

    def by_delta(
        self, underlying: str, i: int, days: int, cycle: str | None, right: Right, wanted: float
    ) -> float | None:
        """The strike nearest to a delta where that is known at once: see `strike_by_delta`."""
        return strike_by_delta(self, (underlying, days, cycle), right, wanted, i)

    def one_sd(self, underlying: str, i: int, expiry: Expiry) -> float:
        """Points of one standard deviation to the expiry: from its quotes where there are any, else
        for SPX from its variance-swap volatility, for VIX from that of VVIX over that life."""
        quoted = self.quoted.one_sd(underlying, i, expiry)
        if quoted is not None:
            return quoted

        def find() -> Array:  # of every close: rules wish for the same days again and again
            years = self._years(expiry, np.array([i]))
            return one_sd_of(underlying, self.closes(underlying), years)

        days = expiry.date.toordinal() - int(self.snapshots.ordinal[i])
        asked = ("one sd", underlying, days, expiry.settlement)
        return float(self.answers.once(asked, find)[i])

    def settlement(self, contract: Contract) -> Settled | None:
        """What the contract's expiry settles to; None where the data end before it."""
        underlying, expiry = contract.underlying, expiry_of(contract)

        def find() -> Settled | None:
            final = self.recorded.vix.finals.get(expiry.date.toordinal())
            return settled(self.history, self._spot(underlying), underlying, expiry, final)

        return self.answers.once((underlying, expiry), find)

    def shocked(self, i: int, spot: Levels | None = None, vix: Levels | None = None) -> Snapshots:
        """Close `i` with SPX and VIX at other levels, points; None leaves one where it is. What
        tracks SPX moves with it, other underlyings stay."""
        return shocked(self.snapshots, i, spot, vix)

    def prices(self, contracts: Sequence[Contract], i: int, at: Snapshots | None = None) -> Array:
        """Mids (contracts, closes), points, at close `i`; or at that close as `at` has it moved."""
        prices = np.empty((len(contracts), 1 if at is None else len(at)))
        places: dict[tuple[Expiry | None, Kind, str], list[int]] = {}
        for place, each in enumerate(contracts):
            places.setdefault((each.expiry, each.kind, each.underlying), []).append(place)
        for (expiry, kind, underlying), alike in places.items():
            snapshots = self._at(underlying, i, at)
            rows = np.arange(len(snapshots))
            if expiry is None:
                prices[alike] = snapshots.spot
                continue
            years = years_to(expiry, snapshots.ordinal)
            if kind is Kind.FUTURE:
                prices[alike] = future_prices(underlying, snapshots, rows, years)
            else:
                legs = [contracts[place] for place in alike]
                modelled = option_prices(legs, snapshots, rows, years)
                prices[alike] = self.quoted.moved(legs, i, modelled)
        return prices

    def source(self, contract: Contract, i: int) -> str:
        """Where this contract's mark at close `i` comes from."""
        if contract.kind is Kind.SHARES:
            return "index close" if contract.underlying == "SPX" else "series close"
        if contract.underlying not in INDICES:
            return f"model:{equity_mode(self.history, contract.underlying, i)}"
        if not self.recorded:
            return f"model:{self.modes[i]}"
        if contract.kind is Kind.FUTURE:
            day, at = int(self.snapshots.ordinal[i]), expiry_of(contract).date.toordinal()
            real = contract.underlying == "VIX" and self.recorded.vix.has(day, at)
            return VX_SETTLE if real else f"model:{self.modes[i]}"
        return CHAIN if self.quoted.has(contract, i) else f"model:{self.modes[i]}"

    def package_source(self, contracts: Sequence[Contract], i: int) -> str:
        """The source of a package: modelled as soon as one of its contracts is."""
        if not self.recorded and len({(each.kind, each.underlying) for each in contracts}) == 1:
            return self.source(contracts[0], i)
        sources = sorted({self.source(contract, i) for contract in contracts})
        return next((each for each in sources if each.startswith("model:")), "+".join(sources))

    def spreads(self, contracts: Sequence[Contract], i: int) -> list[float] | None:
        """Points between bid and ask of each contract at close `i`; nan where it was not quoted.

        None where nothing ever was.
        """
        return [self.quoted.spread(each, i) for each in contracts] if self.quoted else None

    def closes(self, underlying: str) -> Snapshots:
        """The closes that options on it are priced from. DataFault: see `equity_closes`."""
        if underlying in INDICES:
            return self.snapshots

        def find() -> Snapshots:
            spot = self._spot(underlying)
            return equity_closes(self.history, self.snapshots, underlying, spot)

        return self.answers.once(("closes", underlying), find)

    def _at(self, underlying: str, i: int, at: Snapshots | None) -> Snapshots:
        """Close `i` of an underlying, when SPX and VIX are at `at`."""
        closes = self.closes(underlying)
        if at is None:
            return closes.row(i)
        return at if closes is self.snapshots else moved(underlying, closes, self.snapshots, i, at)

    def _spot(self, underlying: str) -> Array:
        if underlying in INDICES:
            return self.snapshots.vix if underlying == "VIX" else self.snapshots.spot
        if underlying not in self.history.series:
            return np.full(len(self.history), np.nan)
        return self.answers.once(("spot", underlying), self.history.series[underlying].last_known)

    def _end(self, expiry: Expiry) -> int:
        """One past the last session at whose close the expiry can be traded."""
        last = expiry.date.toordinal() - (expiry.settlement is Settlement.OPEN)
        return int(self.snapshots.ordinal.searchsorted(last, side="right"))

    def _years(self, expiry: Expiry, rows: Integers) -> Array:
        return years_to(expiry, self.snapshots.ordinal[rows])
