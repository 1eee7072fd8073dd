"""Trees become books: checked, canonical, ready to be planned."""

from __future__ import annotations

from collections.abc import Sequence

from hedgerow.book.allowances import after_allowances
from hedgerow.book.book import Book
from hedgerow.book.from_tree import book_from_tree, mistakes_in_tree
from hedgerow.book.variant import Resolved, resolved
from hedgerow.language.from_text import tree_from_text
from hedgerow.language.tree import Tree
from hedgerow.text.diagnostic import Diagnostic, Refusal, has_errors
from hedgerow.text.parents import Load, no_parents
from hedgerow.text.source import Source

__all__ = [
    "Book",
    "Resolved",
    "book_from_text",
    "check_text",
    "check_tree",
    "resolved_from_text",
]


def check_text(source: Source, load: Load = no_parents) -> tuple[Diagnostic, ...]:
    """Every mistake in a rule file, in order of place; nothing is raised.

    `load` finds the text of a variant's parent; `text.parents.parents_of` gives one for a file.
    """
    return _read(source, load)[1]


def check_tree(
    file: Tree, of_text: Sequence[Diagnostic], load: Load = no_parents
) -> tuple[Diagnostic, ...]:
    """The mistakes of a tree that has been read, and those found in its text on the way."""
    whole, found = resolved(file, load)
    every = (*of_text, *found, *mistakes_in_tree(whole.tree))
    return after_allowances(every, whole.comments, file.comments)


def book_from_text(source: Source, load: Load = no_parents) -> Book:
    """The book a text says. Raises Refusal with every diagnostic where there is an error."""
    book, found = _read(source, load)
    if book is None:
        raise Refusal(found)
    return book


def resolved_from_text(source: Source, load: Load = no_parents) -> Resolved:
    """The whole strategy with everything a variant's parents say, its rules not yet checked.

    Raises Refusal where it can't be put together.
    """
    whole, found = _whole(source, load)
    if has_errors(found):
        raise Refusal(found)
    return whole


def _read(source: Source, load: Load) -> tuple[Book | None, tuple[Diagnostic, ...]]:
    whole, found = _whole(source, load)
    book, more = book_from_tree(whole.tree)
    both = after_allowances((*found, *more), whole.comments, whole.tree.comments)
    return (None if has_errors(both) else book), both


def _whole(source: Source, load: Load) -> tuple[Resolved, tuple[Diagnostic, ...]]:
    file, found = tree_from_text(source)
    whole, more = resolved(file, load)
    return whole, (*found, *more)
