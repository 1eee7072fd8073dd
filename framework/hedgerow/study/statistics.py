"""One run in numbers. Money in cents, everything else in ratios of one (0.05 is 5 %)."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hedgerow.account.run import Run, Trade
from hedgerow.market.contract import Kind
from hedgerow.study.returns import (
    DAYS_A_YEAR,
    SESSIONS_A_YEAR,
    Floats,
    Sessions,
    daily_returns,
    drawdown,
    excess_returns,
    period_returns,
)

# Daily returns that vary less than this (as a ratio) do not vary: rounding of cents.
_STILL = 1e-12


class Drawdown(Struct, frozen=True):
    """The deepest fall from a highest close, as a share of that high."""

    amount: int  # cents from peak to trough, > 0
    ratio: float  # < 0
    peak: date
    trough: date
    recovered: date | None  # first close at the peak's equity again; None: not yet


class Dated(Struct, frozen=True):
    """A return and when it was: the session, or the first day of the month."""

    at: date
    value: float  # ratio


class Made(Struct, frozen=True):
    """What was added to the capital, in cents: all of it by one or the other."""

    by_trades: int  # after fees, open ones at their marks
    interest_and_dividends: int


class Bought(Struct, frozen=True):
    """Bought premium, whether it was meant as a hedge or as the trade itself. A rule counts when
    its trades hold options and opened, together, for a debit. gain - cost is their result.
    """

    rules: tuple[str, ...]
    cost: int  # cents, >= 0: the debit and all fees
    gain: int  # cents: what came back


class Summary(Struct, frozen=True):
    """One run in numbers; None where a number does not exist (no trade, no movement)."""

    name: str
    first: date
    last: date
    sessions: int
    final_equity: int  # cents
    made: Made
    growth: float  # from the first close to the last, 0.1 is 10%
    annual_return: float
    volatility: float  # a year
    sharpe: float | None
    sortino: float | None
    drawdown: Drawdown | None  # None: never below a high
    worst_day: Dated | None
    worst_month: Dated | None
    trades: int  # ended
    still_open: int
    win_rate: float | None
    average_days: float | None  # calendar days held, trades that ended
    fees: int  # cents
    slippage: int  # cents
    bought: Bought
    margin_mean: float | None  # of equity
    margin_peak: float | None  # of equity
    irr: float | None  # a year, of all that positions tied up
    beta: float | None  # to the traded index

    @property
    def costs(self) -> int:
        """Cents paid to trade: fees and what was given up against the mid."""
        return self.fees + self.slippage


def summary(run: Run) -> Summary:
    """Every number of a run from its record; the definitions stand with the functions below."""
    returns = daily_returns(run.equity)
    ended = run.ended
    margin = _margin_use(run)
    return Summary(
        name=run.name,
        first=day(run.sessions[0]),
        last=day(run.sessions[-1]),
        sessions=len(run.sessions),
        final_equity=int(run.equity[-1]),
        made=_made(run),
        growth=growth(run.equity),
        annual_return=annual_return(run.sessions, run.equity),
        volatility=volatility(returns),
        sharpe=sharpe(excess_returns(run)),
        sortino=sortino(excess_returns(run)),
        drawdown=deepest_drawdown(run.sessions, run.equity),
        worst_day=_worst(run.sessions[1:], returns),
        worst_month=_worst_month(run.sessions, returns),
        trades=len(ended),
        still_open=len(run.trades) - len(ended),
        win_rate=_mean([float(trade.result > 0) for trade in ended]),
        average_days=_mean([float(trade.days) for trade in ended]),
        fees=sum(fill.fee for fill in run.fills),
        slippage=sum(fill.slippage for fill in run.fills),
        bought=bought(run),
        margin_mean=float(margin.mean()) if len(margin) else None,
        margin_peak=float(margin.max()) if len(margin) else None,
        irr=run.irr,
        beta=beta(returns, daily_returns(run.benchmark)),
    )


def growth(equity: NDArray[np.int64]) -> float:
    """From the first close to the last, 0.1 is 10%."""
    return float(equity[-1] / equity[0]) - 1.0


def annual_return(sessions: Sessions, equity: NDArray[np.int64]) -> float:
    """Compound annual growth from the first close to the last: (last/first)^(1/years) - 1.

    Years are calendar days / 365.25 (GIPS 2020, "annualised return"). -1 once nothing is left;
    0 for a single session.
    """
    years = float((sessions[-1] - sessions[0]) / np.timedelta64(1, "D")) / DAYS_A_YEAR
    if equity[-1] <= 0 or equity[0] <= 0:
        return -1.0
    return float((equity[-1] / equity[0]) ** (1.0 / years) - 1.0) if years else 0.0


def volatility(returns: Floats) -> float:
    """Sample standard deviation of daily returns (n - 1) times the root of 252."""
    return float(returns.std(ddof=1)) * math.sqrt(SESSIONS_A_YEAR) if len(returns) > 1 else 0.0


def sharpe(excess: Floats) -> float | None:
    """Mean over sample standard deviation of daily excess returns, times the root of 252.

    Sharpe, "The Sharpe Ratio", Journal of Portfolio Management 21(1), 1994. `excess` is over the
    3-month rate where the run has it. None where nothing moved.
    """
    if len(excess) < 2 or excess.std(ddof=1) < _STILL:
        return None
    return float(excess.mean()) / float(excess.std(ddof=1)) * math.sqrt(SESSIONS_A_YEAR)


def sortino(excess: Floats) -> float | None:
    """Mean daily excess return over the root mean square of the negative ones, annualised.

    Sortino and Price, "Performance Measurement in a Downside Risk Framework", Journal of
    Investing 3(3), 1994; the target is the 3-month rate. Days above the target count as zeros.
    """
    if not len(excess):
        return None
    downside = float(np.sqrt(np.mean(np.minimum(excess, 0.0) ** 2)))
    if downside < _STILL:
        return None
    return float(excess.mean()) / downside * math.sqrt(SESSIONS_A_YEAR)


def deepest_drawdown(sessions: Sessions, equity: NDArray[np.int64]) -> Drawdown | None:
    """The largest fall as a share of the highest close before it; the first of equal ones."""
    below = drawdown(equity)
    trough = int(below.argmin())
    if below[trough] >= 0:
        return None
    peak = int(equity[: trough + 1].argmax())
    again = np.flatnonzero(equity[trough:] >= equity[peak])
    return Drawdown(
        amount=int(equity[peak] - equity[trough]),
        ratio=float(below[trough]),
        peak=day(sessions[peak]),
        trough=day(sessions[trough]),
        recovered=day(sessions[trough + again[0]]) if len(again) else None,
    )


def beta(returns: Floats, index: Floats) -> float | None:
    """Covariance of daily returns with the index's over the variance of the index's.

    The index without dividends (Sharpe, "Capital Asset Prices", Journal of Finance 19(3), 1964).
    """
    if len(returns) < 2 or index.std() < _STILL:
        return None
    return float(np.cov(returns, index)[0, 1] / index.var(ddof=1))


def bought(run: Run) -> Bought:
    """What the rules that buy premium paid and brought back; defined at `Bought`."""
    by_rule: dict[str, list[Trade]] = {rule: [] for rule in run.layers}  # in file order
    for trade in run.trades:
        if any(leg.contract.kind is Kind.OPTION for leg in trade.legs):
            by_rule.setdefault(trade.rule, []).append(trade)
    for_debit = {
        rule: held for rule, held in by_rule.items() if sum(trade.opening for trade in held) < 0
    }
    all_bought = [trade for held in for_debit.values() for trade in held]
    cost = sum(trade.fees - trade.opening for trade in all_bought)
    result = sum(trade.result for trade in all_bought)
    return Bought(rules=tuple(for_debit), cost=cost, gain=result + cost)


def day(session: np.datetime64) -> date:
    """A session as a plain date."""
    return date.fromisoformat(str(session.astype("datetime64[D]")))


def _made(run: Run) -> Made:
    earned = [entry for entry in run.entries if entry.kind in ("interest", "dividend")]
    return Made(
        by_trades=sum(trade.result for trade in run.trades),
        interest_and_dividends=sum(dict(entry.postings)["cash"] for entry in earned),
    )


def _margin_use(run: Run) -> Floats:
    """Margin as a share of equity, sessions with equity left."""
    alive = run.equity > 0
    return run.margin[alive] / run.equity[alive]


def _worst(sessions: Sessions, returns: Floats) -> Dated | None:
    if not len(returns):
        return None
    at = int(returns.argmin())
    return Dated(day(sessions[at]), float(returns[at]))


def _worst_month(sessions: Sessions, returns: Floats) -> Dated | None:
    months = period_returns(sessions, returns, "M")
    return _worst(months.starts, months.returns)


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
