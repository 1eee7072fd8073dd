"""Market-only expressions as whole-history arrays, each computed once and shared.

A value at session t is made of data dated at or before t: indicators promise it, operators look
back only, and the tests cut histories to see it.
"""

from __future__ import annotations

import hashlib

import numpy as np

from hedgerow.book.expression import (
    Apply,
    Constant,
    DateWord,
    Decided,
    EventValue,
    EventWindow,
    EverySession,
    Expression,
    Indicator,
    MarketWord,
    Measure,
    Result,
    Series,
    bottom_up,
    operands,
)
from hedgerow.market.data_fault import DataFault
from hedgerow.market.events import EventCalendar
from hedgerow.market.market import Market
from hedgerow.plan.occasions import event_value, event_window, every
from hedgerow.plan.operations import NAN, OPERATIONS, TEMPORAL, Array
from hedgerow.vocabulary import date_array, indicator_array, market_array


def key(node: Expression, known: dict[int, str]) -> str:
    """A name for what a node computes, the same in every book that computes it."""
    for each in bottom_up(node, known):
        below = [known[id(child)] for child in operands(each)]
        known[id(each)] = hashlib.sha256("\0".join([*_own(each), *below]).encode()).hexdigest()
    return known[id(node)]


def _own(node: Expression) -> list[str]:
    match node:
        case Constant():
            return ["constant", repr(node.value)]
        case Series():
            return ["series", node.name, node.column]
        case Indicator():
            return ["indicator", node.word, *map(str, node.windows)]
        case MarketWord():
            return ["market", node.word, node.underlying, *map(repr, node.constants)]
        case DateWord():
            return ["date", node.word]
        case EverySession():
            return ["every", str(node.count)]
        case EventWindow():
            return ["event", node.calendar, str(node.first), str(node.last)]
        case EventValue():
            return ["event", node.calendar, node.column]
        case Decided():
            return ["decided", node.action, *node.rules]
        case Result():
            return ["result", node.word, str(node.of_baseline)]
        case Measure():
            return ["measure", node.word, repr(node.target), node.shock or "", str(node.window)]
        case Apply():
            return ["apply", node.operator, str(node.window)]


class Signals:
    """Arrays of one market, kept by key so that variants which agree on one share it."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self._history = market.history
        self._arrays: dict[str, Array] = {}

    def array(self, root: Expression, known: dict[int, str]) -> Array:
        """The (sessions,) array of a market-only expression; nan where unknown."""
        key(root, known)
        for node in bottom_up(root):
            name = known[id(node)]
            if name not in self._arrays:
                below = [self._arrays[known[id(child)]] for child in operands(node)]
                self._arrays[name] = self._computed(node, below)
        return self._arrays[known[id(root)]]

    def _computed(self, node: Expression, below: list[Array]) -> Array:
        match node:
            case Constant():
                return np.full(len(self._history.sessions), node.value)
            case Series():
                return self._column(node)
            case Indicator():
                return indicator_array(node.word, below, node.windows)
            case MarketWord():
                return market_array(node.word, self._market, node.underlying, node.constants)
            case DateWord() | EverySession() | EventWindow() | EventValue():
                return self._occasion(node)
            case Apply() if node.operator in TEMPORAL:
                return TEMPORAL[node.operator].on_arrays(below, node.window)
            case Apply():
                return OPERATIONS[node.operator].on_arrays(*below)
            case Measure() | Decided() | Result():
                raise TypeError(f"{node.span.text} is not about the market: it has no history")

    def _occasion(self, node: DateWord | EverySession | EventWindow | EventValue) -> Array:
        sessions = self._history.sessions
        match node:
            case DateWord():
                return date_array(node.word, sessions)
            case EverySession():
                return every(sessions, node.count)
            case EventWindow():
                return event_window(self._calendar(node.calendar), sessions, node.first, node.last)
            case EventValue():
                return event_value(self._calendar(node.calendar), sessions, node.column)

    def _calendar(self, name: str) -> EventCalendar:
        calendar = self._history.events.get(name)
        if calendar is None:
            remedy = f"load the data with it: events/{name}.csv in the data folder"
            raise DataFault("the market", f"no calendar {name}", remedy)
        return calendar

    def _column(self, node: Series) -> Array:
        series = self._history.series.get(node.name)
        values: Array | None = getattr(series, node.column) if series else None
        return np.full(len(self._history.sessions), NAN) if values is None else values
