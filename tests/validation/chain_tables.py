"""What chain_errors measures, as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np

from tests.validation import chain_errors
from tests.validation.chain_errors import Credit


@lru_cache(maxsize=2)
def _credits(data: Path, sisters: bool) -> tuple[Credit, ...]:
    return tuple(chain_errors.credits(data, sisters))


def cleaned(data: Path) -> Iterator[str]:
    """A row a day: expiries, strikes on curves, and how the marks sit in the quotes."""
    inside = "in-the-money marks inside their quotes"
    yield f"| day | VIX | expiries | strikes on curves | mids repriced within | {inside} |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for day in chain_errors.days(data, False):
        marks = chain_errors.repriced(day)
        vix = f"{day.vix:.2f}" + ("" if day.given else " (from the chain)")
        yield (
            f"| {day.on} | {vix} | {marks.expiries} | {marks.strikes:,} "
            f"| {marks.worst:.0e} points | {marks.inside:.1%} |"
        )


def by_delta(data: Path) -> Iterator[str]:
    yield "| quotes | count | rmse, B | mean error, B | rmse, A | mean error, A |"
    yield "| --- | --- | --- | --- | --- | --- |"
    both = (chain_errors.by_delta(data, sisters) for sisters in (False, True))
    for (name, count, *plain), (_, _, *sisters) in zip(*both, strict=True):
        cells = " | ".join(f"{value:.2f}" for value in (*plain, *sisters))
        yield f"| {name} | {count:,} | {cells} |"


def condors(data: Path) -> Iterator[str]:
    yield "| day | VIX | expiry | strikes | credit, real | modelled, B | error, B | error, A |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for plain, sisters in zip(_credits(data, False), _credits(data, True), strict=True):
        strikes = " / ".join(f"{strike:g}" for strike in plain.strikes)
        errors = " | ".join(f"{each.modelled / each.real - 1:+.1%}" for each in (plain, sisters))
        yield (
            f"| {plain.day.on} | {plain.day.vix:.1f} | {plain.expiry.date} | {strikes} "
            f"| {plain.real:.2f} | {plain.modelled:.2f} | {errors} |"
        )


def summary(data: Path) -> str:
    """Errors of all condors together, a sentence a mode."""
    parts = []
    for mode, sisters in (("B", False), ("A", True)):
        misses = np.array([each.modelled / each.real - 1 for each in _credits(data, sisters)])
        rmse, median = np.sqrt(np.mean(misses**2)), np.median(np.abs(misses))
        parts.append(
            f"mode {mode}: mean {misses.mean():+.1%}, rmse {rmse:.1%}, "
            f"median absolute {median:.1%}, worst {misses[np.argmax(np.abs(misses))]:+.1%}"
        )
    return "; ".join(parts)
