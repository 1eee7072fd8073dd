"""One place of a strategy that a variant can change, and the names of what has none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from msgspec import Struct

from hedgerow.book.names import walk
from hedgerow.language import tree
from hedgerow.text.source import Span

Key = tuple[str, tuple[str, ...]]  # what a thing goes by, and what else it may be called
Address = tuple[str | int, ...]  # fields and positions from the tree down to a node
Make = Callable[[Any, Span], tree.Node]
Takes = Mapping[str, Sequence[str]]  # arguments that each structure takes beyond its underlying
LONGEST_SLUG = 60


class Holds(StrEnum):
    """What may stand in a place; the value is its English name."""

    CONDITION = "a condition"  # any expression, and groups of conditions
    VALUE = "a value"  # any expression that stands on one line
    COUNT = "a whole number"
    STRUCTURE = "a structure with its arguments"
    NAME = "a name"
    NOTHING = "a thing of several parts"


def _as_is(value: Any, _: Span) -> Any:
    return value


class Place(Struct, frozen=True):
    """`set` writes at `at`, `drop` takes away `whole`; None: that can't be done here.

    Where `value` is None there is nothing yet, and `at` ends with what will be there.
    """

    path: str
    at: Address | None
    value: tree.Expression | None
    whole: Address | None
    holds: Holds = Holds.VALUE
    aliases: tuple[str, ...] = ()
    make: Make = _as_is
    lock: Span | None = None
    shown: tree.Node | None = None  # what a difference shows, if it is not the value


def slug(text: str | None) -> str:
    """`Half the credit is in!` as `half_the_credit_is_in`; empty where there is no letter."""
    words = re.sub(r"[^a-z0-9]+", "_", (text or "").lower()).strip("_")[:LONGEST_SLUG].rstrip("_")
    return f"_{words}" if words[:1].isdigit() else words


def keys(named: Sequence[tuple[str | None, Any]]) -> list[Key]:
    """For each text and condition: what it goes by, and what else it may be called."""
    words = [_first_word(condition) for _, condition in named]
    times = Counter(words)
    found: list[Key] = []
    for (text, _), word in zip(named, words, strict=True):
        by_text = slug(text)
        found.append((by_text or word, (word,) if by_text and times[word] == 1 else ()))
    return found


def _first_word(condition: Any) -> str:
    first = next((each for each in walk(condition) if isinstance(each, tree.Name)), None)
    return "_".join(first.parts) if first is not None else "always"


def call_place(path: str, call: tree.Call, at: Address, whole: Address | None) -> Place:
    """The structure itself; a difference shows its name, for its arguments have their own paths."""
    return Place(path, at, call, whole, Holds.STRUCTURE, shown=call.function)


def argument_places(path: str, call: tree.Call, at: Address, takes: Takes) -> Iterator[Place]:
    """Arguments by name; the first, which has none, is the underlying."""
    for index, argument in enumerate(call.arguments):
        here = (*at, "arguments", index)
        if argument.name is not None:
            yield Place(f"{path}.{argument.name}", (*here, "value"), argument.value, here)
        elif index == 0:
            yield Place(f"{path}.underlying", (*here, "value"), argument.value, None)
    given = {argument.name for argument in call.arguments}
    for name in takes.get(call.function.dotted, ()):
        if name not in given:
            yield Place(f"{path}.{name}", (*at, "arguments", name), None, None,
                        make=_argument(name))  # fmt: skip


def _argument(name: str) -> Make:
    return lambda value, span: tree.Argument(name, value, span=span)
