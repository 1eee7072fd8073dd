"""Values of a series that cannot be right, by themselves and beside their neighbours."""

from __future__ import annotations

import numpy as np

from hedgerow.market.audit.dates import OWN_CALENDAR, in_long_runs
from hedgerow.market.audit.finding import Finding, Kind, found
from hedgerow.market.audit.rows import Rows
from hedgerow.market.history import Floats
from hedgerow.market.pricing import Flags
from hedgerow.market.sources.folder import is_positive

_NEIGHBOURS = 63  # sessions whose usual move a move is measured by
_JUMP = 10.0  # usual moves that make a close an outlier, if it comes back at once
_BACK = 0.3  # of the jump: what may be left of it the day after
_WICK = 14.0  # usual reaches of a bar beyond its open and close
_LEAST_WICK = 0.08  # of the price; below that nobody can tell a bad tick from a busy day
_FAR_ABOVE, _FAR_BELOW = 1.7, 0.9  # from a volatility to those around it, as logarithms
_FIRST_AND_LAST = 3  # sessions beside a jump that say where the price was and went
_RATIOS = np.log([1.5, 2.0, 3.0, 4.0, 5.0, 8.0, 10.0, 20.0])  # of splits, either way
_NEAR = 0.04  # of a ratio, as a logarithm: what the market moved that day
_STAYS = 0.15  # likewise: what it moved on the days beside it
_VOLATILE = frozenset({"VIX", "VIX9D", "VIX3M", "VIX6M", "VVIX", "SKEW"})  # can double in a day
_STUCK = 5  # sessions with one close
_YEARS = 20  # sessions that make a year worth a judgement
_RUN = 10  # sessions in a row that no chance makes
_STALE_SHARE = 0.10  # of a year's opens
_FLAT_SHARE = 0.20  # of a year's bars
_ROUNDING = 1e-4  # of the price


def price_findings(rows: Rows) -> list[Finding]:
    """Each value by itself, then those that are sound beside their neighbours."""
    blank = np.isnan(rows.close)
    if rows.name in OWN_CALENDAR:  # bonds rest on days on which shares do not
        return found(rows.file, Kind.NO_CLOSE, rows.days(in_long_runs(blank)))
    findings = found(rows.file, Kind.NO_CLOSE, rows.days(blank))
    is_price = is_positive(rows.name) or len(rows.values) > 1
    low_values = np.zeros(len(rows.dates), dtype=np.bool_)
    if is_price:
        for column in rows.values.values():
            low_values |= column <= 0.0
        findings += found(rows.file, Kind.NOT_POSITIVE, rows.days(low_values))
    sound = ~low_values
    if {"open", "high", "low"} <= set(rows.values):
        findings += _bars(rows, sound)
    sound &= ~np.isnan(rows.close) & (rows.close > 0.0)
    return findings + _moves(rows, sound) if sound.sum() > _STUCK else findings


def _moves(rows: Rows, sound: Flags) -> list[Finding]:
    """Closes beside the ones before and after; a series that goes below zero has no such rows."""
    close, days = rows.close[sound], rows.dates[sound].astype(str)
    jump = np.diff(np.log(close), prepend=np.log(close[0]))
    usual = _usual(np.abs(jump))
    back = np.append(jump[1:], 0.0)
    outlier = (np.abs(jump) > _JUMP * usual) & (np.abs(jump + back) < _BACK * np.abs(jump))
    if rows.name in _VOLATILE:
        level = np.log(close)
        away = level - _running_median(level)
        outlier |= (away < -_FAR_BELOW) | (away > _FAR_ABOVE)
    findings = found(rows.file, Kind.OUTLIER, days[outlier].tolist())
    if rows.name not in _VOLATILE:
        findings += found(rows.file, Kind.SPLIT, days[_splits(close, jump, usual)].tolist())
    return findings + found(rows.file, Kind.STUCK, days[_stuck(close)].tolist())


def _usual(sizes: Floats) -> Floats:
    """The usual size around each of them: a running median, which single jumps do not move."""
    return np.asarray(np.maximum(_running_median(sizes), _ROUNDING) * 1.4826)


