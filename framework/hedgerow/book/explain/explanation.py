"""An explanation: a rule file said in sentences, for who approves it without reading it."""

from __future__ import annotations

from msgspec import Struct

from hedgerow.text.placed import Placed
from hedgerow.text.source import Span


class Sentence(Placed, frozen=True):
    """One thing the file says, with what belongs to it below.

    `span`: the statement or clause it was made from; None for what every file implies.
    """

    text: str
    below: tuple[Sentence, ...] = ()
    span: Span | None = None


class Section(Struct, frozen=True):
    title: str
    sentences: tuple[Sentence, ...]


class Explanation(Struct, frozen=True):
    title: str  # name and version
    sections: tuple[Section, ...]
