"""The versions of a strategy that the ranges of its params span: the same rules, other numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from hedgerow.book.book import Book
from hedgerow.book.from_tree import book_from_tree
from hedgerow.language import tree
from hedgerow.language.tree import Tree
from hedgerow.text.diagnostic import Severity
from hedgerow.text.in_words import shortest
from hedgerow.vocabulary.units import UNITS


class Range(Struct, frozen=True):
    """The numbers a param may have, in the unit its own is written in."""

    name: str
    written: tree.Number  # what it is now
    low: Decimal
    high: Decimal
    step: Decimal | None  # None: nothing between the ends but what is written

    @property
    def count(self) -> int:
        """Before anything is counted out."""
        own, on_grid = {self.high, self.written.value}, self._steps + 1
        return on_grid + sum(not self._is_on_grid(each) for each in own)

    def values(self) -> tuple[tree.Number, ...]:
        """Rising: from the low end in steps, with the high end and what is written."""
        found = {self.high, self.written.value}
        found |= {self.low + (self.step or 0) * place for place in range(self._steps + 1)}
        return tuple(replace(self.written, value=shortest(value)) for value in sorted(found))

    @property
    def _steps(self) -> int:
        return 0 if self.step is None else int(_times(self.high - self.low, self.step))

    def _is_on_grid(self, value: Decimal) -> bool:
        away = value - self.low
        return not away or (self.step is not None and _times(away, self.step).denominator == 1)


def _times(whole: Decimal, part: Decimal) -> Fraction:
    """Exact, however small the part: a Decimal keeps 28 digits."""
    return Fraction(whole) / Fraction(part)


def ranges_of(whole: Tree) -> tuple[Range, ...]:
    """Of params in plain numbers that a variant may set, in file order."""
    params = [each for each in whole.statements if isinstance(each, tree.Param)]
    found = [_range(each) for each in params if not each.locked]
    return tuple(each for each in found if each is not None)


def _range(param: tree.Param) -> Range | None:
    written, low, high, step = param.value, param.low, param.high, param.step
    if not (
        isinstance(written, tree.Number)
        and isinstance(low, tree.Number)
        and isinstance(high, tree.Number)
        and (step is None or isinstance(step, tree.Number))
    ):
        return None
    low_end, high_end = (_in_unit(each, written.unit) for each in (low, high))
    width = None if step is None else _in_unit(step, written.unit)
    return Range(param.name, written, low_end, high_end, width)


def _in_unit(number: tree.Number, unit: str | None) -> Decimal:
    """`2 weeks` in days is 14; the checks have seen that the kinds are the same."""
    if number.unit == unit or unit is None or number.unit is None:
        return number.value
    return number.value * UNITS[number.unit].factor / UNITS[unit].factor


class Version(Struct, frozen=True):
    """One choice of numbers. Without a book where the checks refuse it."""

    settings: tuple[tree.Number, ...]  # in the order of the ranges
    book: Book | None
    mistake: str  # the first error; empty where there is none


def versions_of(whole: Tree, ranges: Sequence[Range]) -> list[Version]:
    """Every choice of numbers, those of the last range moving fastest."""
    found = []
    for settings in product(*(each.values() for each in ranges)):
        numbers = dict(zip((each.name for each in ranges), settings, strict=True))
        book, diagnostics = book_from_tree(_with(whole, numbers))
        errors = [each.message for each in diagnostics if each.severity is Severity.ERROR]
        found.append(Version(settings, book, errors[0] if errors else ""))
    return found


def _with(whole: Tree, numbers: Mapping[str, tree.Number]) -> Tree:
    statements = [
        replace(each, value=numbers[each.name])
        if isinstance(each, tree.Param) and each.name in numbers
        else each
        for each in whole.statements
    ]
    return replace(whole, statements=tuple(statements))
