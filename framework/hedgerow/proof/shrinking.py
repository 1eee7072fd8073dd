"""The smallest market that still shows something: fewer days, fewer moves, rounder levels."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hedgerow.proof.generated import Prices

MOST_TRIES = 400

Shows = Callable[[Prices], bool]


def shrunk(prices: Prices, shows: Shows) -> Prices:
    """`shows` is true of `prices` and of what is given back; it may look at nothing later than a
    day to be true of that day. The same every time."""
    patient = _Patient(shows)
    best = _shortest(prices, patient)
    before = None
    while before != best and patient.left:
        before = best
        for smaller in (_fewer_days, _fewer_moves, _rounder):
            best = smaller(best, patient)
    return best


class _Patient:
    """Asks no more often than allowed; then nothing shows."""

    def __init__(self, shows: Shows) -> None:
        self._shows = shows
        self.left = MOST_TRIES

    def __call__(self, prices: Prices) -> bool:
        if not self.left:
            return False
        self.left -= 1
        return self._shows(prices)


def _shortest(prices: Prices, shows: Shows) -> Prices:
    """Up to the day on which it is first seen, found by halving."""
    low, high = 0, len(prices)
    while high - low > 1:
        middle = (low + high) // 2
        if shows(prices.first(middle)):
            high = middle
        else:
            low = middle
    return prices.first(high)


def _fewer_days(prices: Prices, shows: Shows) -> Prices:
    for start, stop in _pieces(len(prices)):
        if stop > len(prices) or stop - start == len(prices):
            continue
        tried = Prices(
            prices.spx[:start] + prices.spx[stop:], prices.vix[:start] + prices.vix[stop:]
        )
        if shows(tried):
            prices = tried
    return prices


def _fewer_moves(prices: Prices, shows: Shows) -> Prices:
    """Levels held from the day before, of both series or one."""
    for start, stop in _pieces(len(prices)):
        for held in (("spx", "vix"), ("spx",), ("vix",)):
            tried = Prices(*(
                _flat(getattr(prices, name), start, stop) if name in held
                else getattr(prices, name) for name in ("spx", "vix")
            ))  # fmt: skip
            if tried != prices and shows(tried):
                prices = tried
    return prices


def _flat(levels: tuple[float, ...], start: int, stop: int) -> tuple[float, ...]:
    before = levels[max(start - 1, 0)]
    return (*levels[:start], *[before] * (stop - start), *levels[stop:])


def _rounder(prices: Prices, shows: Shows) -> Prices:
    """All levels to hundreds, tens, ones; VIX to fives and ones."""
    for spx, vix in ((100, 5), (100, 1), (10, 1), (1, 1)):
        tried = Prices(
            tuple(max(float(round(level / spx) * spx), spx) for level in prices.spx),
            tuple(max(float(round(level / vix) * vix), 9.0) for level in prices.vix),
        )
        if tried != prices and shows(tried):
            return tried
    return prices


def _pieces(length: int) -> Iterator[tuple[int, int]]:
    """Halves, quarters, ... single days, the last ones first."""
    size = length // 2
    while size:
        for start in range((length - 1) // size * size, -1, -size):
            yield start, min(start + size, length)
        size //= 2
