"""Explanation to text, for a terminal or a file."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import TextWrapper

from hedgerow.book.explain.explanation import Explanation, Sentence

_INDENT = "  "
_NARROWEST = 20  # columns left for words, however deep a list goes


def text_from_explanation(explanation: Explanation, width: int) -> str:
    """Sections under their titles, a dash before each sentence, no line wider than `width`.

    A word that is longer than a line, or a list that leaves too little room, goes beyond it.
    """
    lines = [explanation.title]
    for section in explanation.sections:
        lines += ["", section.title]
        for sentence in section.sentences:
            lines += _lines(sentence, _INDENT, width)
    return "\n".join(lines) + "\n"


def _lines(sentence: Sentence, indent: str, width: int) -> Iterator[str]:
    wrapper = TextWrapper(
        width=max(width, len(indent) + _NARROWEST),
        initial_indent=f"{indent}- ",
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from wrapper.wrap(sentence.text) or [f"{indent}-"]
    for below in sentence.below:
        yield from _lines(below, indent + _INDENT, width)
