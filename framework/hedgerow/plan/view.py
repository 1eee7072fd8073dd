"""All that a rule may see at the close of one session: nothing dated after `at`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import count

from msgspec import Struct

from hedgerow.account.assumptions import AccountType
from hedgerow.account.execution import Frictions
from hedgerow.account.order import Order
from hedgerow.account.products import Conditions, conditions_of
from hedgerow.book.book import Shock
from hedgerow.book.expression import Target
from hedgerow.market.market import Market
from hedgerow.market.snapshot import Snapshots
from hedgerow.plan.holding import Holding
from hedgerow.vocabulary.word import Subject

_BOOK = Subject.BOOK  # looked up once: positions are asked for often, enums are slow


class Flow(Struct, frozen=True, gc=False):
    """Premium that moved when a position was opened or added to."""

    session: int
    rule: str  # path
    paid: int  # cents; negative where a credit was received


class Ended(Struct, frozen=True, gc=False):
    """A position that is no longer held."""

    rule: str  # path
    opened: int  # session
    ended: int  # session
    flows: tuple[tuple[int, int], ...]  # (days since the opening, cents): put in (-), back (+)


def _by_rule(holdings: Iterable[Holding]) -> dict[str, list[Holding]]:
    """By the path of their rule, in their order; a rule without any has an empty list."""
    held = defaultdict(list)
    for each in holdings:
        held[each.rule].append(each)
    return held


class View:
    """One session, as the host shows it to the plan. The host moves it from session to session.

    Money is in dollars here, as rules write it; the account keeps cents.
    """

    __slots__ = (
        "_moved", "account", "armed", "at", "cash", "drawdown", "ended", "equity",
        "flows", "frictions", "held", "holding", "holdings", "ids", "margin", "market", "memory",
        "orders", "past", "session", "shocks", "signals", "waiting",
    )  # fmt: skip

    def __init__(
        self,
        market: Market,
        shocks: Sequence[Shock],
        signals: Sequence[Sequence[float]],
        frictions: Frictions,
        account: AccountType,
    ) -> None:
        self.market = market
        self.shocks = {shock.name: shock for shock in shocks}
        self.signals = signals
        self.frictions = frictions
        self.account = account
        self.memory: list[list[float]] = []  # past values of what rules look back at
        self.armed: set[str] = set()  # paths of layers
        self.holdings: list[Holding] = []  # in the order of their fills
        self.held: dict[str, list[Holding]] = _by_rule(())  # the same, by the path of their rule
        self.flows: list[Flow] = []  # in the order of the openings
        self.ended: list[Ended] = []  # in the order of their ends
        # of `irr`: target -> what was put in and came back, by age, and how many had ended then
        self.past: dict[Target, tuple[Counter[int], int]] = {}
        self.waiting: list[Holding] = []  # what today's orders so far would open
        self.orders: Sequence[Order] = ()  # decided at this close, once all are
        self.holding: Holding | None = None  # the position an exit is being asked about
        self.ids = count(1)
        self.session = 0
        self.at = date.min
        self.equity = self.cash = self.margin = self.drawdown = 0.0
        self._moved: dict[tuple[float | None, float | None], Snapshots] = {}

    def move_to(self, session: int, at: date) -> None:
        self.session, self.at = session, at
        self._moved.clear()
        self.waiting.clear()

    @property
    def conditions(self) -> Conditions:
        """How wide spreads are today; the same for every run on the market."""

        def find() -> Conditions:
            vix = self.market.snapshots.vix
            today, before = float(vix[self.session]), float(vix[max(self.session - 1, 0)])
            return conditions_of(self.at, today, today / before - 1)

        return self.market.answers.once(("conditions", self.session), find)

    def take_in(self, holding: Holding) -> None:
        self.holdings.append(holding)
        self.held[holding.rule].append(holding)

    def let_go(self, holding: Holding) -> None:
        self.holdings.remove(holding)
        self.held[holding.rule].remove(holding)

    def open(self, target: Target) -> list[Holding]:
        """The open positions a target means; a position's own exit sees itself alone."""
        if target.subject is _BOOK:
            return self.holdings
        if len(target.rules) == 1:
            return self.open_of(target.rules[0])
        return [holding for holding in self.holdings if holding.rule in target.rules]

    def open_of(self, rule: str) -> list[Holding]:
        """The open positions of a rule, or the one of them that is asked about itself."""
        own = self.holding
        return self.held[rule] if own is None or own.rule != rule else [own]

    def is_own(self, target: Target) -> bool:
        """Whether a position is being asked about itself."""
        return self.holding is not None and target.rules == (self.holding.rule,)

    @staticmethod
    def means(target: Target, rule: str) -> bool:
        """Whether the positions of a rule are among those a target means."""
        return target.subject is _BOOK or rule in target.rules

    @contextmanager
    def supposing(self, opened: Sequence[Holding]) -> Iterator[None]:
        """For a moment, as if these positions had been opened today."""
        kept = self.holdings, self.held, self.flows, self.margin, self.cash
        self.holdings = [*self.holdings, *opened]
        self.held = _by_rule(self.holdings)
        self.flows = [*self.flows, *(Flow(self.session, each.rule, each.paid) for each in opened)]
        self.margin += sum(each.requirement for each in opened) / 100
        self.cash -= sum(each.paid for each in opened) / 100
        yield
        self.holdings, self.held, self.flows, self.margin, self.cash = kept

    @contextmanager
    def without(self, holding: Holding) -> Iterator[None]:
        """For a moment, as if this position were not held; the account's sums stay."""
        kept = self.holdings, self.held
        self.holdings = [each for each in self.holdings if each is not holding]
        self.held = _by_rule(self.holdings)
        yield
        self.holdings, self.held = kept

    def moved(self, spot: float | None, vix: float | None) -> Snapshots:
        """Today's market with SPX and VIX at other levels, solved once a session."""
        levels = (spot, vix)
        if levels not in self._moved:
            self._moved[levels] = self.market.shocked(self.session, spot, vix)
        return self._moved[levels]
