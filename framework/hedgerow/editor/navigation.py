"""Where a name is declared, and everywhere it is used."""

from __future__ import annotations

from msgspec import Struct

from hedgerow.book.names import Names
from hedgerow.book.variant import MOST_PARENTS
from hedgerow.editor.document import Document
from hedgerow.editor.shipped import shipped_declaration
from hedgerow.editor.symbols import Family, Occurrence, Symbol, occurrence_at, occurrences, resolve
from hedgerow.language import tree
from hedgerow.text.parents import NoParent
from hedgerow.text.source import Span


def definition(document: Document, offset: int) -> Span | None:
    """Where the name under the cursor is declared: in this text, in that of a parent, or in what
    is `shipped`.
    """
    known = occurrence_at(document, offset)
    if known is not None:
        return declaration(document, known.symbol)
    name = document.node_at(offset, tree.Name)
    if name is None:
        return None
    return _in_parents(document, name) or shipped_declaration(name.parts[0])


def declaration(document: Document, symbol: Symbol) -> Span | None:
    found = (each for each in occurrences(document) if each.symbol == symbol and each.declares)
    own = next((each.span for each in found), None)
    return own or _inherited(document.names, symbol)


def _inherited(names: Names, symbol: Symbol) -> Span | None:
    """The place in the text of a parent."""
    match symbol.family:
        case Family.VALUE if symbol.name in names.values:
            return names.values[symbol.name].name_span
        case Family.SHOCK if symbol.name in names.shocks:
            return names.shocks[symbol.name].name_span
        case Family.STRUCTURE if symbol.name in names.structures:
            return names.structures[symbol.name].name_span
        case Family.SERIES if symbol.name in names.series:
            return names.series[symbol.name].span
        case Family.RULE:
            path = f"{symbol.within}.{symbol.name}" if symbol.within else symbol.name
            return names.rules[path].name_span if path in names.rules else None
        case _:
            return None


def uses(document: Document, offset: int) -> tuple[Occurrence, ...]:
    """Every occurrence of the name under the cursor, its declaration included."""
    known = occurrence_at(document, offset)
    if known is None:
        return ()
    return tuple(each for each in occurrences(document) if each.symbol == known.symbol)


class OutlineItem(Struct, frozen=True):
    """A statement with a name, for the outline of a file."""

    name: str
    detail: str
    span: Span
    name_span: Span
    children: tuple[OutlineItem, ...] = ()


def outline(document: Document) -> tuple[OutlineItem, ...]:
    items = []
    for statement in document.tree.statements:
        match statement:
            case tree.Layers():
                layers = tuple(_item(document, each, "layer") for each in statement.layers)
                items.append(_item(document, statement, "layers", layers))
            case tree.Param() | tree.Let() | tree.Shock() | tree.Structure() | tree.Entry():
                items.append(_item(document, statement, type(statement).__name__.lower()))
    return tuple(items)


Named = tree.Param | tree.Let | tree.Shock | tree.Structure | tree.Entry | tree.Layers | tree.Layer


def _item(
    document: Document, node: Named, detail: str, children: tuple[OutlineItem, ...] = ()
) -> OutlineItem:
    span, name_span = document.at(node.span), document.at(node.name_span)
    return OutlineItem(node.name, detail, span.to(name_span), name_span, children)


def _in_parents(document: Document, name: tree.Name) -> Span | None:
    """The declaration, in the nearest parent that has one, of what this file leaves out."""
    header, load = document.tree.header, document.load
    for _ in range(MOST_PARENTS):
        if header is None or header.parent is None:
            return None
        parent = load(header.parent)
        if isinstance(parent, NoParent):
            return None
        above = Document(parent.source.name, parent.source.text)
        found = resolve(above.names, name.parts)
        if found:
            place = declaration(above, found[-1])
            return Span(parent.source, place.start, place.stop) if place else None
        header, load = above.tree.header, parent.load
    return None
