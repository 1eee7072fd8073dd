"""Tree to explanation: the whole file in plain English."""

from __future__ import annotations

from collections.abc import Iterator

from hedgerow.book.explain.closing import closing
from hedgerow.book.explain.explanation import Explanation, Section, Sentence
from hedgerow.book.explain.phrasing import Phrasing
from hedgerow.book.explain.scope import scope_of
from hedgerow.book.explain.statements import Heading, statement_told
from hedgerow.language.tree import Header, Statement, Tree


def explained(file: Tree, whole: Tree | None = None) -> Explanation:
    """Everything a file says and implies, a sentence a rule; equal trees read the same.

    `whole`: for a variant, the strategy that it and its parents make together; without it only
    the changes are told. Complete: every number, name and text of the tree stands in a sentence.
    Total: what can be read can be explained, whether or not it passes its checks.
    """
    strategy = whole or file
    scope = scope_of(strategy)
    say = Phrasing(scope)
    gathered: dict[Heading, list[Sentence]] = {heading: [] for heading in Heading}
    for statement in (*_changes(file, strategy), *strategy.statements):
        heading, sentence = statement_told(say, statement)
        gathered[heading].append(sentence)
    sections = [
        Section(heading, tuple(sentences)) for heading, sentences in gathered.items() if sentences
    ]
    about = _about(file.header)
    first = [Section("About", about)] if about else []
    title = f"{file.header.name} {file.header.version}" if file.header else "A file without a name"
    return Explanation(title, (*first, *sections, *closing(strategy, scope)))


def _changes(file: Tree, strategy: Tree) -> Iterator[Statement]:
    """What a variant says, where its strategy is told as well."""
    if file.header is not None and file.header.kind == "variant" and strategy is not file:
        yield from file.statements


def _about(header: Header | None) -> tuple[Sentence, ...]:
    if header is None:
        return ()
    found = []
    if header.doc is not None:
        found.append(Sentence(header.doc, span=header.span))
    if header.parent is not None:
        text = f'It is a variant of "{header.parent}": what it changes stands below.'
        found.append(Sentence(text, span=header.span))
    return tuple(found)
