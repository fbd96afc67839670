"""Zendesk: macros, as its API lists them (JSON), and lists of macros as CSV."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from servkit.exchange import csv_file, json_file
from servkit.exchange.html_text import is_html, plain_text, to_html
from servkit.exchange.reply import Layout, Reply, ToolFile
from servkit.exchange.vocabulary import AGENT, BOOK, FIRST_NAME, LAST_NAME, NAME, Vocabulary

if TYPE_CHECKING:
    from servkit.exchange.reply import Outgoing
    from servkit.exchange.source_file import SourceFile

TITLE, FILE_NAME = "Zendesk", "macros.json"
_LISTS = ("macros", "macro")
_USERS = {
    "ticket.requester": {"name": NAME, "first_name": FIRST_NAME, "last_name": LAST_NAME, "email": "email",
                         "phone": "phone"},
    "current_user": {"name": AGENT, "first_name": AGENT, "last_name": AGENT, "email": "agent_email"},
    "ticket.assignee": {"name": AGENT, "first_name": AGENT, "last_name": AGENT, "email": "agent_email"},
    "agent": {"name": AGENT, "signature": AGENT},
}  # fmt: skip
VOCABULARY = Vocabulary(
    "liquid",
    {f"{user}.{key}": ours for user, keys in _USERS.items() for key, ours in keys.items()}
    | {
        "ticket.id": "ticket_number",
        "ticket.title": "subject",
        "ticket.url": "ticket_link",
        "ticket.link": "ticket_link",
        "ticket.account": BOOK,
        "ticket.brand.name": BOOK,
        "ticket.organization.name": "organization",
        "ticket.due_date": "due_date",
    },
    frozenset({"ticket", "current_user", "agent", "dc", "satisfaction", "user", "organization"}),
    own_fields="ticket.requester.custom_fields.",
    has_fallback=True,
)
#: The headings that lists of macros have, in small letters.
_HEADINGS = {
    "id": ("id", "macro id"),
    "title": ("title", "macro title", "macro name", "name"),
    "text": ("comment", "comment_value", "comment value", "comment/description", "comment_value_html", "reply", "body",
             "text"),
    "active": ("active", "status"),
}  # fmt: skip
_COMMENTS = ("comment_value_html", "comment_value")
_OF_COMMENT = (*_COMMENTS, "comment_mode_is_public")


def read(file: SourceFile) -> ToolFile:
    """The macros of a file."""
    if file.ending == ".json" or file.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
        found = json_file.read_list(file, _LISTS, "macros")
        replies = [_macro(file, piece) for piece in found.pieces]
        return ToolFile(file.name, found.layout, replies)
    table = csv_file.read_table(file)
    low = {name.lower(): name for name in table.header}
    columns = {key: low[name] for key, names in _HEADINGS.items() for name in names[::-1] if name in low}
    if "title" not in columns or "text" not in columns:
        raise file.fault("This isn't a list of macros: the first row should name the columns `title` and `comment`.", 1)
    table.layout.style["columns"] = columns
    replies = []
    for row in table.rows:
        cells = {key: row.cells.get(name, "") for key, name in columns.items()}
        off = cells.get("active", "").strip().lower() in ("false", "no", "inactive", "0")
        replies.append(_reply(cells.get("id") or cells["title"], cells["title"], cells["text"], row.raw, row.line, off))
    return ToolFile(file.name, table.layout, replies)


def new_layout(name: str) -> Layout:
    """JSON as the API takes it, or CSV where the file is to be called so."""
    if not name.endswith(".csv"):
        return json_file.new_layout("macros")
    layout = csv_file.new_layout(("title", "comment"))
    layout.style["columns"] = {"title": "title", "text": "comment"}
    return layout


def write(script: Outgoing, layout: Layout, old: str | None) -> str:
    """A macro: what it does beside its comment stays as it was."""
    if "header" in layout.style:
        return _write_row(script, layout, old)
    macro: dict[str, Any] = json.loads(old) if old is not None else {"title": "", "active": True, "actions": []}
    title = macro.get("title") or ""
    if title.rpartition("::")[2] != script.title:
        macro["title"] = f"{title.rpartition('::')[0]}::{script.title}" if "::" in title else script.title
    actions = [dict(action) for action in macro.get("actions") or ()]
    comment = next((one for field in _COMMENTS for one in actions if one.get("field") == field), None)
    if comment is None:
        comment = {"field": "comment_value"}
        actions.append(comment)
    value = to_html(script.text) if comment["field"] == "comment_value_html" else script.text
    before = comment.get("value")
    comment["value"] = [before[0], value] if isinstance(before, list) and len(before) == 2 else value
    return json_file.write_piece({**macro, "actions": actions}, layout)


def _write_row(script: Outgoing, layout: Layout, old: str | None) -> str:
    columns, header = layout.style["columns"], layout.style["header"]
    cells = dict.fromkeys(header, "")
    if old is not None:
        cells |= csv_file.cells_of(old, layout)
    before = cells[columns["text"]]
    cells[columns["text"]] = to_html(script.text) if is_html(before) else script.text
    prefix = cells[columns["title"]].rpartition("::")[0]
    cells[columns["title"]] = f"{prefix}::{script.title}" if prefix else script.title
    return csv_file.write_row(cells, layout)


def _macro(file: SourceFile, piece: json_file.Piece) -> Reply:
    data = piece.data
    title, actions = data.get("title"), data.get("actions")
    if not isinstance(title, str) or not isinstance(actions, list):
        raise file.fault("A macro needs a `title` and a list of `actions`.", piece.line)
    values = {one.get("field"): one.get("value") for one in actions if isinstance(one, dict)}
    text = next((values[field] for field in _COMMENTS if values.get(field)), "")
    if isinstance(text, list):  # a channel and a text
        text = text[-1] if text else ""
    if not isinstance(text, str):
        text = ""
    others = sorted({str(field) for field in values if field not in _OF_COMMENT})
    off = data.get("active") is False
    private = str(values.get("comment_mode_is_public", "true")).lower() == "false"
    reply = _reply(str(data.get("id") or title), title, text, piece.raw, piece.line, off, private)
    more = (
        *(f"the action `{name}`" for name in others),
        *(("who may use it",) if data.get("restriction") else ()),
    )
    return reply._replace(losses=(*reply.losses, *more))


def _reply(id_: str, title: str, text: str, raw: str, line: int, off: bool, private: bool = False) -> Reply:
    words, losses = (plain_text(text)) if is_html(text) else (text.strip("\n"), ())
    *folders, name = [part.strip() for part in title.split("::")]
    why = "it is switched off" if off else "it is a note for colleagues" if private else ""
    return Reply(
        id_, name or title, words, raw, line, tags=tuple(filter(None, folders)),
        left_out=why or ("" if words.strip() else "it has no text for customers"), losses=losses,
    )  # fmt: skip
