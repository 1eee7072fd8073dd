"""A book's invariants, and the laws of every run, tried on generated markets.

A promise that a market breaks is given back with the smallest such market as a test: what it has
to be mended against.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from hedgerow.account.run import Outcome, Run
from hedgerow.book.book import Book
from hedgerow.plan.from_book import plan_from_book
from hedgerow.plan.plan import Plan
from hedgerow.proof.generated import Prices, generated, run_on, scenario_of, written
from hedgerow.proof.laws import LAWS, Again
from hedgerow.proof.recording import everything_decided
from hedgerow.proof.rehearsal import rehearsed
from hedgerow.proof.shrinking import shrunk


class Tried(Struct, frozen=True):
    """A promise, and on how many markets it held, broke, or could not be told."""

    promise: str  # as written, or a law
    place: str  # file:line:column; empty for a law
    held: int
    broken: int
    inconclusive: int
    tried: int  # markets on which something could have broken it
    test: str  # the smallest market that breaks it, as a test; empty where none does


def prove(
    book: Book, count: int, days: int, seed: int, begin: Callable[[], None]
) -> tuple[Tried, ...]:
    """Of every invariant, in file order, then of every law. `begin` is called before a market."""
    plan, promises = plan_from_book(book), _promises(book)
    outcomes: list[list[Outcome]] = [[] for _ in promises]
    tried = [0] * len(promises)
    first: list[Prices | None] = [None] * len(promises)  # a market that breaks it
    for prices in generated(count, days, seed):
        begin()
        run, again = _runs(plan, book, prices)
        for at, promise in enumerate(promises):
            outcomes[at].append(promise.outcome(run, again))
            tried[at] += promise.tried(run)
            if outcomes[at][-1] is Outcome.BROKEN:
                first[at] = first[at] or prices
    found = zip(promises, outcomes, tried, first, strict=True)
    return tuple(_tried(plan, book, *each) for each in found)


class _Promise(Struct, frozen=True):
    name: str  # as written, or a law
    place: str
    title: str  # of the test that breaks it
    outcome: Callable[[Run, Again], Outcome]
    tried: Callable[[Run], bool] = lambda _: True


def _promises(book: Book) -> list[_Promise]:
    """The invariants, then the laws."""

    def kept(number: int) -> Callable[[Run, Again], Outcome]:
        return lambda run, _: run.invariants[number].outcome

    def put_to_the_test(number: int) -> Callable[[Run], bool]:
        return lambda run: run.invariants[number].tried

    def obeyed(law: Callable[[Run, Again], bool]) -> Callable[[Run, Again], Outcome]:
        return lambda run, again: Outcome.HELD if law(run, again) else Outcome.BROKEN

    return [
        *(_Promise(each.text, each.span.place, each.label or each.text, kept(number),
                    put_to_the_test(number))
          for number, each in enumerate(book.invariants)),
        *(_Promise(name, "", name, obeyed(law)) for name, law in LAWS.items()),
    ]  # fmt: skip


def _runs(plan: Plan, book: Book, prices: Prices) -> tuple[Run, Again]:
    """The run on these prices, and how to run their first days."""

    def again(days: int) -> Run:
        return run_on(plan, book, prices.first(days))

    return again(len(prices)), again


def _tried(
    plan: Plan,
    book: Book,
    promise: _Promise,
    outcomes: list[Outcome],
    tried: int,
    breaking: Prices | None,
) -> Tried:
    def breaks(prices: Prices) -> bool:
        return promise.outcome(*_runs(plan, book, prices)) is Outcome.BROKEN

    return Tried(
        promise=promise.name,
        place=promise.place,
        held=outcomes.count(Outcome.HELD),
        broken=outcomes.count(Outcome.BROKEN),
        inconclusive=outcomes.count(Outcome.INCONCLUSIVE),
        tried=tried,
        test=_test(book, promise.title, shrunk(breaking, breaks)) if breaking else "",
    )


def _test(book: Book, name: str, prices: Prices) -> str:
    """A test block with what is decided on that market."""
    title = name.replace('"', "'")
    decided = everything_decided(book, rehearsed(book, scenario_of(prices)))
    lines = [*written(prices), *decided]
    return "\n".join([f'test "breaks: {title}" {{', *(f"  {line}" for line in lines), "}"])
