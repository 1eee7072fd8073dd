"""The state of reading one file's expressions, and the reports all readers share.

Every kind of node has one function that reads it, registered with `@reads(node type)` in the
module of its family. A reader gives the checked expression, or None where something was wrong and
has been reported: what only follows from a reported mistake stays silent.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from hedgerow.book.expression import Constant, Decided, Expression, Measure, operands
from hedgerow.book.names import Names
from hedgerow.language import tree
from hedgerow.text.diagnostic import Diagnostic, Fix, Label
from hedgerow.text.source import Span
from hedgerow.vocabulary.units import Kind, fits, units_that_fit, with_unit

DEEPEST = 120  # operators above each other, lets included
LARGEST = 50_000  # operators of one expression, with all its lets written out
LONGEST_WINDOW = 2_520  # sessions: ten years

_TIMES = {Kind.DAYS, Kind.SESSIONS}
_TIME = re.compile(r"([0-9]+)[ \t]*(?:days?|sessions?)")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4}")

Read = Callable[["Reading", Any], Expression | None]
_READERS: dict[type[tree.Node], Read] = {}


def reads(*nodes: type[tree.Node]) -> Callable[[Read], Read]:
    """Registers the function that reads these nodes."""

    def register(read: Read) -> Read:
        _READERS.update(dict.fromkeys(nodes, read))
        return read

    return register


class Reading:
    """Names, what has been read, where we are, and what was found wrong."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.found: list[Diagnostic] = []
        self.values: dict[str, Expression | None] = {}  # params and lets read so far
        self.local: dict[str, Expression | None] = {}  # lets of the rule being read
        self.rule: str | None = None  # path of the rule being read
        self.judging = False  # a claim is being read: its words are results
        self.legs: dict[str, tuple[str, ...]] = {}  # names of legs, by path of rule
        self.shipped: set[str] = set()  # shocks of the library that were named
        self.sd_window: int | None = None  # sessions, where an sd is a realised one
        self._heights: dict[int, int] = {}
        self._sizes: dict[int, int] = {}  # with what is used twice counted twice
        self._about_positions: dict[int, bool] = {}
        self._kept: list[Expression] = []  # an id stays an address while its node lives

    def read(self, node: tree.Expression) -> Expression | None:
        read = _READERS.get(type(node))
        if read is None:
            self.report("S190", f"`{node.span.text}` is not understood in this place", node.span)
            return None
        return read(self, node)

    def condition(self, node: tree.Expression) -> Expression | None:
        """An expression that is true or false."""
        value = self.read(node)
        if value is None or value.kind is Kind.TRUTH:
            return value
        self.report(
            "T206",
            f"`{node.span.text}` is {value.kind}, not a condition",
            node.span,
            help=(_compared(value, node.span.text),),
        )
        return None

    def expect(self, node: tree.Expression, kind: Kind, what: str) -> Expression | None:
        """An expression of one kind; `what` names the place in the message."""
        value = self.read(node)
        if value is None or fits(value.kind, kind):
            return value
        bare = value.kind in (Kind.LITERAL, Kind.ZERO)  # a unit belongs where the number stands
        self.wrong_kind(value.span if bare else node.span, value.kind, kind, what)
        return None

    def constant(self, node: tree.Expression, kind: Kind, what: str) -> float | None:
        """A number known before the run."""
        value = self.expect(node, kind, what)
        if value is None:
            return None
        if isinstance(value, Constant):
            return value.value
        self.report("T208", f"{what} must be a plain number", node.span,
                    help=("write the number itself",))  # fmt: skip
        return None

    def window(self, node: tree.Expression, what: str = "a window") -> int | None:
        """Whole sessions, at least one; a bare number means sessions."""
        value = self.read(node)
        if value is None:
            return None
        if not isinstance(value, Constant):
            help = ("write the number itself, as in `20 sessions`",)
            self.report("T208", f"{what} must be a plain number of sessions", node.span, help=help)
            return None
        if value.kind not in (Kind.SESSIONS, Kind.LITERAL, Kind.ZERO):
            self.wrong_kind(node.span, value.kind, Kind.SESSIONS, what)
            return None
        if value.value != int(value.value) or not 1 <= value.value <= LONGEST_WINDOW:
            shown = f"{what} is from 1 to {LONGEST_WINDOW} whole sessions"
            help = ("write a whole number, as in `20 sessions`",)
            self.report("T207", f"{shown}, not {value.value:g}", node.span, help=help)
            return None
        return int(value.value)

    def report(
        self,
        code: str,
        message: str,
        span: Span,
        *,
        help: tuple[str, ...] = (),
        labels: tuple[Label, ...] = (),
        fixes: tuple[Fix, ...] = (),
    ) -> None:
        self.found.append(Diagnostic(code, message, span, labels, help=help, fixes=fixes))

    def wrong_kind(self, span: Span, kind: Kind, wanted: Kind, what: str) -> None:
        units = units_that_fit(wanted)
        written = span.text
        if _DATE.fullmatch(written):
            help = ("a rule counts time, as in `45 days`, and names no dates",)
            self.report("T201", f"{what} is {wanted}, and `{written}` is a date", span, help=help)
        elif kind in (Kind.LITERAL, Kind.ZERO):
            hint = f"write a unit: {', '.join(f'`{with_unit(written, unit)}`' for unit in units)}"
            self.report(
                "T202", f"{what} is {wanted}, and `{written}` has no unit", span, help=(hint,)
            )
        elif kind is Kind.RATIO and wanted is Kind.MONEY:
            hint = f"say of what: `{written} of capital`"
            self.report("T204", f"{what} is money, and `{written}` is a part of nothing", span,
                        help=(hint,))  # fmt: skip
        else:
            count = _TIME.fullmatch(written) if {kind, wanted} == _TIMES else None
            example = f", as in `{count[1]} {units[0]}`" if count else ""
            hints = (f"it is written in {' or '.join(units)}{example}",) if units else ()
            self.report("T201", f"{what} is {wanted}, and `{written}` is {kind}", span, help=hints)

    def about_positions(self, node: Expression) -> bool:
        """Whether a value depends on positions, so that it has no history of its own."""
        known = self._about_positions.get(id(node))
        if known is not None:
            return known
        return isinstance(node, Measure | Decided) or any(map(self.about_positions, operands(node)))

    def made(self, node: Expression) -> Expression | None:
        """The node, unless it stands on too many others."""
        height = 1 + max((self._heights.get(id(below), 0) for below in operands(node)), default=0)
        size = 1 + sum(self._sizes.get(id(below), 1) for below in operands(node))
        self._heights[id(node)], self._sizes[id(node)] = height, size
        self._about_positions[id(node)] = self.about_positions(node)
        self._kept.append(node)
        if height > DEEPEST:
            self.report("T209", f"more than {DEEPEST} operators build on each other", node.span)
        elif size > LARGEST:
            message = f"with its names written out this has more than {LARGEST:,} operators"
            self.report("T209", message, node.span)
        else:
            return node
        return None


def _compared(value: Expression, written: str) -> str:
    """What makes a condition of a value, as a help."""
    if isinstance(value, Constant) and value.kind in (Kind.WEEKDAY, Kind.MONTH):
        return f"write `{value.kind.removeprefix('a ')} == {written}`"
    return "compare it with something: `... > ...`"
