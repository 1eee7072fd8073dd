"""`hedgerow why FILE DATE`: one close of a run, rule by rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import to_builtins

from hedgerow.cli.options import Format, ForWhom, day
from hedgerow.cli.rule_files import rule_file
from hedgerow.cli.screen import write, write_for_programs
from hedgerow.cli.setting import Terms, with_terms
from hedgerow.cli.status import Status
from hedgerow.cli.stress import session_of

if TYPE_CHECKING:
    from hedgerow.account.order import Fill, Leg
    from hedgerow.proof.why import Asked, HeldThen, RuleThen, Why

FORMAT_VERSION = "1.0"


@with_terms
def why(
    file: Annotated[str, typer.Argument(metavar="FILE|PRESET", help="A rule file, or a preset.")],
    at: Annotated[
        date, typer.Argument(metavar="DATE", parser=day, help="A session, such as 2008-09-15.")
    ],
    output: ForWhom = Format.HUMAN,
    *,
    terms: Terms,
) -> Status:
    """Say what each rule saw and decided at one close, and what would have had to differ.

    Example: hedgerow why alvh/core 2008-09-15
    """
    from hedgerow.cli.progress import Steps
    from hedgerow.cli.runs import entrants, venue_of
    from hedgerow.proof import why as looking

    with Steps("reading the rules", 3) as steps:
        (entrant,) = entrants([rule_file(file)])
        venue = venue_of([entrant], terms, steps)
        session = session_of(at, venue, str(at))
        steps.begin(f"running to {at}")
        found = looking.why(entrant.book, venue.market, venue.assumptions, venue.fees, session)
    if output is Format.JSON:
        write_for_programs(FORMAT_VERSION, {"name": entrant.name, **to_builtins(found)})
    else:
        write("".join(f"{line}\n" for line in _told(entrant.name, found)))
    return Status.CLEAN


def _told(name: str, found: Why) -> Iterator[str]:
    from hedgerow.account.money import dollars

    yield f"{name} at the close of {found.at}"
    yield (
        f"  equity {dollars(found.equity)}, cash {dollars(found.cash)}, "
        f"margin {dollars(found.margin)}"
    )
    for fill in found.filled:
        yield from _filled(fill)
    for rule in found.rules:
        yield ""
        yield from _rule(rule)
    if found.limits:
        yield ""
        yield "limits"
        for limit in found.limits:
            yield from _asked(limit, "  ")


def _filled(fill: Fill) -> Iterator[str]:
    order, side = fill.order, "credit" if fill.price < 0 else "debit"
    yield (
        f"  filled: {order.because.rule}: {order.action} {order.units} of these for a {side} of "
        f"{abs(fill.price):,.2f} points each, decided {order.decided}"
    )
    yield from _legs(order.legs)


def _legs(legs: Sequence[Leg]) -> Iterator[str]:
    width = max(len(leg.name) for leg in legs)
    for leg in legs:
        yield f"    {leg.name:<{width}}  {leg.ratio:+d} {leg.contract}"


def _rule(rule: RuleThen) -> Iterator[str]:
    yield f"{rule.rule}  ({rule.place})"
    for decision in rule.decided:
        yield f"  decided: {decision.action}: {decision.reason}  ({decision.place})"
    for order in rule.ordered:
        if order.action == "open":
            yield f"  orders {order.units} of these"
            yield from _legs(order.legs)
    if not rule.decided:
        yield "  decided nothing"
    if rule.armed is not None:
        yield f"  {'armed' if rule.armed else 'not armed'}"
    for asked in rule.asked:
        yield from _asked(asked, "  ")
    for held in rule.held:
        yield from _held(held)
    if not any(each.action == "open" for each in rule.decided):
        yield from (f"  opens nothing: {barred}" for barred in rule.barred)


def _held(held: HeldThen) -> Iterator[str]:
    from hedgerow.account.money import dollars

    yield (f"  holds {held.units} of these since {held.opened}, profit {dollars(held.profit)}")
    yield from _legs(held.legs)
    for asked in held.asked:
        yield from _asked(asked, "    ")


def _asked(asked: Asked, indent: str) -> Iterator[str]:
    yield f"{indent}{asked.clause} {asked.text}: {asked.truth}"
    values = [f"{each.text} was {each.value}" for each in asked.seen if each.text != asked.text]
    if values:
        yield f"{indent}  {', '.join(values)}"
    if asked.needs:
        yield f"{indent}  for that: {'; '.join(asked.needs)}"
