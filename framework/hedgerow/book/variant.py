"""Variants become strategies: a file, its parent and its parent's parent as one tree.

Every node keeps the span of the file it came from, so whatever is said of it later points there.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache

from msgspec import Struct, structs

from hedgerow.book.changes import Change, Changes, unmarked
from hedgerow.language import tree
from hedgerow.language.characters import MOST_CHARACTERS
from hedgerow.language.from_text import tree_from_text
from hedgerow.language.tree import Comment, Tree
from hedgerow.text.diagnostic import Diagnostic, Label, has_errors, replace
from hedgerow.text.parents import Load, NoParent
from hedgerow.text.source import Source, Span

MOST_PARENTS = 2


class Resolved(Struct, frozen=True):
    """A whole strategy, and how it came to be."""

    tree: Tree  # of kind `strategy`; holds a Broken where something could not be resolved
    changes: tuple[Change, ...]  # those of the eldest variant first
    comments: tuple[Comment, ...]  # of all of them


def resolved(file: Tree, load: Load) -> tuple[Resolved, tuple[Diagnostic, ...]]:
    """The file with everything its parents say, and what is wrong in doing so.

    A strategy is its own whole. Mistakes in the text of a parent are reported as its own.
    """
    family, found = _family(file, load)
    comments = tuple(comment for each in family for comment in each.comments)
    if has_errors(found):
        lost = tree.Broken(span=Span(file.source, 0, len(file.source.text)))
        return Resolved(_as_strategy(file, None, (lost,)), (), comments), found
    whole, more = _own_whole(family[-1])
    changes: list[Change] = []
    diagnostics = [*found, *more]
    for variant in reversed(family[:-1]):
        whole, made, more = _varied(whole, variant)
        changes += made
        diagnostics += more
    return Resolved(whole, tuple(changes), comments), tuple(diagnostics)


def _family(file: Tree, load: Load) -> tuple[list[Tree], tuple[Diagnostic, ...]]:
    """The file and its parents, as far as they can be read; the last one is a strategy."""
    family = [file]
    diagnostics: list[Diagnostic] = []
    while (header := family[-1].header) is not None and header.parent is not None:
        at = _path_span(header)
        if len(family) > MOST_PARENTS:
            most = MOST_PARENTS
            message = f"this is parent number {most + 1}; a variant has at most {most} above it"
            help = ("copy what is needed of the middle ones into one variant",)
            return family, (*diagnostics, Diagnostic("V403", message, at, help=help))
        found = load(header.parent)
        if isinstance(found, NoParent):
            refused = Diagnostic(found.code, found.message, at, help=(found.help,))
            return family, (*diagnostics, refused)
        circle = _circle(family, found.source, at)
        if circle is not None:
            return family, (*diagnostics, circle)
        long = _too_long(family, found.source, at)
        if long is not None:
            return family, (*diagnostics, long)
        parent, mistakes = _read(found.source)
        family.append(parent)
        diagnostics += mistakes
        if has_errors(mistakes):
            break
        load = found.load
    return family, tuple(diagnostics)


def _too_long(family: list[Tree], parent: Source, at: Span) -> Diagnostic | None:
    """A strategy in several files is held to the length of one: the time it takes is the same."""
    texts = [*(each.source.text for each in family), parent.text]
    size = sum(map(len, texts))
    if size <= MOST_CHARACTERS:
        return None
    return Diagnostic(
        "V402", f"the parent can't be read: the {len(texts)} files of this strategy have "
        f"{size:,} characters, more than the {MOST_CHARACTERS:,} allowed", at,
        help=("keep in each file only what differs from its parent",),
    )  # fmt: skip


@lru_cache(maxsize=2 * MOST_PARENTS)
def _read(parent: Source) -> tuple[Tree, tuple[Diagnostic, ...]]:
    """Kept, because an editor asks for the same parents at every keystroke."""
    return tree_from_text(parent)


def _circle(family: list[Tree], parent: Source, at: Span) -> Diagnostic | None:
    name = posixpath.normpath(parent.name)
    names = [posixpath.normpath(each.source.name) for each in family]
    if name not in names:
        return None
    way = " -> ".join([*names[names.index(name) :], name])
    return Diagnostic(
        "V404", f"`{name}` is its own parent: {way}", at,
        help=("one of them has to be a strategy",),
    )  # fmt: skip


def _path_span(header: tree.Header) -> Span:
    """Where the path of the parent is written, with its quotes."""
    span, after = header.span, header.name_span.stop
    start = span.source.text.find(header.parent or "", after, span.stop)
    return Span(span.source, start - 1, start + len(header.parent or "") + 1)


def _own_whole(file: Tree) -> tuple[Tree, list[Diagnostic]]:
    """A strategy has nothing to change; lines that try are reported and left out."""
    found = []
    kept: list[tree.Statement] = []
    for statement in file.statements:
        if isinstance(statement, tree.Set | tree.Drop | tree.Add):
            word = type(statement).__name__.lower()
            if file.header is not None:
                found.append(Diagnostic(
                    "V411", f"`{word}` changes a parent, and a strategy has none",
                    _first_word(statement.span, word),
                    help=('begin the file with `variant NAME 1.0.0 of "PARENT.rules"`',),
                ))  # fmt: skip
            kept.append(tree.Broken(span=statement.span))
        else:
            kept.append(statement)
    return structs.replace(file, statements=tuple(kept)), found


def _varied(parent: Tree, variant: Tree) -> tuple[Tree, list[Change], list[Diagnostic]]:
    changes = Changes(parent)
    found = [_unmarked(statement, word) for statement, word in unmarked(variant.statements)]
    own = [each for each in variant.statements if isinstance(each, tree.Declare)]
    whole = changes.carried_out(variant.statements)
    found += changes.found
    changes.made.extend(Change(each.keyword, None, each, each.span) for each in own)
    lost = [each for each in variant.statements if isinstance(each, tree.Broken)]
    lost += [tree.Broken(span=each.span) for each in found if has_errors([each])]
    heads = [at for at, each in enumerate(whole.statements, 1) if isinstance(each, tree.Declare)]
    head = heads[-1] if heads else 0
    statements = (*whole.statements[:head], *own, *whole.statements[head:], *lost)
    return _as_strategy(variant, parent, statements), changes.made, found


def _unmarked(statement: tree.Statement, word: str) -> Diagnostic:
    at = Span(statement.span.source, statement.span.start, statement.span.start)
    written = _first_word(statement.span, statement.span.text.split(None, 1)[0])
    fix = replace(f"write `{word}` before it", at, f"{word} ")
    return Diagnostic(
        "V412", f"a variant says `{word}` before what it changes", written,
        (Label(written, f"`{word}` is missing here"),), fixes=(fix,),
    )  # fmt: skip


def _as_strategy(file: Tree, parent: Tree | None, statements: tuple[tree.Statement, ...]) -> Tree:
    """The tree under the variant's own name and version, and its words if it has any."""
    header = file.header
    parents = () if parent is None else (parent.source, *parent.parents)
    if header is not None and header.parent is not None:
        said = parent.header.doc if parent is not None and parent.header is not None else None
        doc = header.doc if header.doc is not None else said
        header = structs.replace(header, kind="strategy", parent=None, doc=doc)
    return structs.replace(file, header=header, statements=statements, parents=parents)


def _first_word(span: Span, word: str) -> Span:
    return Span(span.source, span.start, min(span.stop, span.start + len(word)))
