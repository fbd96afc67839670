"""Chatwoot: canned responses, as its API lists them (JSON) or as CSV with ``short_code,content``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.exchange import csv_file, json_file
from servkit.exchange.names import title_of
from servkit.exchange.reply import Layout, Reply, ToolFile
from servkit.exchange.vocabulary import AGENT, BOOK, FIRST_NAME, LAST_NAME, NAME, Vocabulary

if TYPE_CHECKING:
    from servkit.exchange.reply import Outgoing
    from servkit.exchange.source_file import SourceFile

TITLE, FILE_NAME = "Chatwoot", "canned_responses.json"
_LISTS = ("payload", "data", "canned_responses")
VOCABULARY = Vocabulary(
    "liquid",
    {
        "contact.first_name": FIRST_NAME,
        "contact.name": NAME,
        "contact.last_name": LAST_NAME,
        "contact.email": "email",
        "contact.phone": "phone",
        "contact.phone_number": "phone",
        "contact.id": "contact_number",
        "agent.name": AGENT,
        "agent.first_name": AGENT,
        "agent.last_name": AGENT,
        "agent.email": "agent_email",
        "conversation.id": "conversation_number",
        "conversation.display_id": "conversation_number",
        "account.name": BOOK,
        "inbox.name": BOOK,
    },
    frozenset({"contact", "agent", "conversation", "account", "inbox"}),
    own_fields="contact.custom_attribute.",
)


def read(file: SourceFile) -> ToolFile:
    """The canned responses of a file."""
    if file.ending == ".json" or file.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
        found = json_file.read_list(file, _LISTS, "canned responses")
        replies = [
            _reply(file, piece.data.get("short_code"), piece.data.get("content"), piece.raw, piece.line,
                   bool(piece.data.get("attachments")))
            for piece in found.pieces
        ]  # fmt: skip
        return ToolFile(file.name, found.layout, replies)
    table = csv_file.read_table(file)
    columns = {name.lower(): name for name in table.header}
    if "short_code" not in columns or "content" not in columns:
        raise file.fault(
            "This isn't a list of canned responses: the first row should name the columns `short_code` and `content`.",
            1,
        )
    code, content = columns["short_code"], columns["content"]
    replies = [_reply(file, row.cells.get(code), row.cells.get(content), row.raw, row.line) for row in table.rows]
    return ToolFile(file.name, table.layout, replies)


def new_layout(name: str) -> Layout:
    """JSON, or CSV where the file is to be called so."""
    return csv_file.new_layout(("short_code", "content")) if name.endswith(".csv") else json_file.new_layout()


def write(script: Outgoing, layout: Layout, old: str | None) -> str:
    """A canned response."""
    import json

    code = script.short or script.id
    if "header" in layout.style:
        names = {name.lower(): name for name in layout.style["header"]}
        return csv_file.write_row({names["short_code"]: code, names["content"]: script.text}, layout)
    data = json.loads(old) if old is not None else {}
    return json_file.write_piece({**data, "short_code": code, "content": script.text}, layout)


def _reply(file: SourceFile, code: object, content: object, raw: str, line: int, attached: bool = False) -> Reply:
    if not isinstance(code, str) or not code.strip() or not isinstance(content, str):
        raise file.fault("A canned response needs a text under `short_code` and one under `content`.", line)
    return Reply(
        code, title_of(code), content, raw, line, short=code.strip(),
        left_out="" if content.strip() else "it has no text",
        losses=("attached files",) if attached else (),
    )  # fmt: skip
