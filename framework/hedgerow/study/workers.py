"""Many runs of one market, shared out among processes."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from threading import Thread, current_thread, main_thread

from msgspec import Struct

from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fees import FeeSchedule
from hedgerow.book.book import Book
from hedgerow.host.direct import run_direct
from hedgerow.market.market import Market
from hedgerow.plan.from_book import plan_from_book
from hedgerow.study.fault import StudyFault
from hedgerow.study.sweep import Extract, extract_of

# A forked process shares the market and all it has answered so far, and begins at once; elsewhere
# than on Linux, libraries of the system do not bear it.
_METHOD = "fork" if sys.platform == "linux" else "spawn"
_TOGETHER = 4  # books handed out at a time: neighbours ask the market much the same
_MOST_BREAKS = 2  # a pool that was broken from outside is made anew so often


class Bench(Struct, frozen=True):
    """What all runs share."""

    market: Market
    assumptions: Assumptions
    fees: FeeSchedule

    def made(self, book: Book) -> Extract:
        run = run_direct(plan_from_book(book), self.market, self.assumptions, self.fees)
        return extract_of(run)


def made_of(books: Sequence[Book], bench: Bench, workers: int) -> Iterator[tuple[int, Extract]]:
    """Each book's place and what it made, as they come in.

    StudyFault where processes of the pool are ended from outside again and again.
    """
    if workers == 1:
        for place, book in enumerate(books):
            yield place, bench.made(book)
        return
    missing = dict(enumerate(books))
    for _ in range(_MOST_BREAKS + 1):
        try:
            for place, made in _shared_out(dict(missing), bench, workers):
                del missing[place]
                yield place, made
        except BrokenProcessPool:
            continue
        return
    raise StudyFault(
        f"--workers {workers}", "the processes were ended from outside", "try it with fewer"
    )


def _shared_out(
    books: dict[int, Book], bench: Bench, workers: int
) -> Iterator[tuple[int, Extract]]:
    places, others = list(books), active_children()
    parts = [places[at : at + _TOGETHER] for at in range(0, len(places), _TOGETHER)]
    with ProcessPoolExecutor(workers, get_context(_METHOD), _begin, (bench,)) as pool:
        try:
            with _interrupts_wait():
                waiting = {
                    pool.submit(_run, [books[place] for place in part]): part for part in parts
                }
            for done in as_completed(waiting):
                yield from zip(waiting[done], done.result(), strict=True)
        finally:  # with everything in, or nothing waited for any more, Ctrl-C among it
            for process in active_children():
                if process not in others:
                    process.terminate()
            pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """A Ctrl-C meanwhile comes afterwards; processes that begin meanwhile never hear of any.

    One that is begun half says so in a traceback of its own.
    """
    if sys.platform == "win32" or current_thread() is not main_thread():
        yield
        return
    struck: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: struck.append(number))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
        if struck:
            signal.raise_signal(signal.SIGINT)


_bench: list[Bench] = []  # of a process of the pool


def _begin(bench: Bench) -> None:
    """This process ends with the one that handed the work out, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it could not be made deaf before
    Thread(target=_end_with_parent, daemon=True).start()
    _bench.append(bench)


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None, "only a process of a pool begins here"
    parent.join()
    os._exit(1)


def _run(books: Sequence[Book]) -> list[Extract]:
    (bench,) = _bench
    return [bench.made(book) for book in books]
