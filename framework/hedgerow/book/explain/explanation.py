"""An explanation: a rule file said in sentences, for who approves it without reading it."""

from __future__ import annotations

from dataclasses import dataclass, field

from hedgerow.text.source import Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing the file says, with what belongs to it below.

    `span`: the statement or clause it was made from; None for what every file implies.
    """

    text: str
    below: tuple[Sentence, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    title: str  # name and version
    sections: tuple[Section, ...]
