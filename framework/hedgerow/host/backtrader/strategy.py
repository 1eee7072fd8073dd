"""A plan as an ordinary `bt.Strategy` class."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

import backtrader as bt

from hedgerow.host.backtrader.broker import LedgerBroker, market_feed_of
from hedgerow.host.backtrader.fault import refuse, refuse_order
from hedgerow.host.backtrader.signals import PlanSignals, signals_of_plan
from hedgerow.plan.plan import Plan


class CompiledStrategy(bt.Strategy):
    """The rules look at every session, from the first; what they don't know yet is unknown to
    them, so no warm-up is taken off. A subclass may watch, and must call super()."""

    plan: ClassVar[Plan]
    params = (("signals", True),)  # carry the plan's signals as an indicator
    rules: PlanSignals | None = None

    def __init__(self) -> None:
        super().__init__()
        self._check_broker()
        if self.p.signals and self.plan.slots:
            feed = market_feed_of(self.cerebro, self.broker.market)
            known: dict[int, str] = {}
            arrays = [self.broker.signals.array(slot, known) for slot in self.plan.slots]
            self.rules = signals_of_plan(self.plan)(feed, arrays=arrays)

    def _start(self) -> None:
        # A subclass may override `__init__` and `start` and leave out super(); this it won't.
        self._check_broker()
        super()._start()

    def _check_broker(self) -> None:
        if not isinstance(self.broker, LedgerBroker):
            refuse(
                f"a compiled strategy can't trade through {type(self.broker).__name__}",
                "it has no options and keeps books of its own",
                "call hedgerow.prepare(cerebro, market) before cerebro.run()",
            )

    def prenext(self) -> None:
        """Another feed may start later; the rules do not wait for it."""
        self.broker.look()

    def next(self) -> None:
        self.broker.look()

    def close(self, *_: Any, **__: Any) -> NoReturn:
        refuse_order("close()")

    def buy(self, *_: Any, **__: Any) -> NoReturn:
        refuse_order("buy()")

    def sell(self, *_: Any, **__: Any) -> NoReturn:
        refuse_order("sell()")

    def order_target_size(self, *_: Any, **__: Any) -> NoReturn:
        refuse_order("order_target_size()")

    def order_target_value(self, *_: Any, **__: Any) -> NoReturn:
        refuse_order("order_target_value()")

    def order_target_percent(self, *_: Any, **__: Any) -> NoReturn:
        refuse_order("order_target_percent()")


def strategy_from_plan(plan: Plan) -> type[CompiledStrategy]:
    """A strategy class named after the book: `three_layers` becomes `ThreeLayers`."""
    name = "".join(part.capitalize() for part in plan.book.name.split("_"))
    body = {"plan": plan, "__doc__": plan.book.doc, "__module__": __name__}
    made: type[CompiledStrategy] = type(name, (CompiledStrategy,), body)
    return made
