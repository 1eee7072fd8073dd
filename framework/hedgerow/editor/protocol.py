"""Our answers in the shapes of the language server protocol, in an editor's own positions."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from pathlib import Path

from lsprotocol import types as lsp

from hedgerow.editor.document import Document
from hedgerow.editor.fixes import Offer
from hedgerow.editor.navigation import OutlineItem
from hedgerow.editor.positions import Positions
from hedgerow.editor.proposals import Proposal, Sort
from hedgerow.text.diagnostic import Diagnostic, Edit, Severity
from hedgerow.text.source import Span

_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTE: lsp.DiagnosticSeverity.Information,
}
_UNUSED = ("R504",)
_SORTS = {
    Sort.KEYWORD: lsp.CompletionItemKind.Keyword,
    Sort.VALUE: lsp.CompletionItemKind.Constant,
    Sort.SERIES: lsp.CompletionItemKind.Variable,
    Sort.CALENDAR: lsp.CompletionItemKind.Event,
    Sort.RULE: lsp.CompletionItemKind.Module,
    Sort.STRUCTURE: lsp.CompletionItemKind.Struct,
    Sort.INDICATOR: lsp.CompletionItemKind.Function,
    Sort.MEASURE: lsp.CompletionItemKind.Property,
    Sort.ARGUMENT: lsp.CompletionItemKind.Field,
    Sort.UNIT: lsp.CompletionItemKind.Unit,
    Sort.SHOCK: lsp.CompletionItemKind.Constant,
}


class Gaps(Enum):
    """Whether an editor walks a person through the gaps of a line."""

    FILLED_IN = "filled in"
    LEFT_OUT = "left out"


class Answer:
    """Spans of one document as an editor wants to have them."""

    def __init__(self, uri: str, document: Document, positions: Positions) -> None:
        self.uri = uri
        self.document = document
        self.positions = positions

    def range(self, span: Span) -> lsp.Range:
        start, stop = (self.positions.position(each) for each in (span.start, span.stop))
        return lsp.Range(
            lsp.Position(start.line, start.column), lsp.Position(stop.line, stop.column)
        )

    def location(self, span: Span) -> lsp.Location:
        """In this file, or in the one a span was inherited from."""
        if self.document.owns(span):
            return lsp.Location(self.uri, self.range(span))
        there = Answer("", self.document, self.positions.of(span.source.text))
        return lsp.Location(Path(span.source.name).absolute().as_uri(), there.range(span))

    def diagnostic(self, found: Diagnostic) -> lsp.Diagnostic:
        related = [
            lsp.DiagnosticRelatedInformation(self.location(each.span), each.text)
            for each in found.labels
        ]
        more = [
            *(f"note: {each}" for each in found.notes),
            *(f"help: {each}" for each in found.help),
        ]
        unused = found.code in _UNUSED and not found.labels  # a label: unused in another file
        return lsp.Diagnostic(
            range=self.range(found.span),
            message="\n".join([found.message, *more]),
            severity=_SEVERITIES[found.severity],
            code=found.code,
            source="hedgerow",
            tags=[lsp.DiagnosticTag.Unnecessary] if unused else None,
            related_information=related or None,
        )

    def change(self, edits: Iterable[Edit]) -> lsp.WorkspaceEdit:
        changed = [lsp.TextEdit(self.range(each.span), each.text) for each in edits]
        return lsp.WorkspaceEdit(changes={self.uri: changed})

    def action(self, offer: Offer) -> lsp.CodeAction:
        return lsp.CodeAction(
            title=offer.title,
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[self.diagnostic(offer.mistake)],
            is_preferred=offer.safe,
            edit=self.change(offer.fix.edits),
        )

    def symbol(self, item: OutlineItem) -> lsp.DocumentSymbol:
        kind = lsp.SymbolKind.Namespace if item.children else lsp.SymbolKind.Object
        return lsp.DocumentSymbol(
            name=item.name,
            detail=item.detail,
            kind=kind,
            range=self.range(item.span),
            selection_range=self.range(item.name_span),
            children=[self.symbol(each) for each in item.children],
        )


def item(found: Proposal, order: int, replaced: lsp.Range, gaps: Gaps) -> lsp.CompletionItem:
    """A proposal, the likeliest first whatever their letters."""
    line = found.line or found.label
    filled = "$" in line and gaps is Gaps.FILLED_IN
    text = line if filled or "$" not in line else found.label
    return lsp.CompletionItem(
        label=found.label,
        kind=_SORTS[found.sort],
        detail=found.detail or None,
        documentation=found.says or None,
        sort_text=f"{order:04}",
        filter_text=found.label,
        text_edit=lsp.TextEdit(replaced, text),
        insert_text_format=(
            lsp.InsertTextFormat.Snippet if filled else lsp.InsertTextFormat.PlainText
        ),
    )
