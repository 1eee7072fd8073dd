"""`hedgerow why FILE DATE`: one close of a run, rule by rule."""

from __future__ import annotations

from collections.abc import Iterator
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
    from hedgerow.account.order import Fill
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
        yield _filled(fill)
    for rule in found.rules:
        yield ""
        yield from _rule(rule)
    if found.limits:
        yield ""
        yield "limits"
        for limit in found.limits:
            yield from _asked(limit, "  ")


def _filled(fill: Fill) -> str:
    from hedgerow.report.trades import legs_in_full

    order = fill.order
    return (
        f"  filled: {order.because.rule}: {order.action} {order.units} x "
        f"{legs_in_full(order.legs)}, decided {order.decided}"
    )


def _rule(rule: RuleThen) -> Iterator[str]:
    yield f"{rule.rule}  ({rule.place})"
    for decision in rule.decided:
        yield f"  decided: {decision.action}: {decision.reason}  ({decision.place})"
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
    from hedgerow.report.trades import legs_in_full

    yield (
        f"  holds {held.units} x {legs_in_full(held.legs)}, since {held.opened}, "
        f"profit {dollars(held.profit)}"
    )
    for asked in held.asked:
        yield from _asked(asked, "    ")


def _asked(asked: Asked, indent: str) -> Iterator[str]:
    yield f"{indent}{asked.clause} {asked.text}: {asked.truth}"
    values = [f"{each.text} was {each.value}" for each in asked.seen if each.text != asked.text]
    if values:
        yield f"{indent}  {', '.join(values)}"
    if asked.needs:
        yield f"{indent}  for that: {'; '.join(asked.needs)}"
