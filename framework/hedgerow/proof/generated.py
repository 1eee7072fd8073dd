"""Generated markets as a test would write them: closes of SPX and VIX day by day."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct

from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fee_files import schedule
from hedgerow.account.run import Run
from hedgerow.book.book import Book, Scenario, ScenarioPath
from hedgerow.host.direct import run_direct
from hedgerow.market.generator import CALM, CRASH, FITTED, generated_paths
from hedgerow.market.market_from_history import market_from_history
from hedgerow.plan.plan import Plan
from hedgerow.proof.made_up import UNSAID, made_up
from hedgerow.text.source import Source, Span

MOST_MARKETS = 10_000  # of one seed
REGIMES = (FITTED, CRASH, CALM)  # taken in turn
_SCALE = UNSAID["SPX"] / 2000.0  # to the level at which tests begin


class Prices(Struct, frozen=True):
    """Closes, a value a day."""

    spx: tuple[float, ...]
    vix: tuple[float, ...]

    def __len__(self) -> int:
        return len(self.spx)

    def first(self, days: int) -> Prices:
        return Prices(self.spx[:days], self.vix[:days])


def generated(count: int, days: int, seed: int) -> Iterator[Prices]:
    """`count` markets of so many days; more of either begin with the same ones."""
    for number in range(count):
        regime = REGIMES[number % len(REGIMES)]
        paths = generated_paths(seed * MOST_MARKETS + number, days, 1, regime)
        yield Prices(
            tuple((paths.spx[:, 0] * _SCALE).round(1).tolist()),
            tuple(paths.vix[:, 0].round(1).tolist()),
        )


def scenario_of(prices: Prices) -> Scenario:
    """A test that expects nothing."""
    nowhere = Span(Source("generated", ""), 0, 0)
    paths = ScenarioPath("SPX", prices.spx), ScenarioPath("VIX", prices.vix)
    return Scenario("generated", paths, len(prices), (), nowhere)


def run_on(plan: Plan, book: Book, prices: Prices) -> Run:
    """The run that a test on these prices would make. DataFault."""
    taken = Assumptions()
    market = market_from_history(made_up(book, scenario_of(prices)))
    return run_direct(plan, market, taken, schedule(taken.costs))


def written(prices: Prices) -> tuple[str, str]:
    """The lines of a test that give these prices."""
    return f"SPX: {_notation(prices.spx)}", f"VIX: {_notation(prices.vix)}"


def _notation(values: tuple[float, ...]) -> str:
    runs = ((level, len(list(same))) for level, same in groupby(values))
    return ", ".join(f"{level:.10g}{f' x{days}' if days > 1 else ''}" for level, days in runs)
