"""Plans and markets that the tests of the hosts share."""

from functools import cache
from pathlib import Path

import backtrader as bt
import numpy as np
from hedgerow.account.assumptions import Assumptions
from hedgerow.account.run import Run
from hedgerow.host.backtrader import LedgerBroker, compile_strategy, prepare
from hedgerow.market.market import Market
from hedgerow.market.market_from_history import market_from_history
from hedgerow.market.sources import load

RULES = Path(__file__).parent.parent.parent / "rules"
CORE, UNHEDGED = RULES / "alvh" / "core.rules", RULES / "alvh" / "unhedged.rules"


@cache
def sample() -> Market:
    return market_from_history(load("sample", ["SPX", "VIX"]))


def assert_same(one: Run, other: Run) -> None:
    """Two runs are the same in everything they hold."""
    for name in one.__struct_fields__:
        left, right = getattr(one, name), getattr(other, name)
        if name == "layers":
            assert left.keys() == right.keys()
            for path in left:
                assert np.array_equal(left[path], right[path]), path
        elif isinstance(left, np.ndarray):
            same_nan = left.dtype.kind == "f"
            assert np.array_equal(left, right, equal_nan=same_nan), name
        else:
            assert left == right, name


def own_cerebro(
    strategy: object, assumptions: Assumptions, *analyzers: type[bt.Analyzer], **options: object
) -> tuple[bt.Cerebro, LedgerBroker]:
    """A prepared Cerebro with a strategy in it, a class or a path of rules."""
    compiled = strategy if isinstance(strategy, type) else compile_strategy(strategy)
    cerebro = bt.Cerebro(**options)
    broker = prepare(cerebro, sample(), assumptions)
    cerebro.addstrategy(compiled)
    for analyzer in analyzers:
        cerebro.addanalyzer(analyzer)
    return cerebro, broker
