"""How the time of a run grows with sessions, rules and open positions, in the direct host.

The exponent is the slope of a straight line through the logarithms: 1 is in step, 2 is squared.
"""

from collections.abc import Callable, Sequence
from statistics import median

import numpy as np
from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fee_files import schedule
from hedgerow.book import book_from_text
from hedgerow.host.direct import run_direct
from hedgerow.market.generator import generated_history
from hedgerow.market.market_from_history import market_from_history
from hedgerow.plan.from_book import plan_from_book
from hedgerow.text.source import Source

from tests.benchmarks.hosts import fresh
from tests.benchmarks.timing import processor_seconds

SESSIONS = (500, 1_000, 2_000, 4_000)
RULES = (2, 4, 8, 16, 32)
OPEN = (2, 4, 8, 16, 32)  # positions at most
SEED, SHORT = 7, 500  # sessions


def book(rules: int, most: int) -> str:
    """Condors that differ in width, so that none are priced for another."""
    entries = [
        f"""entry condor_{at} {{
  sell iron_condor(SPX, expiry = 45 days, short = {1 + at / 100} sd, wing = 50 points)
  size 1 contracts
  at most {most} open
  exit when profit >= 50% of credit "half"
  exit when days_to_expiry <= 7 days "a week before"
}}"""
        for at in range(rules)
    ]
    return "\n".join(["strategy grown 1.0.0", '"Grown"', "needs SPX, VIX", *entries])


def run_of(sessions: int, rules: int, most: int) -> Callable[[], object]:
    market = market_from_history(generated_history(SEED, sessions))
    plan = plan_from_book(book_from_text(Source("grown.rules", book(rules, most))))
    fees, taken = schedule("default"), Assumptions(capital=10**12)
    return lambda: run_direct(plan, fresh(market), taken, fees)


def curve(what: str, sizes: Sequence[int], make: Callable[[int], Callable[[], object]]) -> str:
    """`sessions   500: 40 ms   1,000: 81 ms   exponent 1.02`"""
    times = []
    for size in sizes:
        job, taken = make(size), []
        for _ in range(3):
            start = processor_seconds()
            job()
            taken.append(processor_seconds() - start)
        times.append(median(taken))
    slope = np.polyfit(np.log(sizes), np.log(times), 1)[0]
    told = "".join(
        f"   {size:,}: {1000 * seconds:,.0f} ms" for size, seconds in zip(sizes, times, strict=True)
    )
    return f"{what:16}{told}   exponent {slope:.2f}"


def scaling() -> str:
    return "\n".join(
        [
            "A run on a new market, by its size",
            curve("sessions", SESSIONS, lambda size: run_of(size, 2, 1)),
            curve("rules", RULES, lambda size: run_of(SHORT, size, 1)),
            curve("open positions", OPEN, lambda size: run_of(SHORT, 1, size)),
            "",
        ]
    )
