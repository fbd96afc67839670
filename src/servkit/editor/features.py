"""What the server answers to: one function for each message of the protocol."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.uris import to_fs_path

from servkit.book.problems import ServkitError
from servkit.editor import navigation, outline
from servkit.editor.completion import first, proposals
from servkit.editor.corrections import corrections
from servkit.editor.hover import hover
from servkit.editor.protocol import completion_item, diagnostic, document_symbol, range_of, symbol_kind
from servkit.editor.server import Server, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from servkit.editor.navigation import Named
    from servkit.editor.open_book import OpenBook
    from servkit.editor.text import Text

_FIX_ALL = lsp.CodeActionKind.SourceFixAll


def make_server(cache: Path | None, today: Callable[[str], date]) -> Server:
    """The server with all it can do. ``cache`` is the folder for compiled books; ``today`` gives the day in a zone."""
    server = Server(cache, today)
    for add in (_texts, _names, _lists, _writing):
        add(server)
    return server


def _at(server: Server, params: Any) -> tuple[OpenBook, str, Text, int] | None:
    """The book, the path, the text and the offset that a message is about; None where it is about no book."""
    place = server.place(params.text_document.uri)
    if place is None or place[0].settings is None:
        return None
    text = server.text(*place)
    return *place, text, text.offset(params.position.line, params.position.character)


def _texts(server: Server) -> None:
    """Opening, changing, saving and closing."""

    @server.feature(lsp.INITIALIZED)
    def initialized(_params: lsp.InitializedParams) -> None:
        server.prepare()
        if server.process_id:
            server.watch(server.process_id)
        for folder in server.workspace.folders.values():
            name = to_fs_path(folder.uri)
            book = server.books.opened(Path(name)) if name else None
            if book is not None:
                server.check_later(book, 0)
        workspace = server.client_capabilities.workspace
        watched = workspace.did_change_watched_files if workspace is not None else None
        if watched is not None and watched.dynamic_registration:
            globs = [lsp.FileSystemWatcher(f"**/*.{ending}") for ending in ("yaml", "yml", "csv", "tsv", "xlsx")]
            options = lsp.DidChangeWatchedFilesRegistrationOptions(globs)
            registration = lsp.Registration("files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            server.client_register_capability(lsp.RegistrationParams([registration]))

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        server.take(params.text_document.uri, params.text_document.text)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        server.take(uri, server.workspace.get_text_document(uri).source)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        place = server.place(params.text_document.uri)
        if place is not None:
            server.check_later(place[0])

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        place = server.place(params.text_document.uri)
        server.texts.pop(params.text_document.uri, None)
        if place is not None:
            place[0].close(place[1])
            server.check_later(place[0], 0)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched_changed(params: lsp.DidChangeWatchedFilesParams) -> None:
        names = [name for change in params.changes if (name := to_fs_path(change.uri))]
        for book in {id(book): book for name in names for book in server.books.containing(Path(name).parent)}.values():
            server.check_later(book)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders_changed(params: lsp.DidChangeWorkspaceFoldersParams) -> None:
        for folder in params.event.added:
            name = to_fs_path(folder.uri)
            book = server.books.opened(Path(name)) if name else None
            if book is not None:
                server.check_later(book, 0)


def _names(server: Server) -> None:
    """What a name stands for, where it is used, and another one for it."""

    def location(book: OpenBook, named: Named) -> lsp.Location:
        return lsp.Location(
            server.uri(book, named.path), range_of(server.text(book, named.path), named.start, named.end)
        )

    def named_at(params: Any) -> tuple[OpenBook, Text, Named] | None:
        at = _at(server, params)
        if at is None:
            return None
        book, path, text, offset = at
        named = navigation.name_at(book, path, offset)
        return (book, text, named) if named is not None else None

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hovered(params: lsp.HoverParams) -> lsp.Hover | None:
        at = _at(server, params)
        if at is None:
            return None
        book, path, text, offset = at
        found = hover(book, path, offset, server.today(book.book.settings.timezone).toordinal())
        if found is None:
            return None
        content = lsp.MarkupContent(lsp.MarkupKind.Markdown, found.text)
        return lsp.Hover(content, range_of(text, found.start, found.end))

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def definition(params: lsp.DefinitionParams) -> list[lsp.Location]:
        found = named_at(params)
        return (
            []
            if found is None
            else [location(found[0], one) for one in navigation.declarations(found[0], found[2].symbol)]
        )

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def references(params: lsp.ReferenceParams) -> list[lsp.Location]:
        found = named_at(params)
        if found is None:
            return []
        uses = navigation.uses(found[0], found[2].symbol)
        wanted = params.context.include_declaration
        return [location(found[0], one) for one in uses if wanted or not one.occurrence.declares]

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare(params: lsp.PrepareRenameParams) -> lsp.PrepareRenamePlaceholder | None:
        found = named_at(params)
        if found is None:
            return None
        _, text, named = found
        return lsp.PrepareRenamePlaceholder(range_of(text, named.start, named.end), named.occurrence.word)

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    def renamed(params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        found = named_at(params)
        if found is None:
            return None
        book, _, named = found
        try:
            renaming = navigation.rename(book, named.symbol, params.new_name)
        except ServkitError as fault:
            raise refused(fault) from fault
        changes = {}
        for file in renaming.files:
            text = server.text(book, file.path)
            edits = [lsp.TextEdit(range_of(text, start, end), new) for start, end, new in file.edits]
            changes[server.uri(book, file.path)] = edits
        return lsp.WorkspaceEdit(changes=changes)


def _lists(server: Server) -> None:
    """The parts of a file and of the books, and what can be folded."""

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def document_symbols(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        place = server.place(params.text_document.uri)
        if place is None:
            return []
        text = server.text(*place)
        return [document_symbol(part, text) for part in outline.parts_of(place[1], text.raw)]

    @server.feature(lsp.WORKSPACE_SYMBOL)
    def workspace_symbols(params: lsp.WorkspaceSymbolParams) -> list[lsp.WorkspaceSymbol]:
        out = []
        for book in server.books:
            for one in outline.search(book, params.query):
                start = lsp.Position(max(one.line - 1, 0), max(one.column - 1, 0))
                location = lsp.Location(server.uri(book, one.path), lsp.Range(start, start))
                out.append(lsp.WorkspaceSymbol(location, one.name, symbol_kind(one.kind), container_name=one.kind))
        return out

    @server.feature(lsp.TEXT_DOCUMENT_FOLDING_RANGE)
    def folding(params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange]:
        place = server.place(params.text_document.uri)
        return [] if place is None else [lsp.FoldingRange(*lines) for lines in outline.folds(server.text(*place))]


def _writing(server: Server) -> None:
    """What may come next, and what can be corrected."""

    @server.feature(
        lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[".", ":", " ", "{", "[", ","])
    )
    def completion(params: lsp.CompletionParams) -> lsp.CompletionList:
        at = _at(server, params)
        if at is None:
            return lsp.CompletionList(is_incomplete=True, items=[])
        book, path, text, offset = at
        found = proposals(book, path, text.body, offset)
        shown = first(found)
        end = text.end_of_name(offset)
        items = [completion_item(one, place, text, offset, end) for place, one in enumerate(shown)]
        return lsp.CompletionList(is_incomplete=len(found) > len(shown), items=items)

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix, _FIX_ALL]),
    )
    def actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        place = server.place(params.text_document.uri)
        return [] if place is None else list(_actions(server, *place, params))


def _actions(server: Server, book: OpenBook, path: str, params: lsp.CodeActionParams) -> Iterator[lsp.CodeAction]:
    text, uri = server.text(book, path), params.text_document.uri
    only = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
    findings = book.findings(path)
    lines = range(params.range.start.line, params.range.end.line + 1)
    if not only or any("quickfix".startswith(kind) for kind in only):
        here = [one for one in findings if text.position(text.offset_of_place(one.line, one.column))[0] in lines]
        for one in corrections(text, here, lambda raw: book.look_at(path, raw)):
            edits = [lsp.TextEdit(range_of(text, start, end), new) for start, end, new in one.changes]
            yield lsp.CodeAction(
                one.label,
                lsp.CodeActionKind.QuickFix,
                diagnostics=[diagnostic(one.finding, text)],
                is_preferred=True,
                edit=lsp.WorkspaceEdit(changes={uri: edits}),
            )
    if any(_FIX_ALL.value.startswith(kind) for kind in only):
        fixable = [one for one in findings if one.fix is not None]
        safe = [one for one in corrections(text, fixable, lambda _: ()) if one.is_safe]
        edits = [lsp.TextEdit(range_of(text, start, end), new) for one in safe for start, end, new in one.changes]
        if edits:
            yield lsp.CodeAction("Apply safe fixes", _FIX_ALL, edit=lsp.WorkspaceEdit(changes={uri: edits}))
