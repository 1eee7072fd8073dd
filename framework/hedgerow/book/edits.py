"""Many changes of a tree at once: gathered by address, carried out in one pass."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from hedgerow.book.place import Address
from hedgerow.language import tree
from hedgerow.text.source import Span

# Lists that take what holds them along when their last part goes.
_HOLDERS = (tree.Declare, tree.Shock, tree.Layers, tree.Structure, tree.Claim, tree.Entry,
            tree.Layer)  # fmt: skip
_MAY_BE_EMPTY = ("parameters",)
# Clauses of a rule by rank, in the order in which they are usually written.
_USUAL: dict[type, int] = {
    tree.Open: 1, tree.When: 2, tree.Size: 3, tree.AtMost: 4,
    tree.Exit: 5, tree.Roll: 5, tree.Rebalance: 5,
}  # fmt: skip


class _Branch(Struct):
    """What happens at and below one address."""

    span: Span | None = None  # of the change at this very address
    node: tree.Node | None = None  # what comes here; None: nothing
    below: dict[str | int, _Branch] = field(default_factory=dict)
    added: list[tree.Node] = field(default_factory=list)  # behind the last of a list
    first: Span | None = None  # of the first change at or below this address


class Edits:
    """Changes that don't overlap; `put` and `drop` tell where one would."""

    def __init__(self) -> None:
        self._root = _Branch()

    def put(self, at: Address, node: tree.Node, span: Span) -> Span | None:
        """A node in place of another, or of nothing; the change it would overlap, if any."""
        return self._change(at, node, span)

    def drop(self, at: Address, span: Span) -> Span | None:
        return self._change(at, None, span)

    def add(self, at: Address, node: tree.Node) -> Span | None:
        """A node behind the last of a list; the change that has taken the list, if any."""
        branch = self._root
        for step in at:
            branch = branch.below.setdefault(step, _Branch())
            if branch.span is not None:
                return branch.span
        branch.added.append(node)
        return None

    def put_instead(self, at: Address, node: tree.Node) -> None:
        """A node where another was dropped."""
        branch = self._root
        for step in at:
            branch = branch.below[step]
        branch.node = node

    def carried_out(self, file: tree.Tree) -> tree.Tree:
        found = _rebuilt(file, self._root)
        assert isinstance(found, tree.Tree)
        return found

    def _change(self, at: Address, node: tree.Node | None, span: Span) -> Span | None:
        branch, way = self._root, []
        for step in at:
            branch = branch.below.setdefault(step, _Branch())
            way.append(branch)
            if branch.span is not None:
                return branch.span
        if branch.first is not None:
            return branch.first
        branch.span, branch.node = span, node
        for passed in way:
            passed.first = passed.first or span
        return None


def node_at(file: tree.Tree, at: Address) -> tree.Node:
    node: Any = file
    for step in at:
        node = node[step] if isinstance(step, int) else getattr(node, step)
    assert isinstance(node, tree.Node)
    return node


def _rebuilt(node: Any, branch: _Branch) -> Any:
    """The node after the changes below it; None where nothing is left of it."""
    if isinstance(node, tuple):
        return _list(node, branch)
    changed: dict[str, Any] = {}
    for name, below in branch.below.items():
        if below.span is not None:
            changed[str(name)] = below.node
        else:
            changed[str(name)] = _rebuilt(getattr(node, str(name)), below)
    emptied = isinstance(node, _HOLDERS) and any(
        changed.get(name) == () and name not in _MAY_BE_EMPTY for name in node.__struct_fields__
    )
    return None if emptied else replace(node, **changed)


def _list(items: tuple[Any, ...], branch: _Branch) -> tuple[Any, ...]:
    found: list[Any] = []
    for index, item in enumerate(items):
        below = branch.below.get(index)
        if below is None:
            found.append(item)
        else:
            left = below.node if below.span is not None else _rebuilt(item, below)
            found += [left] if left is not None else []
    # By name, so that the order in which they were asked for does not matter.
    new = sorted((step, below.node) for step, below in branch.below.items()
                 if isinstance(step, str))  # fmt: skip
    return _joined(found, [*(node for _, node in new if node is not None), *branch.added])


def _joined(found: list[Any], new: list[tree.Node]) -> tuple[Any, ...]:
    """Clauses stand in the usual order, each behind the last of its rank; all else comes last."""
    if not new or type(new[0]) not in _USUAL:
        return (*found, *new)
    last = dict.fromkeys(_USUAL.values(), 0)  # by rank: how many stand before
    for count, each in enumerate(found, 1):
        for rank in range(_USUAL.get(type(each), 0), max(last) + 1):
            if rank in last:
                last[rank] = count
    joined: list[Any] = []
    start = 0
    for rank, stop in last.items():
        joined += found[start:stop]
        joined += [each for each in new if _USUAL.get(type(each)) == rank]
        start = stop
    return (*joined, *found[start:])
