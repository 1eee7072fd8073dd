"""Entries and layers: what is opened, when, how much, and how it ends, a sentence a clause."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from hedgerow.book.explain.conditions import joined_by, parts_of
from hedgerow.book.explain.english import quoted
from hedgerow.book.explain.explanation import Sentence
from hedgerow.book.explain.holds import Holds
from hedgerow.book.explain.openings import opening, position
from hedgerow.book.explain.phrasing import Phrasing
from hedgerow.language import tree
from hedgerow.text.in_words import counted
from hedgerow.text.source import Span

_ALL_OR_ANY = {"and": "all of these hold", "or": "at least one of these holds"}
_MOST_ON_A_LINE = 2
_FREELY = "Opens whenever it may: no other condition is set."


def told(
    say: Phrasing, lead: str, condition: tree.Expression, tail: str = "", span: Span | None = None
) -> Sentence:
    """`Opens when A.`; three conditions or more, or some inside others, as a list below."""
    joined = joined_by(condition)
    parts = [*parts_of(condition)]
    if joined and _needs_list(parts):
        below = tuple(told(say, "", part, span=part.span) for part in parts)
        return Sentence(f"{lead}{_ALL_OR_ANY[joined]}{tail}:", below, span)
    end = "." if lead else ""
    return Sentence(f"{lead}{say.condition(condition)}{tail}{end}", span=span)


def _needs_list(parts: Sequence[tree.Expression]) -> bool:
    return len(parts) > _MOST_ON_A_LINE or any(joined_by(part) for part in parts)


def entry_told(say: Phrasing, node: tree.Entry) -> Sentence:
    return _rule(say, node.name, node, ())


def layer_told(say: Phrasing, node: tree.Layer, before: str | None) -> Sentence:
    """`before`: the layer with a threshold that stands before this one in its stack."""
    return _rule(say, node.name, node, _arming(say, node, before))


def _arming(say: Phrasing, node: tree.Layer, before: str | None) -> tuple[Sentence, ...]:
    if node.at is None and node.until is None:
        return ()
    found = []
    if node.at is not None:
        also = f" (and only while {before} is armed)" if before else ""
        found.append(told(say, f"Armed{also} once ", node.at, span=node.at.span))
    if node.until is not None:
        found.append(told(say, "Disarmed once ", node.until, span=node.until.span))
    elif node.at is not None:
        found.append(Sentence("Disarmed as soon as that no longer holds."))
    found.append(Sentence("Opens only while it is armed."))
    return tuple(found)


def _rule(
    say: Phrasing, name: str, node: tree.Entry | tree.Layer, arming: tuple[Sentence, ...]
) -> Sentence:
    inner = Phrasing(say.scope.within_rule(node.clauses))
    opens = [each for each in node.clauses if isinstance(each, tree.Open)]
    told_of = [opening(inner, each.action, each.structure) for each in opens]
    together = ", together as one order" if len(told_of) > 1 else ""
    action = opens[0].action if opens else "buy"
    clauses = [_clause(inner, each, action) for each in node.clauses if each not in opens]
    free = not any(isinstance(each, tree.When) for each in node.clauses)
    opens_freely = (Sentence(_FREELY),) if opens and free else ()
    below = (*arming, *opens_freely, *clauses, *_implied(node.clauses))
    text = f"{name} {', and '.join(told_of) or 'opens nothing'}{together}."
    return Sentence(text, below, node.span)


def _implied(clauses: Sequence[tree.Clause]) -> list[Sentence]:
    """What holds because the rule does not say otherwise."""
    kinds = {type(each) for each in clauses}
    found = []
    if tree.AtMost not in kinds:
        found.append(Sentence("Holds one position at a time."))
    if tree.Exit not in kinds:
        found.append(Sentence(_without_exit(clauses)))
    return found


def _without_exit(clauses: Sequence[tree.Clause]) -> str:
    opened = [each.structure.function.parts for each in clauses if isinstance(each, tree.Open)]
    if opened and all(parts == ("shares",) for parts in opened):
        return "Has no exit: what it holds is kept to the end."
    return "Has no exit: what it holds is kept to expiry and settled."


def _clause(say: Phrasing, node: tree.Clause, action: str) -> Sentence:
    if isinstance(node, tree.Roll):
        return _roll(say, node, action)
    return _CLAUSES[type(node)](say, node)


def clause_told(say: Phrasing, node: tree.Clause) -> Sentence:
    """A clause that stands alone, as a variant adds it."""
    return _clause(say, node, "sell")


def _roll(say: Phrasing, node: tree.Roll, action: str) -> Sentence:
    into = position(say, action, node.into) if node.into else "the same again"
    times = "any number of times"
    if node.times is not None:
        times = f"at most {counted(node.times.value, 'time')}"
    lead = f"Rolls, {times}, into {into}, when "
    return told(say, lead, node.condition, quoted(node.reason), node.span)


def _exit(say: Phrasing, node: tree.Exit) -> Sentence:
    return told(say, "Closes when ", node.condition, quoted(node.reason), node.span)


def _size(say: Phrasing, node: tree.Size) -> Sentence:
    text = _SIZES[node.basis].format(say.value(node.amount, Holds.SUM))
    return Sentence(text, span=node.span)


_SIZES = {
    "risk": "Size: the worst loss at expiry is at most {}.",
    "spend": "Size: what is paid at the opening is at most {}.",
    "cover": "Size: enough to make up for {}.",
    "count": "Size: {}.",
}


def let_told(say: Phrasing, node: tree.Let) -> Sentence:
    """`forward is ...`, `turning holds when ...`."""
    if say.scope.is_truth(node.value):
        return told(say, f"{node.name} holds when ", node.value, span=node.span)
    return Sentence(f"{node.name} is {say.value(node.value)}.", span=node.span)


def _at_most(say: Phrasing, node: tree.AtMost) -> Sentence:
    del say
    most = counted(node.count.value, "position")
    return Sentence(f"Holds at most {most} at a time.", span=node.span)


_CLAUSES: dict[type, Callable[[Phrasing, Any], Sentence]] = {
    tree.Open: lambda say, node: Sentence(
        f"In the same order it {opening(say, node.action, node.structure)}.", span=node.span
    ),
    tree.When: lambda say, node: told(say, "Opens when ", node.condition, span=node.span),
    tree.Size: _size,
    tree.Exit: _exit,
    tree.AtMost: _at_most,
    tree.Rebalance: lambda say, node: told(
        say, "Brings its size back to what is wanted when ", node.condition, span=node.span
    ),
    tree.Let: let_told,
    tree.Broken: lambda say, node: Sentence("A line here can't be read.", span=node.span),
}
