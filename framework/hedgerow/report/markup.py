"""HTML that cannot forget to escape: text is escaped on the way in, only `Markup` passes."""

from __future__ import annotations

import html
from collections.abc import Iterable

_VOID = {"meta", "col"}


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(name: str, /, *content: str, **attributes: str) -> Markup:
    """An element. Attribute names: `class_` is `class`, `_` elsewhere is `-`."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(value)}"'
        for key, value in attributes.items()
    )
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{together(content)}</{name}>")


def together(parts: Iterable[str]) -> Markup:
    """Parts one after the other; plain text among them is escaped."""
    return Markup(
        "".join(part if isinstance(part, Markup) else html.escape(part) for part in parts)
    )
