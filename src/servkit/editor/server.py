"""The language server: the protocol's messages on one side, books and texts on the other."""

from __future__ import annotations

import asyncio
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from servkit.book.problems import ServkitError
from servkit.editor.books import Books
from servkit.editor.protocol import diagnostic
from servkit.editor.shapes import shapes_of
from servkit.editor.text import Text
from servkit.schema import names
from servkit.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from servkit.editor.open_book import OpenBook

#: How long nothing may have changed before the whole book is checked.
_QUIET_SECONDS = 0.3
#: How often it is looked whether the editor is still there.
_LIFE_SECONDS = 5.0
#: A check of the whole book must not keep an answer waiting for longer than this.
_SWITCH_SECONDS = 0.001


class Stopped(Exception):  # noqa: N818 - not a fault
    """A check is of no use any more, because the book has changed."""


class Server(LanguageServer):
    """A server for all books of which somebody has a file open. ``today`` gives the day in a time zone."""

    def __init__(self, cache: Path | None, today: Callable[[str], date]) -> None:
        super().__init__("servkit", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
        self.books, self.today = Books(cache, today), today
        self._worker = ThreadPoolExecutor(1, "check")
        self._checks: dict[Path, tuple[asyncio.Task[None], Event]] = {}
        #: The texts that are open, and what was last said of each file.
        self.texts: dict[str, Text] = {}
        self._told: dict[str, Any] = {}
        sys.setswitchinterval(_SWITCH_SECONDS)

    # --- files and texts ---------------------------------------------------------------------------------------

    @property
    def units(self) -> str:
        """How the client counts characters."""
        return str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding) or "utf-16")

    def place(self, uri: str) -> tuple[OpenBook, str] | None:
        """The book that a file belongs to and its path in it; None for what is no file of a book."""
        name = to_fs_path(uri) if uri.startswith("file:") else None
        return self.books.of(Path(os.path.normpath(name))) if name else None

    def uri(self, book: OpenBook, path: str) -> str:
        """The address of a file, as the editor wrote it where it has it open."""
        file = str(book.root / path)
        return next((uri for uri in self.texts if to_fs_path(uri) == file), None) or from_fs_path(file) or ""

    def text(self, book: OpenBook, path: str) -> Text:
        """A file as it is now, saved or not."""
        open_ = self.texts.get(self.uri(book, path))
        return open_ or Text((book.read(path) or b"").decode("utf-8", "replace"), self.units)

    # --- what is wrong -----------------------------------------------------------------------------------------

    def take(self, uri: str, source: str) -> None:
        """A text from the editor: what can be said at once is said at once, and the rest a moment later."""
        self.texts[uri] = text = Text(source, self.units)
        place = self.place(uri)
        if place is None:
            return
        book, path = place
        book.change(path, text.raw)
        self.tell(book, path)
        self.check_later(book)

    def tell(self, book: OpenBook, path: str) -> None:
        """Send what is wrong with a file, where it is not what was last sent."""
        uri = self.uri(book, path)
        text = self.text(book, path)
        found = [diagnostic(finding, text) for finding in book.findings(path)]
        document = self.workspace.text_documents.get(uri)
        if self._told.get(uri, []) != found or uri in self.texts:
            self._told[uri] = found
            version = document.version if document is not None else None
            self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found, version))

    def check_later(self, book: OpenBook, seconds: float = _QUIET_SECONDS) -> None:
        """Check the whole book once nothing has changed for a while; a check that runs is ended."""
        running = self._checks.get(book.root)
        if running is not None:
            running[1].set()
            running[0].cancel()
        stop = Event()
        self._checks[book.root] = asyncio.ensure_future(self._check(book, stop, seconds)), stop

    async def _check(self, book: OpenBook, stop: Event, seconds: float) -> None:
        await asyncio.sleep(seconds)

        def pause() -> None:
            if stop.is_set():
                raise Stopped

        try:
            checked = await asyncio.get_running_loop().run_in_executor(self._worker, book.check, book.files, pause)
        except Stopped:
            return
        except ServkitError as fault:  # there is no book any more, or git or a database says no
            self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Warning, f"servkit: {fault}"))
            return
        if not stop.is_set():
            for path in sorted(book.adopt(checked)):
                self.tell(book, path)

    # --- the end -----------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Make what the first question would have to wait for, beside everything else."""
        self._worker.submit(lambda: [shapes_of(kind) for kind in (None, *names())])

    def watch(self, process: int) -> None:
        """End when the editor has: one that crashed cannot say so. On Windows nothing asks whether a process lives
        without a signal to it; there the end of stdin has to do."""
        if sys.platform == "win32":
            return
        asyncio.ensure_future(self._watch(process))  # noqa: RUF006 - it ends with the server

    async def _watch(self, process: int) -> None:
        while True:
            await asyncio.sleep(_LIFE_SECONDS)
            try:
                os.kill(process, 0)
            except ProcessLookupError:
                os._exit(1)
            except OSError:
                pass  # it is somebody else's

    def shutdown(self) -> None:
        """End, without waiting for a check."""
        for _, stop in self._checks.values():
            stop.set()
        self._worker.shutdown(wait=False, cancel_futures=True)
        super().shutdown()  # type: ignore[no-untyped-call]  # pygls has no types here


def refused(fault: ServkitError) -> JsonRpcInvalidParams:
    """What the editor shows of something that cannot be done."""
    return JsonRpcInvalidParams(message=str(fault))
