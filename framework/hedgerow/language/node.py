"""What all nodes of the tree share."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform

from hedgerow.text.source import Span

Made = TypeVar("Made")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def node(cls: type[Made]) -> type[Made]:
    """A frozen, slotted record that is compared and printed as `Node` says.

    Methods written anew for every kind of node would take longer to make than a file to read.
    """
    cls.__doc__ = cls.__doc__ or cls.__name__  # else a signature is worked out for one
    return dataclass(frozen=True, slots=True, eq=False, repr=False)(cls)


@node
class Node:
    """Anything read from a rule file. Equality looks at all but the spans."""

    span: Span = field(kw_only=True, compare=False, repr=False)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and _told(self) == _told(other)

    def __hash__(self) -> int:
        return hash((type(self), _told(self)))

    def __repr__(self) -> str:
        told = zip(_names(type(self)), _told(self), strict=True)
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in told)})"


def _told(of: object) -> tuple[Any, ...]:
    return tuple(getattr(of, name) for name in _names(type(of)))


_NAMES: dict[type, tuple[str, ...]] = {}


def _names(kind: Any) -> tuple[str, ...]:
    """Fields that make a node what it is: all but its places."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(each.name for each in fields(kind) if each.compare)
    return _NAMES[kind]
