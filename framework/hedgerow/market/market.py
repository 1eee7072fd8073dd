"""The door to the market: listings, marks, deltas, settlements, shocks."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from hedgerow.market.answers import Answers
from hedgerow.market.chains.chains import Slice
from hedgerow.market.contract import Contract, Expiry, Kind, Right, Settlement
from hedgerow.market.contract_prices import (
    FUTURE_MULTIPLIERS,
    MULTIPLIERS,
    expiry_of,
    future_prices,
    years_to,
)
from hedgerow.market.history import History
from hedgerow.market.listing import INDEX_FUTURES, Cycle, Listing, standard_listing
from hedgerow.market.pricing import Array, Integers
from hedgerow.market.quoted import model_vol, quoted_deltas, quoted_log_deviation, quoted_prices
from hedgerow.market.recorded import Recorded
from hedgerow.market.settlement import VX_SETTLE, Settled, settled
from hedgerow.market.slices import Slices, one_sd_of, option_prices, prices_of, slices_of
from hedgerow.market.snapshot import Levels, Snapshots, shocked
from hedgerow.market.snapshots_from_history import modes_of, snapshots_from_history
from hedgerow.market.strikes import strike_grid
from hedgerow.market.surface import MODEL_VERSION
from hedgerow.market.wings import MEASURED, Wings

CHAIN = "chain"  # the source of recorded quotes


class Market(Struct, frozen=True, eq=False):
    """A history with its modelled prices. Underlyings: SPX and VIX. Sessions are named by index."""

    history: History
    snapshots: Snapshots
    modes: tuple[str, ...]  # of each session, "B", "A" or "S": see `modes_of`
    fingerprint: str  # of the history and the model's version
    listing: Listing
    recorded: Recorded = field(default_factory=Recorded.nothing)  # real prices, which win
    answers: Answers = field(default_factory=Answers)

    def expiry(self, underlying: str, i: int, days: int, cycle: str | None = None) -> Expiry | None:
        """The expiry listed at close `i` nearest to `days` ahead, of two the later.

        `cycle` is "monthly", "weekly" or None for either.
        """
        on = self.history.sessions[i].item()
        return self.listing.nearest(underlying, on, days, Cycle(cycle or "any"))

    def future_expiry(
        self, underlying: str, i: int, days: int, cycle: str | None = None
    ) -> Expiry | None:
        """`expiry`, of futures. VIX futures share the expiries of VIX options."""
        return self.expiry(INDEX_FUTURES if underlying == "SPX" else underlying, i, days, cycle)

    def strikes(self, underlying: str, i: int, expiry: Expiry) -> Array:
        """Strikes listed at close `i`, ascending, points: where there are quotes, those quoted."""
        quotes = self._quotes(expiry, i)
        if quotes is not None:
            return quotes.strikes
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

    def package_marks(self, contracts: Sequence[Contract], i: int) -> list[Array]:
        """`marks` of several contracts, an array each; options of one expiry are priced at once."""
        first = contracts[0]
        if first.right is not None and all(
            each.right is not None
            and each.expiry == first.expiry
            and each.underlying == first.underlying
            for each in contracts
        ):
            return list(self.leg_marks(contracts, i))
        return [self.marks(contract, i) for contract in contracts]

    def _priced_lives(self, contracts: Sequence[Contract], i: int) -> Array:
        expiry = expiry_of(contracts[0])
        prices = prices_of(contracts, self._slices(contracts[0].underlying, expiry, i))
        first, last = self.snapshots.ordinal[i], expiry.date.toordinal()
        for day in self.recorded.chains.days_of(expiry):
            if first <= day < last and (at := self._row(int(day)) - i) in range(prices.shape[1]):
                prices[:, at] = self._quoted(contracts, expiry, i + at)
        return prices

    def _slices(self, underlying: str, expiry: Expiry, i: int) -> Slices:
        """What options of an expiry share, at closes `i`, `i` + 1, ... of its life."""

        def find() -> Slices:
            rows = np.arange(i, self._end(expiry))
            return slices_of(underlying, self.snapshots, rows, self._years(expiry, rows))

        found, at = self.answers.life((underlying, expiry), i, find)
        return found.part(at)

    def mark(self, contract: Contract, i: int) -> float:
        """Mid, points, at close `i`, at which the contract must still be tradeable."""
        return float(self.prices((contract,), i)[0, 0])

    def deltas(
        self, underlying: str, i: int, expiry: Expiry, right: Right, strikes: Array
    ) -> Array:
        """Delta of each strike at its own implied volatility: below 0 for puts."""
        quotes = self._quotes(expiry, i)
        if quotes is not None:
            carried = quotes.discount
            if underlying == "SPX":
                carried *= quotes.forward / self.spot(underlying, i)
            years = float(self._years(expiry, np.array([i]))[0])
            model = model_vol(underlying, self.snapshots, i, years)
            return quoted_deltas(quotes, strikes, right, carried, model)
        today = self._slices(underlying, expiry, i).part(0, 1)
        return today.deltas(strikes, np.array([right is Right.CALL]))

    def one_sd(self, underlying: str, i: int, expiry: Expiry) -> float:
        """Points of one standard deviation to the expiry: from its quotes where there are any, else
        for SPX from its variance-swap volatility, for VIX from that of VVIX over that life."""
        quotes = self._quotes(expiry, i)
        if quotes is not None:
            level = quotes.forward if underlying == "VIX" else self.spot(underlying, i)
            years = float(self._years(expiry, np.array([i]))[0])
            model = model_vol(underlying, self.snapshots, i, years)
            return level * quoted_log_deviation(quotes, model)

        def find() -> Array:
            rows = np.arange(i, self._end(expiry))
            return one_sd_of(underlying, self.snapshots, rows, self._years(expiry, rows))

        found, at = self.answers.life(("one sd", underlying, expiry), i, find)
        return float(found[at])

    def settlement(self, contract: Contract) -> Settled | None:
        """What the contract's expiry settles to; None where the data end before it."""
        question = (contract.underlying, expiry_of(contract))
        closes = self._spot(contract.underlying)
        final = self.recorded.vix.finals.get(question[1].date.toordinal())
        return self.answers.once(question, lambda: settled(self.history, closes, *question, final))

    def shocked(self, i: int, spot: Levels | None = None, vix: Levels | None = None) -> Snapshots:
        """Close `i` with SPX and VIX at other levels, points; None leaves one where it is."""
        return shocked(self.snapshots, i, spot, vix)

    def prices(self, contracts: Sequence[Contract], i: int, at: Snapshots | None = None) -> Array:
        """Mids (contracts, closes), points, at close `i`; or at that close as `at` has it moved."""
        snapshots = self.snapshots.row(i) if at is None else at
        prices = np.empty((len(contracts), len(snapshots)))
        rows = np.arange(len(snapshots))
        for expiry, kind, underlying in {(c.expiry, c.kind, c.underlying): None for c in contracts}:
            alike = [
                place
                for place, c in enumerate(contracts)
                if c.expiry == expiry and c.kind is kind and c.underlying == underlying
            ]
            if expiry is None:
                prices[alike] = snapshots.vix if underlying == "VIX" else snapshots.spot
                continue
            years = years_to(expiry, snapshots.ordinal)
            if kind is Kind.FUTURE:
                prices[alike] = future_prices(underlying, snapshots, rows, years)
            else:
                legs = [contracts[place] for place in alike]
                modelled = option_prices(legs, snapshots, rows, years)
                prices[alike] = self._moved(legs, i, modelled)
        return prices

    def source(self, contract: Contract, i: int) -> str:
        """Where this contract's mark at close `i` comes from."""
        if contract.kind is Kind.SHARES:
            return "index close"
        if not self.recorded:
            return f"model:{self.modes[i]}"
        expiry = expiry_of(contract)
        if contract.kind is Kind.FUTURE:
            day, at = int(self.snapshots.ordinal[i]), expiry.date.toordinal()
            real = contract.underlying == "VIX" and self.recorded.vix.has(day, at)
            return VX_SETTLE if real else f"model:{self.modes[i]}"
        quotes = self._quotes(expiry, i)
        strike = np.array([contract.strike])
        real = quotes is not None and bool(quotes.within(quotes.distance(strike))[0])
        return CHAIN if real else f"model:{self.modes[i]}"

    def package_source(self, contracts: Sequence[Contract], i: int) -> str:
        """The source of a package: modelled as soon as one of its contracts is."""
        sources = sorted({self.source(contract, i) for contract in contracts})
        return next((each for each in sources if each.startswith("model:")), "+".join(sources))

    def spreads(self, contracts: Sequence[Contract], i: int) -> list[float] | None:
        """Points between bid and ask of each contract at close `i`; nan where it was not quoted.

        None where nothing ever was.
        """
        return [self._spread(each, i) for each in contracts] if self.recorded.chains else None

    def _spread(self, contract: Contract, i: int) -> float:
        if contract.right is None or contract.expiry is None:
            return float("nan")
        quotes = self._quotes(contract.expiry, i)
        return float("nan") if quotes is None else quotes.spread(contract.right, contract.strike)

    def _quotes(self, expiry: Expiry, i: int) -> Slice | None:
        if not self.recorded.chains:
            return None
        return self.recorded.chains.slice(int(self.snapshots.ordinal[i]), expiry)

    def _quoted(self, contracts: Sequence[Contract], expiry: Expiry, i: int) -> Array:
        """Mids of options of one expiry at a close that has its quotes."""
        quotes = self._quotes(expiry, i)
        assert quotes is not None, "asked for on days with quotes only"
        years = float(self._years(expiry, np.array([i]))[0])
        model = model_vol(contracts[0].underlying, self.snapshots, i, years)
        return quoted_prices(contracts, quotes, model)

    def _moved(self, legs: Sequence[Contract], i: int, modelled: Array) -> Array:
        """Quoted mids of close `i`, moved by as much as the model has: never by later quotes."""
        expiry, row = expiry_of(legs[0]), np.array([i])
        if self._quotes(expiry, i) is None:
            return modelled
        calm = option_prices(legs, self.snapshots, row, self._years(expiry, row))
        moved: Array = np.maximum(self._quoted(legs, expiry, i)[:, None] + (modelled - calm), 0.0)
        return moved

    def _row(self, day: int) -> int:
        """The session of a day number; the one after it where there is none."""
        return int(self.snapshots.ordinal.searchsorted(day))

    def _spot(self, underlying: str) -> Array:
        return self.snapshots.vix if underlying == "VIX" else self.snapshots.spot

    def _end(self, expiry: Expiry) -> int:
        """One past the last session at whose close the expiry can be traded."""
        last = expiry.date.toordinal() - (expiry.settlement is Settlement.OPEN)
        return int(self.snapshots.ordinal.searchsorted(last, side="right"))

    def _years(self, expiry: Expiry, rows: Integers) -> Array:
        return years_to(expiry, self.snapshots.ordinal[rows])


def market_from_history(
    history: History, recorded: Recorded | None = None, wings: Wings = MEASURED
) -> Market:
    """Every close of the history, solved or read from the cache, and what is `recorded` of it.

    DataFault: see `snapshots_from_history`.
    """
    modes = modes_of(history)
    text = f"{history.fingerprint} model {MODEL_VERSION}"
    snapshots = snapshots_from_history(history, wings)
    real = recorded or Recorded.nothing()
    if real:
        text += f" recorded {real.fingerprint}"
        snapshots = replace(snapshots, futures_basis=real.vix.basis(snapshots))
        history = replace(history, notes=(*history.notes, *real.notes(history)))
    if wings != MEASURED:
        text += f" {wings}"
        history = replace(history, notes=(*history.notes, *wings.notes()))
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    return Market(history, snapshots, modes, fingerprint, standard_listing(), real)
