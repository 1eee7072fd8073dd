"""One day's quotes -> per expiry a forward, a discount factor and a curve of total variance.

Nothing of another day is looked at, so cutting a history changes no day that is left.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hedgerow.market.chains import report as reasons
from hedgerow.market.chains.classes import Class
from hedgerow.market.chains.parity import NoForward, Parity, parity_of
from hedgerow.market.chains.quotes import CALL, PUT, Quotes
from hedgerow.market.chains.report import ChainReport
from hedgerow.market.pricing import LARGEST_TOTAL_VOL, Array, Flags, implied_total_vol
from hedgerow.market.snapshot import OPEN_LEAD
from hedgerow.market.variance_curve import DAYS_A_YEAR

STRIKE = np.dtype(
    [
        ("strike", "<f8"),  # points, as are the quotes; nan where a side is not quoted
        ("bid", "<f8", (2,)),  # put, call
        ("ask", "<f8", (2,)),
        ("variance", "<f8"),  # total, of the out-of-the-money mid; nan: not on the curve
        ("slope", "<f8"),  # of that variance in ln(strike / forward)
    ]
)
FEWEST_STRIKES = 5  # on a curve
_LEVEL_TOLERANCE = 0.02  # of the close, for the underlying that a file states
_FORWARD_TOLERANCE = 0.03  # of the log of forward over close ...
_CARRY_TOLERANCE = 0.06  # ... and this much a year, either way
_SMALLEST_VOL = 1e-6


class DayLevels(Struct, frozen=True, eq=False):
    """What the history says of the day the quotes were made."""

    date: int  # day number
    closes: dict[str, float]  # SPX and VIX, points
    rate: float  # continuous, per year


class CleanSlice(Struct, frozen=True, eq=False):
    kind: int  # of `classes.Class`
    expiry: int  # day number
    parity: Parity
    strikes: NDArray[np.void]  # of STRIKE, ascending


def clean_day(quotes: Quotes, levels: DayLevels, report: ChainReport) -> list[CleanSlice]:
    """Every expiry that can be priced from; quotes left out are counted in `report`."""
    drafts = []
    for kind, expiry, part in _by_expiry(_kept(quotes, levels, report)):
        draft = _draft(kind, expiry, _table(part), levels, report)
        if draft is not None:
            drafts.append(draft)
    found = []
    for draft, vols in zip(drafts, _total_vols(drafts), strict=True):
        finished = _finished(draft, vols, report)
        if finished is not None:
            found.append(finished)
    report.kept += sum(_quoted(each.strikes) for each in found)
    report.expiries += len(found)
    report.days += bool(found)
    return found


def _kept(quotes: Quotes, levels: DayLevels, report: ChainReport) -> Quotes:
    """Quotes that are what they seem: one a contract, ask not below bid, on the right level."""
    closes = np.array([levels.closes[kind.underlying] for kind in Class])[quotes["kind"]]
    away = np.abs(quotes["spot"] / closes - 1.0) > _LEVEL_TOLERANCE
    quotes = _without(quotes, away, reasons.OTHER_LEVEL, report)
    quotes = quotes[np.lexsort([quotes[name] for name in ("ask", "bid", *_CONTRACT)])]
    again = _as_before(quotes, (*_CONTRACT, "bid", "ask"))
    quotes = _without(quotes, again, reasons.TWICE, report)
    repeated = _as_before(quotes, _CONTRACT)
    repeated[:-1] |= repeated[1:]
    quotes = _without(quotes, repeated, reasons.DIFFERING, report)
    quotes["bid"] = np.nan_to_num(np.maximum(quotes["bid"], 0.0))
    quotes = _without(quotes, ~(quotes["ask"] > 0.0), reasons.NO_QUOTE, report)
    quotes = _without(quotes, quotes["bid"] > quotes["ask"], reasons.CROSSED, report)
    report.remark(reasons.NO_BID, int((quotes["bid"] == 0.0).sum()))
    return quotes


_CONTRACT = ("right", "strike", "expiry", "kind")  # as a sort wants them: the last first


def _without(quotes: Quotes, wrong: Flags, reason: str, report: ChainReport) -> Quotes:
    report.drop(reason, int(wrong.sum()))
    return quotes[~wrong]


def _as_before(quotes: Quotes, names: tuple[str, ...]) -> Flags:
    """Quotes that agree with the one before them in all fields named; nan agrees with nan."""
    same = np.zeros(len(quotes), dtype=np.bool_)
    if len(quotes):
        same[1:] = True
    for name in names:
        values = quotes[name]
        equal = values[1:] == values[:-1]
        if values.dtype.kind == "f":
            equal |= np.isnan(values[1:]) & np.isnan(values[:-1])
        same[1:] &= equal
    return same


def _by_expiry(quotes: Quotes) -> Iterator[tuple[int, int, Quotes]]:
    """(class, expiry, quotes) of sorted quotes."""
    if not len(quotes):
        return
    changes = ~_as_before(quotes, ("expiry", "kind"))
    starts = np.flatnonzero(changes).tolist()
    for start, stop in zip(starts, [*starts[1:], len(quotes)], strict=True):
        yield int(quotes["kind"][start]), int(quotes["expiry"][start]), quotes[start:stop]


def _table(quotes: Quotes) -> NDArray[np.void]:
    """A row a strike."""
    strikes, row = np.unique(quotes["strike"], return_inverse=True)
    table = np.full(len(strikes), np.nan, dtype=STRIKE)
    table["strike"] = strikes
    table["bid"][row, quotes["right"]] = quotes["bid"]
    table["ask"][row, quotes["right"]] = quotes["ask"]
    return table


def _draft(
    kind: int, expiry: int, table: NDArray[np.void], levels: DayLevels, report: ChainReport
) -> CleanSlice | None:
    lead = 0.0 if kind == Class.SPX_CLOSE else OPEN_LEAD
    years = (expiry - levels.date - lead) / DAYS_A_YEAR
    parity = parity_of(table["strike"], table["bid"], table["ask"], years, levels.rate, kind)
    if isinstance(parity, NoForward):
        report.drop(reasons.NO_FORWARD, _quoted(table))
        return None
    away = abs(np.log(parity.forward / levels.closes["SPX"]))
    if kind != Class.VIX_OPEN and away > _FORWARD_TOLERANCE + _CARRY_TOLERANCE * years:
        report.drop(reasons.OTHER_LEVEL, _quoted(table))
        return None
    report.remark(reasons.OFF_PARITY, parity.off)
    return CleanSlice(kind, expiry, parity, table)


def _quoted(table: NDArray[np.void]) -> int:
    return int(np.isfinite(table["ask"]).sum())


def _out_of_the_money(draft: CleanSlice) -> tuple[Array, Array]:
    """Undiscounted mid and half spread of each strike's out-of-the-money side; nan without a
    bid."""
    side = np.where(draft.strikes["strike"] < draft.parity.forward, PUT, CALL)
    row = np.arange(len(side))
    bid, ask = draft.strikes["bid"][row, side], draft.strikes["ask"][row, side]
    bid = np.where(bid > 0.0, bid, np.nan)
    return (bid + ask) / 2 / draft.parity.discount, (ask - bid) / 2 / draft.parity.discount


def _total_vols(drafts: list[CleanSlice]) -> list[Array]:
    """Total vol at each strike of every expiry, solved together; nan where there is none."""
    if not drafts:
        return []
    strikes = np.concatenate([draft.strikes["strike"] for draft in drafts])
    lengths = [len(draft.strikes) for draft in drafts]
    forward = np.repeat([draft.parity.forward for draft in drafts], lengths)
    mids = np.concatenate([_out_of_the_money(draft)[0] for draft in drafts])
    vols = np.full(len(strikes), np.nan)
    known = np.isfinite(mids)
    sign = np.where(strikes < forward, -1.0, 1.0)
    vols[known] = implied_total_vol(forward[known], strikes[known], mids[known], sign[known])
    return np.split(vols, np.cumsum(lengths)[:-1])


def _finished(draft: CleanSlice, vols: Array, report: ChainReport) -> CleanSlice | None:
    """The draft with its curve, or None where too few strikes are left for one."""
    strikes, forward = draft.strikes, draft.parity.forward
    possible = np.isfinite(vols) & (vols > _SMALLEST_VOL) & (vols < LARGEST_TOTAL_VOL)
    report.remark(reasons.OUTSIDE_BOUNDS, int((np.isfinite(vols) & ~possible).sum()))
    against = _contradicting(draft, possible)
    report.remark(reasons.CONTRADICTING, int(against.sum()))
    used = possible & ~against
    if used.sum() < FEWEST_STRIKES:
        report.drop(reasons.TOO_FEW, _quoted(strikes))
        return None
    distance = np.log(strikes["strike"][used] / forward)
    variance = vols[used] ** 2
    strikes["variance"][used] = variance
    strikes["slope"][used] = _slopes(distance, variance)
    return draft


def _slopes(distance: Array, variance: Array) -> Array:
    """Slopes of the monotone cubic at its knots; taken from its coefficients, for speed."""
    from scipy.interpolate import PchipInterpolator  # a quarter of a second, for chains alone

    cubic, square, slope, _ = PchipInterpolator(distance, variance).c
    width = distance[-1] - distance[-2]
    last = (3.0 * cubic[-1] * width + 2.0 * square[-1]) * width + slope[-1]
    slopes: Array = np.append(slope, last)
    return slopes


def _contradicting(draft: CleanSlice, possible: Flags) -> Flags:
    """Strikes of verticals and butterflies that cost less than nothing at the quoted prices.

    Which of their legs is stale the quotes do not say, so none of them is used.
    """
    mids, half = _out_of_the_money(draft)
    at = np.flatnonzero(possible)
    wrong = np.zeros(len(possible), dtype=np.bool_)
    strike, half = draft.strikes["strike"][at], half[at]
    call = mids[at] + np.maximum(draft.parity.forward - strike, 0.0)  # by parity below the forward
    low, high = call - half, call + half
    vertical = low[1:] > high[:-1]
    wrong[at[1:][vertical]] = wrong[at[:-1][vertical]] = True
    if len(at) > 2:
        share = (strike[2:] - strike[1:-1]) / (strike[2:] - strike[:-2])
        butterfly = low[1:-1] > share * high[:-2] + (1.0 - share) * high[2:]
        for legs in (at[:-2], at[1:-1], at[2:]):
            wrong[legs[butterfly]] = True
    return wrong
