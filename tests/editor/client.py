"""pygls' own client, for tests that are no coroutines: a language server in a process of its own, over stdio."""

from __future__ import annotations

import asyncio
import os
import queue
import sys
import threading
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Self, TypeVar

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence
    from pathlib import Path

_T = TypeVar("_T")
SECONDS = 60
#: How a test starts the program.
SERVER = [sys.executable, "-c", "from servkit.cli import main; main()", "lsp", "--stdio"]


class Client:
    """A client with its server; use it in a ``with``. Texts have a ``|`` where a question is about."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._told: defaultdict[str, queue.Queue[lsp.PublishDiagnosticsParams]] = defaultdict(queue.Queue)
        self._versions: defaultdict[str, int] = defaultdict(int)

    def __enter__(self) -> Self:
        self._thread.start()
        self.run(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(SECONDS)
        self._loop.close()

    def run(self, coroutine: Coroutine[Any, Any, _T]) -> _T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(SECONDS)

    async def _start(self) -> None:
        self.client = LanguageClient("tests", "1")
        told = self._told

        def publish(params: lsp.PublishDiagnosticsParams) -> None:
            told[params.uri].put(params)

        self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(publish)

        await self.client.start_io(*SERVER)
        found = await self.client.initialize_async(
            lsp.InitializeParams(
                capabilities=lsp.ClientCapabilities(),
                process_id=os.getpid(),
                workspace_folders=[lsp.WorkspaceFolder(folder.as_uri(), folder.name) for folder in self._folders],
            )
        )
        self.capabilities = found.capabilities
        self.client.initialized(lsp.InitializedParams())

    async def _stop(self) -> None:
        process = self.client._server
        assert process is not None
        await self.client.shutdown_async(None)
        self.client.exit(None)
        self.returncode = await asyncio.wait_for(process.wait(), SECONDS)
        assert process.stderr is not None
        self.stderr = (await process.stderr.read()).decode()
        await self.client.stop()  # type: ignore[no-untyped-call]

    # --- texts ------------------------------------------------------------------------------------------------------

    def write(self, file: Path, text: str) -> Sequence[lsp.Diagnostic]:
        """Show a text to the server as if it had just been typed; what it says at once."""
        uri = file.as_uri()
        self._versions[uri] += 1
        version = self._versions[uri]
        self.run(self._send(uri, version, text))
        return self.told(file, version)

    async def _send(self, uri: str, version: int, text: str) -> None:
        if version == 1:
            self.client.text_document_did_open(
                lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "yaml", version, text))
            )
        else:
            self.client.text_document_did_change(
                lsp.DidChangeTextDocumentParams(
                    lsp.VersionedTextDocumentIdentifier(version, uri),
                    [lsp.TextDocumentContentChangeWholeDocument(text)],
                )
            )

    def told(self, file: Path, version: int | None = None) -> Sequence[lsp.Diagnostic]:
        """The next findings about a file; those of a version of its text, where one is named."""
        while True:
            params = self._told[file.as_uri()].get(timeout=SECONDS)
            if version is None or params.version == version:
                return params.diagnostics

    def told_at_last(self, file: Path, code: str) -> Sequence[lsp.Diagnostic]:
        """The first findings about a file with one of this code among them."""
        while True:
            found = self.told(file)
            if any(one.code == code for one in found):
                return found

    def close(self, file: Path) -> None:
        uri = file.as_uri()
        del self._versions[uri]

        async def send() -> None:
            self.client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri)))

        self.run(send())

    def ask(self, method: str, file: Path, position: lsp.Position, **more: Any) -> Any:
        """Ask something about a place."""
        document = lsp.TextDocumentIdentifier(file.as_uri())
        name = "".join(part.capitalize() for part in method.removesuffix("s").split("_"))
        kind = getattr(lsp, f"{name}Params")
        ask = getattr(self.client, f"text_document_{method}_async")
        return self.run(ask(kind(text_document=document, position=position, **more)))

    def at_mark(self, method: str, file: Path, marked: str, **more: Any) -> Any:
        """Write a text without its ``|``, and ask about the place where that was."""
        before, _, after = marked.partition("|")
        self.write(file, before + after)
        lines = before.split("\n")
        return self.ask(method, file, lsp.Position(len(lines) - 1, len(lines[-1].encode("utf-16-le")) // 2), **more)

    def ask_for_list(self, method: str, params: Any) -> list[Any]:
        """Ask for a list."""
        return list(self.run(getattr(self.client, f"{method}_async")(params)) or ())

    def actions(self, file: Path, finding: lsp.Diagnostic) -> Sequence[lsp.CodeAction]:
        """What can be done about a finding."""
        document = lsp.TextDocumentIdentifier(file.as_uri())
        params = lsp.CodeActionParams(document, finding.range, lsp.CodeActionContext([finding]))
        found = self.run(self.client.text_document_code_action_async(params))
        return [one for one in found or () if isinstance(one, lsp.CodeAction)]


def applied(text: str, edits: Sequence[Any]) -> str:
    """A text after some edits, each counted as the protocol counts."""
    lines = text.split("\n")  # the texts of the tests end their lines so, or with \r\n
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]

    def offset(position: lsp.Position) -> int:
        line = lines[position.line].encode("utf-16-le")
        return starts[position.line] + len(line[: 2 * position.character].decode("utf-16-le"))

    for edit in sorted(edits, key=lambda one: offset(one.range.start), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text
