"""Parts of one stack that add up to more than the whole."""

from __future__ import annotations

from collections.abc import Iterator

from hedgerow.book.book import Basis, Rule
from hedgerow.book.checks.checked import Checked
from hedgerow.book.checks.facts import Facts
from hedgerow.book.expression import Apply, Constant, Expression
from hedgerow.text.diagnostic import Diagnostic, Label
from hedgerow.vocabulary.units import Kind

_WHOLE = 1.0 + 1e-9


def more_than_everything(checked: Checked) -> Iterator[Diagnostic]:
    """Layers of a stack whose sizes, all open at once, ask for more than 100% of one amount."""
    stacks: dict[str, list[Rule]] = {}
    for rule in checked.rules:
        if rule.stack is not None and rule.size.basis in (Basis.RISK, Basis.SPEND):
            stacks.setdefault(rule.stack, []).append(rule)
    for stack, rules in stacks.items():
        if len(rules) > 1:
            yield from _stack(checked.facts, stack, rules)


def _stack(facts: Facts, stack: str, rules: list[Rule]) -> Iterator[Diagnostic]:
    sums: dict[tuple[Basis, int], list[tuple[Rule, float, Expression]]] = {}
    for rule in rules:
        for part, whole in _parts(rule.size.amount):
            key = rule.size.basis, facts.key(whole)
            sums.setdefault(key, []).append((rule, part * rule.at_most, whole))
    for asked in sums.values():
        total = sum(part for _, part, _ in asked)
        if len(asked) > 1 and total > _WHOLE:
            *others, (last, _, whole) = asked
            labels = tuple(Label(rule.size.span, f"{part:.0%}") for rule, part, _ in others)
            yield Diagnostic(
                "R509",
                f"the layers of `{stack}` ask for {total:.0%} of `{whole.span.text}` together",
                last.size.span, labels, help=("let their parts add up to 100% at most",),
            )  # fmt: skip
            return


def _parts(amount: Expression) -> Iterator[tuple[float, Expression]]:
    """`40% of 25% of capital` is 40% of `25% of capital`, and 10% of capital."""
    part = 1.0
    while isinstance(amount, Apply) and amount.operator == "of":
        share, amount = amount.operands
        if not isinstance(share, Constant) or share.kind is not Kind.RATIO:
            return
        part *= share.value
        yield part, amount
