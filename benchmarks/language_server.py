"""How long does an author wait for the editor, from a key to the findings and to what may come next?

python benchmarks/language_server.py [DOCUMENTS]

A client of pygls speaks to ``servkit lsp`` and, in turn, to a server of pygls that only sends back as much as it is
asked for (the echo). Both get the same texts at the pace of somebody who types fast and stops now and then, so that the
check of the whole book runs beside it.
"""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generate import generate
from lsprotocol import types as lsp
from pairs import SERVKIT, environment
from pygls.lsp.client import LanguageClient

if TYPE_CHECKING:
    from collections.abc import Sequence

DOCUMENTS, EDITS = 2_000, 60
#: Targets in seconds, for 95 of 100 answers.
FINDINGS, COMPLETION = 0.050, 0.015
#: Somebody types for a while, and then stops for long enough for the whole book to be checked.
_KEY_SECONDS, _PAUSE_SECONDS, _KEYS = 0.15, 1.5, 12
ECHO = """
from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

server = LanguageServer("echo", "1", text_document_sync_kind=lsp.TextDocumentSyncKind.Full)


def publish(params):
    document = params.text_document
    server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(document.uri, [], document.version))


server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)(publish)
server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)(publish)
server.feature(lsp.TEXT_DOCUMENT_COMPLETION)(lambda params: [lsp.CompletionItem("title")])
server.start_io()
"""


class Waited(NamedTuple):
    """Seconds from each edit to its findings, and from each question to its answer."""

    findings: list[float]
    completion: list[float]


class Editor:
    """One editor with one server, and the text of one document."""

    def __init__(self, command: Sequence[str], book: Path, file: Path, cache: Path) -> None:
        self._command, self._book, self._uri, self._cache = command, book, file.as_uri(), cache
        self._text, self._version = file.read_text("utf-8"), 0
        self._client = LanguageClient("bench", "1")
        self._told: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()
        told = self._told

        def publish(params: lsp.PublishDiagnosticsParams) -> None:
            told.put_nowait(params)

        self._client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(publish)
        self.waited = Waited([], [])

    async def start(self) -> None:
        await self._client.start_io(*self._command, env=environment(self._cache))
        folders = [lsp.WorkspaceFolder(self._book.as_uri(), "book")]
        await self._client.initialize_async(lsp.InitializeParams(lsp.ClientCapabilities(), workspace_folders=folders))
        self._client.initialized(lsp.InitializedParams())
        self._client.text_document_did_open(
            lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(self._uri, "yaml", 0, self._text))
        )
        with contextlib.suppress(asyncio.TimeoutError):  # until the book has been checked once
            while True:
                await asyncio.wait_for(self._told.get(), 8)

    async def edit(self) -> None:
        """One key, what is wrong then, and what may come next."""
        self._version += 1
        text = f"{self._text}tags: [t{self._version}]\n\n"
        begun = time.perf_counter()
        document = lsp.VersionedTextDocumentIdentifier(self._version, self._uri)
        changes = [lsp.TextDocumentContentChangeWholeDocument(text)]
        self._client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, changes))
        while (await self._told.get()).version != self._version:
            pass
        self.waited.findings.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        place = lsp.Position(text.count("\n") - 1, 0)
        params = lsp.CompletionParams(lsp.TextDocumentIdentifier(self._uri), place)
        assert await self._client.text_document_completion_async(params)
        self.waited.completion.append(time.perf_counter() - begun)

    async def stop(self) -> None:
        await self._client.shutdown_async(None)
        self._client.exit(None)
        await self._client.stop()  # type: ignore[no-untyped-call]


async def measure(book: Path, work: Path) -> tuple[Waited, Waited]:
    """What an author waits for servkit and for the echo, edit by edit in turn."""
    (work / "echo.py").write_text(ECHO, "utf-8")
    file = min((book / "policys").glob("*.yaml"))
    commands = ([SERVKIT, "lsp"], [sys.executable, str(work / "echo.py")])
    editors = [Editor(command, book, file, work / "cache") for command in commands]
    for editor in editors:
        await editor.start()
    for number in range(EDITS):
        for editor in editors:
            await editor.edit()
        await asyncio.sleep(_PAUSE_SECONDS if number % _KEYS == _KEYS - 1 else _KEY_SECONDS)
    for editor in editors:
        await editor.stop()
    return editors[0].waited, editors[1].waited


def late(seconds: Sequence[float]) -> float:
    """What 95 of 100 do not exceed."""
    return statistics.quantiles(seconds, n=20)[-1]


def show(name: str, ours: Sequence[float], echo: Sequence[float], target: float) -> None:
    """One line: median and 95 of 100, the same of the echo, and their ratio."""
    verdict = "reached" if late(ours) <= target else "missed"
    figures = (statistics.median(ours), late(ours), statistics.median(echo), late(echo))
    shown = "".join(f"{1e3 * figure:9.1f}" for figure in figures)
    print(f"{name:24}{shown}{statistics.median(ours) / statistics.median(echo):8.1f}{1e3 * target:9.0f}  {verdict}")


def main() -> None:
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS
    with tempfile.TemporaryDirectory() as folder:
        book = generate(Path(folder) / "book", documents)
        ours, echo = asyncio.run(measure(book, Path(folder)))
    print(f"\n{documents:,} documents, {EDITS} edits, milliseconds")
    print(f"{'':24}{'median':>9}{'95 %':>9}{'echo':>9}{'95 %':>9}{'ratio':>8}{'target':>9}")
    show("edit to findings", ours.findings, echo.findings, FINDINGS)
    show("completion", ours.completion, echo.completion, COMPLETION)


if __name__ == "__main__":
    main()
