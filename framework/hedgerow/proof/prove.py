"""A book's invariants, and the laws of every run, tried on generated markets.

A promise that a market breaks is given back with the smallest such market as a test: what it has
to be mended against.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from hedgerow.account.run import Outcome, Run
from hedgerow.book.book import Book
from hedgerow.plan.from_book import plan_from_book
from hedgerow.plan.plan import Plan
from hedgerow.proof.generated import Prices, generated, run_on, scenario_of, written
from hedgerow.proof.laws import LAWS
from hedgerow.proof.recording import everything_decided
from hedgerow.proof.rehearsal import rehearsed
from hedgerow.proof.shrinking import Shows, shrunk


class Tried(Struct, frozen=True):
    """A promise, and on how many markets it held, broke, or could not be told."""

    promise: str  # as written, or a law
    place: str  # file:line:column; empty for a law
    held: int
    broken: int
    inconclusive: int
    test: str  # the smallest market that breaks it, as a test; empty where none does


def prove(
    book: Book, count: int, days: int, seed: int, begin: Callable[[], None]
) -> tuple[Tried, ...]:
    """Of every invariant, in file order, then of every law. `begin` is called before a market."""
    plan = plan_from_book(book)
    outcomes: list[list[Outcome]] = []
    first: dict[int, Prices] = {}  # promise -> a market that breaks it
    for prices in generated(count, days, seed):
        begin()
        outcomes.append(list(_outcomes(plan, book, prices)))
        for promise, outcome in enumerate(outcomes[-1]):
            if outcome is Outcome.BROKEN:
                first.setdefault(promise, prices)
    return tuple(
        _tried(plan, book, number, [row[number] for row in outcomes], first.get(number))
        for number in range(len(book.invariants) + len(LAWS))
    )


def _outcomes(plan: Plan, book: Book, prices: Prices) -> Iterator[Outcome]:
    def again(days: int) -> Run:
        return run_on(plan, book, Prices(prices.spx[:days], prices.vix[:days]))

    run = again(len(prices))
    yield from (each.outcome for each in run.invariants)
    yield from (Outcome.HELD if law(run, again) else Outcome.BROKEN for law in LAWS.values())


def _tried(
    plan: Plan, book: Book, number: int, outcomes: list[Outcome], breaking: Prices | None
) -> Tried:
    invariant = book.invariants[number] if number < len(book.invariants) else None
    name = (invariant.label or invariant.text) if invariant else _law(book, number)
    return Tried(
        promise=invariant.text if invariant else name,
        place=invariant.span.place if invariant else "",
        held=outcomes.count(Outcome.HELD),
        broken=outcomes.count(Outcome.BROKEN),
        inconclusive=outcomes.count(Outcome.INCONCLUSIVE),
        test=_test(book, name, shrunk(breaking, _breaks(plan, book, number))) if breaking else "",
    )


def _law(book: Book, number: int) -> str:
    return list(LAWS)[number - len(book.invariants)]


def _breaks(plan: Plan, book: Book, number: int) -> Shows:
    def shows(prices: Prices) -> bool:
        return list(_outcomes(plan, book, prices))[number] is Outcome.BROKEN

    def broken(prices: Prices) -> bool:
        return run_on(plan, book, prices).invariants[number].outcome is Outcome.BROKEN

    return broken if number < len(book.invariants) else shows


def _test(book: Book, name: str, prices: Prices) -> str:
    """A test block with what is decided on that market."""
    title = name.replace('"', "'")
    decided = everything_decided(book, rehearsed(book, scenario_of(prices)))
    lines = [*written(prices), *decided]
    return "\n".join([f'test "breaks: {title}" {{', *(f"  {line}" for line in lines), "}"])
