"""The language server protocol: what an editor asks, in its positions, and what we answer.

Everything that is to be known is known elsewhere in this folder, from a text and an offset.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from lsprotocol import types as lsp
from pygls import uris
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from hedgerow import __version__
from hedgerow.editor.completion import completions
from hedgerow.editor.document import Document
from hedgerow.editor.fixes import offers, safe_edits
from hedgerow.editor.hover import hover
from hedgerow.editor.layout import formatted
from hedgerow.editor.navigation import definition, outline, uses
from hedgerow.editor.positions import Position, Positions, Units
from hedgerow.editor.protocol import Answer, Gaps, item
from hedgerow.editor.rename import Refused, renamable, rename
from hedgerow.editor.shipped import shipped, shipped_copy
from hedgerow.text.parents import Load, no_parents, parents_of
from hedgerow.text.source import Source, Span

_REQUEST_FAILED = -32803
_FIX_ALL = lsp.CodeActionKind("source.fixAll")


class RuleServer(LanguageServer):
    """Open rule files, each in its last state."""

    def __init__(self) -> None:
        # Whole texts: rule files are small, and what counts as a line then is ours to say.
        super().__init__("hedgerow", __version__, lsp.TextDocumentSyncKind.Full)
        self._states: dict[str, Document] = {}

    def document(self, uri: str) -> Document:
        text = self.workspace.get_text_document(uri).source
        state = self._states.get(uri)
        if state is None or state.written != text:
            state = Document(_called(uri), text, state, self.parents(uri))
            self._states[uri] = state
        return state

    def forget(self, uri: str) -> None:
        self._states.pop(uri, None)

    def positions(self, text: str) -> Positions:
        return Positions(text, Units(self.workspace.position_encoding or Units.UTF16))

    def parents(self, uri: str) -> Load:
        """Reads the parents of a variant, as far as they lie in an open folder."""
        path = uris.to_fs_path(uri)
        if not path or not uri.startswith("file:"):
            return no_parents
        file = Path(path)
        roots = [Path(uris.to_fs_path(each) or "/") for each in self.workspace.folders]
        holding = [each for each in roots if file.is_relative_to(each)]
        return parents_of(file, path, holding[0] if holding else file.parent)

    def publish(self, uri: str) -> None:
        document = self.document(uri)
        answer = Answer(uri, document, self.positions(document.written))
        found = [answer.diagnostic(each) for each in document.diagnostics]
        version = self.workspace.get_text_document(uri).version
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found, version))

    def asked(self, uri: str, position: lsp.Position) -> tuple[Answer, int]:
        document = self.document(uri)
        positions = self.positions(document.written)
        offset = positions.offset(Position(position.line, position.character))
        return Answer(uri, document, positions), offset


def _failed(why: str) -> JsonRpcException:
    return JsonRpcException(why, _REQUEST_FAILED)


def _gaps(client: lsp.ClientCapabilities) -> Gaps:
    text = client.text_document
    known = text.completion.completion_item if text and text.completion else None
    return Gaps.FILLED_IN if known and known.snippet_support else Gaps.LEFT_OUT


def _called(uri: str) -> str:
    """How a person calls the file."""
    return uris.to_fs_path(uri) or uri


def rule_server() -> RuleServer:
    """A server that answers everything this folder knows; nothing is started."""
    server = RuleServer()
    _keep_up(server)
    _tell(server)
    _navigate(server)
    _change(server)
    _mend(server)
    return server


def serve() -> None:
    """Answer on standard input and output until the editor says goodbye.

    Whatever else is printed goes to standard error, where it can't come between two messages.
    """
    logging.getLogger("pygls").setLevel(logging.ERROR)
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_news)
    sys.stdout.flush()
    with os.fdopen(os.dup(0), "rb") as asked, os.fdopen(os.dup(1), "wb") as answered:
        os.dup2(2, 1)
        rule_server().start_io(asked, answered)


def _is_news(record: logging.LogRecord) -> bool:
    """Whether a line of the log says anything: a refusal was answered, and nothing broke."""
    error = record.exc_info[1] if record.exc_info else None
    return not (isinstance(error, JsonRpcException) and error.code == _REQUEST_FAILED)


def _keep_up(server: RuleServer) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        server.publish(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        server.publish(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        server.forget(uri)
        server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))


def _tell(server: RuleServer) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hovered(params: lsp.HoverParams) -> lsp.Hover | None:
        answer, offset = server.asked(params.text_document.uri, params.position)
        found = hover(answer.document, offset)
        if found is None:
            return None
        told = lsp.MarkupContent(lsp.MarkupKind.Markdown, found.text)
        return lsp.Hover(told, answer.range(found.span))

    @server.feature(
        lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[".", "(", " "])
    )
    def completed(params: lsp.CompletionParams) -> lsp.CompletionList:
        answer, offset = server.asked(params.text_document.uri, params.position)
        found = completions(answer.document, offset)
        replaced = answer.range(found.replaced)
        gaps = _gaps(server.client_capabilities)
        items = [item(each, order, replaced, gaps) for order, each in enumerate(found.proposals)]
        return lsp.CompletionList(is_incomplete=False, items=items)

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outlined(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        answer, _ = server.asked(params.text_document.uri, lsp.Position(0, 0))
        return [answer.symbol(each) for each in outline(answer.document)]


def _navigate(server: RuleServer) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def defined(params: lsp.DefinitionParams) -> lsp.Location | None:
        answer, offset = server.asked(params.text_document.uri, params.position)
        found = definition(answer.document, offset)
        if found is not None and found.source in shipped():
            copy = shipped_copy(found.source)
            source = Source(str(copy), found.source.text)
            found = Span(source, found.start, found.stop) if copy else None
        return answer.location(found) if found else None

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def used(params: lsp.ReferenceParams) -> list[lsp.Location]:
        answer, offset = server.asked(params.text_document.uri, params.position)
        asked = params.context.include_declaration
        found = uses(answer.document, offset)
        kept = [each for each in found if asked or not each.declares]
        return [lsp.Location(answer.uri, answer.range(each.span)) for each in kept]

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    def marked(params: lsp.DocumentHighlightParams) -> list[lsp.DocumentHighlight]:
        answer, offset = server.asked(params.text_document.uri, params.position)
        found = uses(answer.document, offset)
        return [lsp.DocumentHighlight(answer.range(each.span)) for each in found]


def _change(server: RuleServer) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepared(params: lsp.PrepareRenameParams) -> lsp.Range:
        answer, offset = server.asked(params.text_document.uri, params.position)
        span = renamable(answer.document, offset)
        if isinstance(span, Refused):
            raise _failed(span.why)
        return answer.range(span)

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    def renamed(params: lsp.RenameParams) -> lsp.WorkspaceEdit:
        answer, offset = server.asked(params.text_document.uri, params.position)
        edits = rename(answer.document, offset, params.new_name)
        if isinstance(edits, Refused):
            raise _failed(edits.why)
        return answer.change(edits)


def _mend(server: RuleServer) -> None:
    kinds = [lsp.CodeActionKind.QuickFix, _FIX_ALL]

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=kinds))
    def acted(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        answer, start = server.asked(params.text_document.uri, params.range.start)
        _, stop = server.asked(params.text_document.uri, params.range.end)
        found = [answer.action(each) for each in offers(answer.document, start, stop)]
        edits = safe_edits(answer.document)
        if edits:
            change = answer.change(edits)
            found.append(lsp.CodeAction("Apply every safe fix", _FIX_ALL, edit=change))
        return found

    @server.feature(lsp.TEXT_DOCUMENT_FORMATTING)
    def laid_out(params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit] | None:
        answer, _ = server.asked(params.text_document.uri, lsp.Position(0, 0))
        text = formatted(answer.document)
        if text is None or text == answer.document.written:
            return None
        whole = Span(answer.document.source, 0, len(answer.document.written))
        return [lsp.TextEdit(answer.range(whole), text)]
