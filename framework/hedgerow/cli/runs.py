"""From rule files to finished runs: what run and compare have in common."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from hedgerow.account.assumptions import Assumptions
from hedgerow.cli.fault import CommandFault
from hedgerow.cli.options import Host
from hedgerow.cli.progress import Steps
from hedgerow.cli.rule_files import RuleText
from hedgerow.cli.screen import say
from hedgerow.cli.setting import Terms
from hedgerow.cli.status import Status
from hedgerow.cli.without import load_talib, without
from hedgerow.text.diagnostic import Diagnostic, Refusal
from hedgerow.text.in_words import counted, listed
from hedgerow.text.source import Source

if TYPE_CHECKING:
    from hedgerow.account.fees import FeeSchedule
    from hedgerow.account.run import Run
    from hedgerow.book import Book, Resolved
    from hedgerow.market.market import Market
    from hedgerow.plan.plan import Plan
    from hedgerow.study.claims import JudgedClaim

    Runner = Callable[[Plan, Market, Assumptions, FeeSchedule], Run]

_ALWAYS = ("SPX", "VIX")  # prices are modelled from both, whatever the rules read


class Entrant(Struct, frozen=True):
    """A checked rule file about to run, under the name its results will have."""

    name: str
    file: RuleText
    source: Source  # of a variant, with everything its parents say
    whole: Resolved  # the same
    book: Book


def entrants(files: Iterable[RuleText]) -> list[Entrant]:
    """Every file as a book, or one Refusal with the mistakes of all of them."""
    from hedgerow.book import book_from_text, resolved_from_text

    found = []
    refused: list[Diagnostic] = []
    for file in files:
        try:
            source = file.read()
            book = book_from_text(source, file.parents)
            whole = resolved_from_text(source, file.parents)
            found.append(Entrant(book.name, file, _text(source, whole), whole, book))
        except Refusal as refusal:
            refused += refusal.diagnostics
    if refused:
        raise Refusal(refused)
    load_talib()
    return found


def _text(source: Source, whole: Resolved) -> Source:
    """The text as written, of a variant the text it stands for."""
    from hedgerow.book.origins import text_of

    return Source(source.name, text_of(whole)) if whole.tree.parents else source


class Venue(Struct, frozen=True):
    """The market and the terms that strategies run on, side by side."""

    market: Market
    assumptions: Assumptions
    fees: FeeSchedule
    host: Host

    def lacks(self, book: Book) -> list[str]:
        """Series and calendars a strategy looks at that the market was not read for."""
        history = self.market.history
        return [each for each in book.reads if each not in {*history.series, *history.events}]

    def run(self, book: Book, name: str) -> Run:
        from hedgerow.plan.from_book import plan_from_book

        runner = _runner(self.host)
        made = runner(plan_from_book(book), self.market, self.assumptions, self.fees)
        return replace(made, name=name)


def venue_of(ready: Sequence[Entrant], terms: Terms, steps: Steps) -> Venue:
    """What all of them need. Raises DataFault, CostsFault."""
    from hedgerow.account.fee_files import schedule

    steps.begin("reading the market")
    fees = schedule(terms.assumptions.costs)
    market = _market([each.book for each in ready], terms)
    return Venue(market, terms.assumptions, fees, terms.host)


def finished(ready: Sequence[Entrant], venue: Venue, steps: Steps) -> list[Run]:
    """One run an entrant."""
    made = []
    for each in ready:
        steps.begin(f"running {each.name}")
        made.append(venue.run(each.book, each.name))
    return made


def kept_status(runs: Iterable[Run], claims: Iterable[JudgedClaim]) -> Status:
    """A broken promise is a problem, said once more where a pipe has swallowed the report."""
    from hedgerow.account.run import Outcome
    from hedgerow.study.claims import Standing

    broken = sum(each.outcome is Outcome.BROKEN for run in runs for each in run.invariants)
    untrue = sum(each.standing is Standing.CONTRADICTED for each in claims)
    if broken:
        say(f"{counted(broken, 'invariant')} broken")
    if untrue:
        say(f"{counted(untrue, 'claim')} contradicted")
    return Status.PROBLEMS if broken or untrue else Status.CLEAN


def expect_window() -> None:
    """CommandFault where Backtrader's picture can't be shown."""
    from importlib.util import find_spec

    if find_spec("matplotlib") is None:
        remedy = 'run `python -m pip install "hedgerow[plot]"`'
        raise CommandFault("--plot", "matplotlib is not installed", remedy)
    from hedgerow.host.backtrader.picture import can_show

    if not can_show():
        raise CommandFault("--plot", "no window can be opened here", "write a page with --html")


def show_picture(shown: Entrant, venue: Venue) -> None:
    """Backtrader's own picture of the run, until its window is closed."""
    from hedgerow.host.backtrader.picture import show_run
    from hedgerow.plan.from_book import plan_from_book

    show_run(plan_from_book(shown.book), venue.market, venue.assumptions, venue.fees)


def _market(books: Sequence[Book], terms: Terms) -> Market:
    from hedgerow.market.market_from_history import market_from_history
    from hedgerow.market.recorded import recorded
    from hedgerow.market.sources import load

    needs = dict.fromkeys([*_ALWAYS, *(name for book in books for name in book.needs)])
    also = [*(name for book in books for name in book.wants), *_volatilities(needs)]
    wants = dict.fromkeys(name for name in also if name not in needs)
    events = dict.fromkeys(name for book in books for name in book.events)
    history = load(terms.data, tuple(needs), tuple(wants), tuple(events))
    history = replace(history, notes=(*history.notes, *_missing(books, history.series)))
    first, last = history.sessions[0].item(), history.sessions[-1].item()
    start, end = terms.assumptions.start, terms.assumptions.end
    if start is not None and start < first:
        say(f"note: the data begin on {first}, after --from {start}")
    if end is not None and end > last:
        say(f"note: the data end on {last}, before --to {end}")
    return market_from_history(history, recorded(terms.data, history), terms.wings)


def _missing(books: Sequence[Book], there: Container[str]) -> Iterator[str]:
    """A sentence about the series that rules want, and that the data lack."""
    names = dict.fromkeys(name for book in books for name in book.wants if name not in there)
    if names:
        verb = "is" if len(names) == 1 else "are"
        yield (
            f"{listed([*names])} {verb} not in the data: conditions on that are unknown, unless "
            "`otherwise` says what counts."
        )


def _volatilities(needs: Iterable[str]) -> list[str]:
    """What options on other underlyings are priced from, where the data have it."""
    from hedgerow.market.underlyings import volatilities_of

    return [each for name in needs for each in volatilities_of(name)]


def _runner(host: Host) -> Runner:
    if host is Host.BACKTRADER:
        with without("talib"):
            from hedgerow.host.backtrader import run_backtrader

        return run_backtrader
    from hedgerow.host.direct import run_direct

    return run_direct