def _running_median(values: Floats) -> Floats:
    """Of each value and its neighbours on both sides; at the ends, of the first or last of them."""
    width = min(_NEIGHBOURS, len(values))
    windows = np.lib.stride_tricks.sliding_window_view(values, width)
    at = np.clip(np.arange(len(values)) - width // 2, 0, len(windows) - 1)
    return np.asarray(np.median(windows, axis=1)[at])


def _splits(close: Floats, jump: Floats, usual: Floats) -> Flags:
    """Jumps by the ratio of a split after which the price stays where it went."""
    split = np.zeros(len(close), dtype=np.bool_)
    for at in np.flatnonzero(np.abs(jump) > np.maximum(_JUMP * usual, 0.3)):
        before = np.median(close[max(at - _FIRST_AND_LAST, 0) : at])
        after = np.median(close[at : at + _FIRST_AND_LAST])
        moved = np.log(after / before)
        stays = abs(moved - jump[at]) < _STAYS
        split[at] = stays and np.abs(_RATIOS - abs(jump[at])).min() < _NEAR
    return split


def _stuck(close: Floats) -> Flags:
    """Closes that repeat the one before, in stretches of at least `_STUCK` alike."""
    run = np.cumsum(np.diff(close, prepend=np.nan) != 0.0)
    first = np.diff(run, prepend=-1) > 0
    return np.asarray((np.bincount(run)[run] >= _STUCK) & ~first)


def _bars(rows: Rows, sound: Flags) -> list[Finding]:
    open_, high, low, close = (rows.values[name] for name in ("open", "high", "low", "close"))
    crossed = sound & (high < low)
    slack = _ROUNDING * np.abs(close)
    top, bottom = np.fmax(open_, close), np.fmin(open_, close)
    outside = sound & ~crossed & ((top > high + slack) | (bottom < low - slack))
    clean = sound & ~crossed & ~outside & ~np.isnan(open_ + high + low + close)
    findings = found(rows.file, Kind.CROSSED, rows.days(crossed))
    findings += found(rows.file, Kind.OUTSIDE, rows.days(outside))
    if clean.sum() > _STUCK:
        findings += found(rows.file, Kind.BAD_TICK, _bad_ticks(rows, clean))
    flat = clean & (high == low)
    findings += found(rows.file, Kind.FLAT_BARS, _spans(rows, flat, clean, _FLAT_SHARE))
    before = np.concatenate([[np.nan], close[:-1]])
    stale = clean & ~flat & (np.abs(open_ - before) < 1e-9 * np.abs(before))
    stale_spans = _spans(rows, stale, clean & ~flat, _STALE_SHARE)
    return findings + found(rows.file, Kind.STALE_OPENS, stale_spans)


def _bad_ticks(rows: Rows, clean: Flags) -> list[str]:
    """Days whose bar reaches far beyond the closes of that day and the one before."""
    high, low, close = (rows.values[name][clean] for name in ("high", "low", "close"))
    before = np.concatenate([close[:1], close[:-1]])
    top, bottom = np.maximum(close, before), np.minimum(close, before)
    reach = np.maximum(np.log(high / top), np.log(bottom / low))
    far = reach > np.maximum(_WICK * _usual(np.maximum(reach, 0.0)), _LEAST_WICK)
    return [str(day) for day in rows.dates[clean][far]]


def _spans(rows: Rows, wrong: Flags, among: Flags, share: float) -> list[str]:
    """Spans of years in each of which at least this share of the days is wrong, and elsewhere of
    sessions that are wrong one after the other."""
    years = rows.dates.astype("M8[Y]").astype(int) + 1970
    found_in: list[list[int]] = []
    for year in np.unique(years[wrong]).tolist():
        days = among & (years == year)
        if days.sum() >= _YEARS and (wrong & (years == year)).sum() >= share * days.sum():
            if found_in and found_in[-1][-1] == year - 1:
                found_in[-1].append(year)
            else:
                found_in.append([year])
    named = {year for span in found_in for year in span}
    spans = [f"{span[0]} to {span[-1]}" if span[1:] else f"{span[0]}" for span in found_in]
    return spans + _runs(rows, wrong & ~np.isin(years, list(named)))


def _runs(rows: Rows, wrong: Flags) -> list[str]:
    """First and last day of what is wrong on at least `_RUN` sessions in a row."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], wrong, [False]]).astype(int)))
    return [
        f"{rows.dates[start]} to {rows.dates[stop - 1]}"
        for start, stop in edges.reshape(-1, 2)
        if stop - start >= _RUN
    ]
