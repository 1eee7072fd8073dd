"""A test of a rule file carried out: prices in, decisions out, and what differs from the wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fee_files import schedule
from hedgerow.account.run import Decision, Kept, Outcome, Seen
from hedgerow.book.book import Book, Expectation, Scenario
from hedgerow.host.desk import Desk
from hedgerow.market.market_from_history import market_from_history
from hedgerow.plan.decided import happenings
from hedgerow.plan.from_book import probed_plan
from hedgerow.plan.plan import Plan
from hedgerow.plan.view import View
from hedgerow.proof.barred import barred
from hedgerow.proof.conditions import OF_ACTION, Condition, Diary, conditions_of
from hedgerow.proof.made_up import made_up
from hedgerow.vocabulary.spelled import spelled
from hedgerow.vocabulary.units import Kind

Decided = tuple[int, str, str]  # day from 1; entry, exit or roll; path of the rule


class Looked(Struct, frozen=True):
    """A condition on the day in question."""

    rule: str
    clause: str  # at, when, exit, roll
    text: str
    truth: str  # true, false, unknown
    seen: tuple[Seen, ...]
    true_days: int  # of the whole test
    place: str  # file:line:column


class Failure(Struct, frozen=True):
    """An expectation that did not come true."""

    expected: str  # as written
    place: str  # file:line:column
    happened: tuple[int, ...]  # days on which the decision was taken
    day: int  # the day in question, from 1
    at: date
    looked: tuple[Looked, ...]  # the conditions of that day
    stopped: tuple[str, ...]  # what else kept the rules from it on that day, in words


class Covered(Struct, frozen=True):
    """Whether a condition was ever true and ever false."""

    rule: str
    clause: str
    text: str
    place: str
    true: bool
    false: bool


class Rehearsal(Struct, frozen=True):
    text: str  # the test's name
    place: str
    days: int
    expected: int  # lines
    decided: tuple[Decided, ...]
    failures: tuple[Failure, ...]
    broken: tuple[Kept, ...]  # invariants
    covered: tuple[Covered, ...]

    @property
    def passed(self) -> bool:
        """A test that expects nothing has not passed anything."""
        return self.expected > 0 and not self.failures and not self.broken


def rehearsed(book: Book, scenario: Scenario) -> Rehearsal:
    """The rules on the scenario's market: default costs, a million dollars. DataFault."""
    plan, diaries = _with_diaries(book)
    market = market_from_history(made_up(book, scenario))
    desk = Desk(plan, market, Assumptions(), schedule(Assumptions().costs))
    days: list[_Day] = []
    for session in range(scenario.days):
        desk.begin(session)
        desk.look(session)
        days.append(_day(book, desk.view))
        for diary in diaries:
            diary.look(desk.view)
    run = desk.run()
    refused = [each for each in run.decisions if each.action == "refuse"]
    decided = tuple(_decided(days))
    failed = [each for each in scenario.expectations if not came_true(each, decided)]
    return Rehearsal(
        scenario.text,
        scenario.span.place,
        scenario.days,
        len(scenario.expectations),
        decided,
        tuple(_failure(each, decided, days, diaries, refused) for each in failed),
        tuple(each for each in run.invariants if each.outcome is Outcome.BROKEN),
        tuple(_covered(diary) for diary in diaries),
    )


def days_of(expected: Expectation, decided: Iterable[Decided]) -> tuple[int, ...]:
    """Days on which the decision was taken that an expectation is about, whatever day it names."""
    wanted = {(expected.action, rule) for rule in expected.rules}
    return tuple(dict.fromkeys(day for day, *decision in decided if tuple(decision) in wanted))


def came_true(expected: Expectation, decided: Iterable[Decided]) -> bool:
    meant = [day for day in days_of(expected, decided) if expected.day in (None, day)]
    return bool(meant) != expected.negated


def together(rehearsals: Iterable[Rehearsal]) -> tuple[Covered, ...]:
    """Each condition once, over all tests."""
    found: dict[tuple[str, str, str], Covered] = {}
    for each in (row for rehearsal in rehearsals for row in rehearsal.covered):
        key = (each.rule, each.place, each.text)
        before = found.get(key, each)
        found[key] = Covered(each.rule, each.clause, each.text, each.place,
                             before.true or each.true, before.false or each.false)  # fmt: skip
    return tuple(found.values())


class _Day(Struct, frozen=True):
    at: date
    happened: tuple[tuple[str, str], ...]  # entry, exit or roll; path of the rule
    barred: tuple[tuple[str, str], ...]  # rules that can't open now, and why


def _day(book: Book, view: View) -> _Day:
    stopped = [(rule.path, why) for rule in book.rules for why in barred(rule, view)]
    return _Day(view.at, tuple(happenings(view.orders)), tuple(stopped))


def _decided(days: Sequence[_Day]) -> Iterator[Decided]:
    for number, day in enumerate(days, 1):
        for action, rule in dict.fromkeys(day.happened):
            yield number, action, rule


def _failure(
    expected: Expectation,
    decided: Sequence[Decided],
    days: Sequence[_Day],
    diaries: Sequence[Diary],
    refused: Sequence[Decision],
) -> Failure:
    found = days_of(expected, decided)
    meant = [number for number in found if expected.day in (None, number)]
    number = meant[0] if meant else expected.day or len(days)
    day = days[number - 1]
    looked = (each for each in diaries if _tells(each.condition, expected))
    stopped = () if meant else _stopped(expected, day, refused)
    return Failure(
        expected.text, expected.span.place, found, number, day.at,
        tuple(_looked(each, number) for each in looked), stopped,
    )  # fmt: skip


def _tells(condition: Condition, expected: Expectation) -> bool:
    clauses = OF_ACTION[expected.action]
    return condition.whole and condition.rule in expected.rules and condition.clause in clauses


def _stopped(expected: Expectation, day: _Day, refused: Sequence[Decision]) -> tuple[str, ...]:
    barred = [why for rule, why in day.barred
              if rule in expected.rules and expected.action == "entry"]  # fmt: skip
    said = [each.reason for each in refused if each.at == day.at and each.rule in expected.rules]
    return (*barred, *said)


def _with_diaries(book: Book) -> tuple[Plan, list[Diary]]:
    conditions = conditions_of(book)
    plan, probes = probed_plan(book, [each.expression for each in conditions])
    return plan, [
        Diary(each, probe.evaluate, probe.telling)
        for each, probe in zip(conditions, probes, strict=True)
    ]


def _looked(diary: Diary, day: int) -> Looked:
    condition = diary.condition
    return Looked(
        condition.rule,
        condition.clause,
        condition.text,
        spelled(diary.truths[day - 1], Kind.TRUTH),
        diary.seen[day - 1],
        sum(truth == 1.0 for truth in diary.truths),
        condition.expression.span.place,
    )


def _covered(diary: Diary) -> Covered:
    condition = diary.condition
    return Covered(
        condition.rule,
        condition.clause,
        condition.text,
        condition.expression.span.place,
        1.0 in diary.truths,
        0.0 in diary.truths,
    )
