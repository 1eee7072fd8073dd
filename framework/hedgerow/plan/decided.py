"""What the rules decided at a close, told from their orders: `entry base`, `exit hedge`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from hedgerow.account.order import Action, Order
from hedgerow.book.expression import Decided
from hedgerow.plan.view import View


def happenings(orders: Sequence[Order]) -> Iterator[tuple[str, str]]:
    """(entry, exit or roll; path of the rule) of each decision; a roll's two orders are one."""
    replaced = {order.replaces for order in orders if order.replaces is not None}
    for order in orders:
        if order.action is Action.OPEN:
            yield ("entry" if order.replaces is None else "roll"), order.because.rule
        elif order.position not in replaced:
            yield "exit", order.because.rule


def decided_reading(node: Decided) -> Callable[[View], float]:
    """How many such decisions a session brought."""
    wanted = {(node.action, rule) for rule in node.rules}

    def reading(view: View) -> float:
        return float(sum(each in wanted for each in happenings(view.orders)))

    return reading
