"""The market as one Backtrader feed: SPX as the bar, every other series as a line beside it."""

from __future__ import annotations

from array import array
from typing import Any, NoReturn

import backtrader as bt
import numpy as np

from hedgerow.host.backtrader.fault import refuse
from hedgerow.market.history import Floats, History
from hedgerow.market.market import Market

_BAR = ("open", "high", "low", "close")
UNIX_EPOCH = 719_163  # Backtrader counts days as date.toordinal() does


class MarketFeed(bt.feed.DataBase):
    """Sessions of a market as bars at midnight of their day; nan where a value is missing.

    All lines are copied in at once where nothing has to look at single bars, and the `tick_...`
    copies of a bar, which only live feeds need, are not kept: both are most of a feed's time.
    """

    params = (("market", None), ("name", "SPX"))

    def start(self) -> None:
        super().start()
        self._columns = _columns(self.p.market.history, self.getlinealiases())
        self._ordinals: list[int] = self.p.market.snapshots.ordinal.tolist()
        self._sessions = {day: session for session, day in enumerate(self._ordinals)}
        self._loaded = 0

    def session_at(self, number: float) -> int:
        """The session of the market a bar with this `datetime` value belongs to."""
        return self._sessions[int(number)]

    @property
    def last(self) -> int:
        """The last session that this feed can deliver; known once it has started."""
        return int(np.searchsorted(self._ordinals, self.todate, side="right")) - 1

    def preload(self) -> None:
        if self._filters:
            super().preload()
            return
        first, stop = int(np.searchsorted(self._ordinals, self.fromdate)), self.last + 1
        for line, column in zip(self.lines.itersize(), self._columns, strict=True):
            line.array = array("d", column[first:stop].tobytes()) + line.array
        self._loaded = len(self._ordinals)
        self.home()

    def _load(self) -> bool:
        if self._loaded == len(self._ordinals):
            return False
        for line, column in zip(self.lines.itersize(), self._columns, strict=True):
            line[0] = column[self._loaded]
        self._loaded += 1
        return True

    def __reduce__(self) -> NoReturn:
        """Cerebro sends its first feed to other processes before anything else."""
        refuse("a compiled strategy runs in one process", "its plan holds functions",
               "call cerebro.run(maxcpus=1), or compare the rule files in one study")  # fmt: skip

    def _gettzinput(self) -> None:
        """Sessions are days of New York: shifting them by a time zone would name other days."""

    def _tick_nullify(self) -> None:
        pass

    def _tick_fill(self, force: bool = False) -> None:
        pass


def market_feed(market: Market, **params: Any) -> MarketFeed:
    """The feed of a market. `params` are those of any feed: fromdate, todate, plotname, ...

    Lines: open, high, low, close of SPX; `vix`, `rate` (a share a year) and the close of every
    other series under its name in small letters.
    """
    others = tuple(name.lower() for name in market.history.series if name != "SPX")
    wide: type[MarketFeed] = type(
        "MarketFeed", (MarketFeed,), {"lines": (*others, "rate"), "__module__": __name__}
    )
    return wide(market=market, **params)


def _columns(history: History, aliases: list[str]) -> list[Floats]:
    """One array a line, in the order of the lines."""
    nothing = np.full(len(history), np.nan)
    known = {name.lower(): series.close for name, series in history.series.items()}
    for name in _BAR:
        values = getattr(history.series["SPX"], name)
        known[name] = nothing if values is None else values
    known["rate"] = history.rate
    known["datetime"] = history.sessions.astype("M8[D]").astype(float) + UNIX_EPOCH
    zeros = np.zeros(len(history))
    return [np.ascontiguousarray(known.get(alias, zeros), dtype=float) for alias in aliases]
