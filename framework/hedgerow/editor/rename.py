"""Another name for a thing of a file, at its declaration and wherever it is used."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from hedgerow.editor.document import Document
from hedgerow.editor.navigation import uses
from hedgerow.editor.symbols import Family, Occurrence, Symbol, occurrence_at, occurrences
from hedgerow.language.characters import LONGEST_NAME
from hedgerow.language.vocabulary import keywords
from hedgerow.text.diagnostic import Edit
from hedgerow.text.source import Span
from hedgerow.vocabulary import WORDS

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_FIXED = {
    Family.SERIES: "a series is called as its data is",
    Family.CALENDAR: "a calendar is called as its data is",
}


class Refused(Struct, frozen=True):
    """Why a name can't be given."""

    why: str


def renamable(document: Document, offset: int) -> Span | Refused:
    """The word that would be renamed."""
    known = occurrence_at(document, offset)
    if known is None:
        return Refused("only what a file declares can be renamed")
    if known.symbol.family in _FIXED:
        return Refused(_FIXED[known.symbol.family])
    if not any(each.declares for each in uses(document, offset)):
        return Refused(f"`{known.symbol.name}` is not declared in this file")
    return known.span


def rename(document: Document, offset: int, name: str) -> tuple[Edit, ...] | Refused:
    """The edits that give another name, or why it can't be had. The meaning stays, by check."""
    span = renamable(document, offset)
    if isinstance(span, Refused):
        return span
    refused = _not_a_name(name)
    if refused is not None:
        return refused
    found = uses(document, offset)
    edits = tuple(Edit(each.span, name) for each in found)
    renamed = Document(document.source.name, _edited(document.source.text, edits))
    if not _same(document, renamed, found[0].symbol, name):
        return Refused(f"`{name}` is taken: some place would come to mean something else")
    return edits


def _not_a_name(name: str) -> Refused | None:
    if name in keywords():
        return Refused(f"`{name}` is a word of the language")
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        return Refused("a name is made of small letters, digits and _, and starts with a letter")
    if name in WORDS:
        return Refused(f"`{name}` is a word of the vocabulary")
    return None


def _edited(text: str, edits: tuple[Edit, ...]) -> str:
    for edit in sorted(edits, key=lambda each: each.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.stop :]
    return text


def _same(before: Document, after: Document, symbol: Symbol, name: str) -> bool:
    """Whether every name means after the renaming what it meant before, and no mistake is new."""
    expected = [_renamed(each, symbol, name) for each in occurrences(before)]
    now = [(each.symbol, each.declares) for each in occurrences(after)]
    codes = sorted(each.code for each in before.diagnostics)
    return expected == now and codes == sorted(each.code for each in after.diagnostics)


def _renamed(each: Occurrence, symbol: Symbol, name: str) -> tuple[Symbol, bool]:
    """An occurrence as it must be found in the renamed text."""
    if each.symbol == symbol:
        return replace(symbol, name=name), each.declares
    within = each.symbol.within
    path = f"{symbol.within}.{symbol.name}" if symbol.within else symbol.name
    if symbol.family in (Family.RULE, Family.STRUCTURE) and within == path:
        within = path[: len(path) - len(symbol.name)] + name
    elif symbol.family is Family.STACK and within.partition(".")[0] == symbol.name:
        within = name + within[len(symbol.name) :]
    return replace(each.symbol, within=within), each.declares
