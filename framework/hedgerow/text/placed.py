"""Records that know where they were written."""

from functools import cache
from typing import Any

from msgspec import Struct


class Placed(Struct, frozen=True, eq=False):
    """Compared, hashed and printed by everything but its places, `span` and `name_span`."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and _told(self) == _told(other)

    def __hash__(self) -> int:
        return hash((type(self), _told(self)))

    def __repr__(self) -> str:
        told = zip(told_fields(type(self)), _told(self), strict=True)
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in told)})"


PLACES = ("span", "name_span")


@cache
def told_fields(kind: type[Placed]) -> tuple[str, ...]:
    """The fields that make a record what it is: all but its places."""
    return tuple(name for name in kind.__struct_fields__ if name not in PLACES)


def _told(of: Placed) -> tuple[Any, ...]:
    return tuple([getattr(of, name) for name in told_fields(type(of))])
