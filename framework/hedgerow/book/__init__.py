"""Trees become books: checked, canonical, ready to be planned."""

from __future__ import annotations

from hedgerow.book.book import Book
from hedgerow.book.from_tree import book_from_tree
from hedgerow.language.from_text import tree_from_text
from hedgerow.text.diagnostic import Diagnostic, Refusal, has_errors, in_order
from hedgerow.text.source import Source

__all__ = ["Book", "book_from_text", "check_text"]


def check_text(source: Source) -> tuple[Diagnostic, ...]:
    """Every mistake in a rule file, in order of place; nothing is raised."""
    return _read(source)[1]


def book_from_text(source: Source) -> Book:
    """The book a text says. Raises Refusal with every diagnostic where there is an error."""
    book, found = _read(source)
    if book is None:
        raise Refusal(found)
    return book


def _read(source: Source) -> tuple[Book | None, tuple[Diagnostic, ...]]:
    file, found = tree_from_text(source)
    book, more = book_from_tree(file)
    both = in_order((*found, *more))
    return (None if has_errors(both) else book), both
