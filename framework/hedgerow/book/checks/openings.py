"""Rules that can never open a position, though each of their conditions can be true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hedgerow.book.book import Rule
from hedgerow.book.checks.checked import Checked
from hedgerow.book.checks.facts import OF_AN_OPEN_ONE, Facts
from hedgerow.book.checks.possible import Wish, can_hold
from hedgerow.book.expression import Measure, bottom_up
from hedgerow.text.diagnostic import Diagnostic, Label
from hedgerow.vocabulary.word import Subject

_UNTIL_THEN = "say what counts until then, as in `({} otherwise 0)`"
MOST_ROUNDS = 50  # rules that wait for each other in a row


def never_opens(checked: Checked) -> Iterator[Diagnostic]:
    """A layer looks only while neither its own `until` nor one before it holds."""
    by_path = {rule.path: rule for rule in checked.rules}
    for rule in checked.rules:
        if rule.arm is None or rule.disarm is None or rule.when is None:
            continue
        if not _each_can_hold(checked.facts, rule):
            continue  # reported where that is said
        if not can_hold(checked.facts, (rule.when, True), (rule.disarm, False)):
            until = (Label(rule.disarm.span, "it is armed only until this"),)
            message = f"`{rule.path}` can never open: while it is armed, its `when` is not true"
            yield Diagnostic("R507", message, rule.when.span, until)
    for rule in checked.rules:
        before = by_path.get(rule.after or "")
        if before is None or rule.arm is None or before.disarm is None:
            continue
        alone = can_hold(checked.facts, (rule.arm, True))
        if alone and not can_hold(checked.facts, (rule.arm, True), (before.disarm, False)):
            until = (Label(before.disarm.span, "that one is armed only until this"),)
            message = f"`{rule.path}` can never arm: `{before.path}` before it is not armed then"
            yield Diagnostic("R507", message, rule.arm.span, until)


def waits_for_itself(checked: Checked) -> Iterator[Diagnostic]:
    """Rules that open only once they, or rules that wait for them, have opened."""
    if not checked.complete:
        return
    by_path = {rule.path: rule for rule in checked.rules}
    waiting = dict(by_path)
    for _ in range(MOST_ROUNDS):
        nothing_open = len(waiting) == len(by_path)
        facts = checked.facts.while_closed(frozenset(waiting), nothing_open=nothing_open)
        free = [path for path, rule in waiting.items() if _can_open(facts, rule, by_path)]
        if not free:
            break
        for path in free:
            del waiting[path]
    else:
        return
    for rule in waiting.values():
        if _each_can_hold(checked.facts, rule) and rule.when is not None:
            yield from _waits(rule, waiting)


def _can_open(facts: Facts, rule: Rule, by_path: Mapping[str, Rule]) -> bool:
    """The first time, while nothing that waits is open."""
    if rule.when is not None and not can_hold(facts, (rule.when, True)):
        return False
    arming = [rule]
    while arming[-1].after in by_path:
        arming.append(by_path[arming[-1].after or ""])
    return all(can_hold(facts, (each.arm, True)) for each in arming if each.arm is not None)


def _each_can_hold(facts: Facts, rule: Rule) -> bool:
    wishes: list[Wish] = [(each, True) for each in (rule.arm, rule.when) if each is not None]
    return all(can_hold(facts, each) for each in wishes)


def _waits(rule: Rule, waiting: Mapping[str, Rule]) -> Iterator[Diagnostic]:
    """Where the rule asks about itself, about one that waits for it, or about all there is."""
    for condition in (rule.when, rule.arm):
        for node in bottom_up(condition) if condition is not None else ():
            if not isinstance(node, Measure):
                continue
            asked, help = node.target.rules, "say what opens {} first"
            if node.target.subject is Subject.BOOK and node.word in OF_AN_OPEN_ONE:
                what, help = "the book to hold something", _UNTIL_THEN.format(node.span.text)
            elif not asked or not all(path in waiting for path in asked):
                continue
            elif asked == (rule.path,):
                what, help = "itself", help.format("it")
            else:
                what, help = " and ".join(f"`{path}`" for path in asked), help.format("one of them")
            message = f"`{rule.path}` can never open: it waits for {what}"
            yield Diagnostic("R508", message, node.span, help=(help,))
            return
