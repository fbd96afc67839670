"""Zammad: text modules, in the CSV that it imports (``name,keywords,content,note,active``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.exchange import csv_file
from servkit.exchange.html_text import is_html, plain_text, to_html
from servkit.exchange.reply import Layout, Reply, ToolFile
from servkit.exchange.vocabulary import AGENT, BOOK, FIRST_NAME, LAST_NAME, NAME, Vocabulary

if TYPE_CHECKING:
    from servkit.exchange.reply import Outgoing
    from servkit.exchange.source_file import SourceFile

TITLE, FILE_NAME = "Zammad", "text_modules.csv"
_AGENTS = ("user", "ticket.owner", "current_user")
VOCABULARY = Vocabulary(
    "hash",
    {
        "ticket.customer.firstname": FIRST_NAME,
        "ticket.customer.fullname": NAME,
        "ticket.customer.lastname": LAST_NAME,
        "ticket.customer.email": "email",
        "ticket.customer.phone": "phone",
        **{f"{agent}.{key}": AGENT for agent in _AGENTS for key in ("fullname", "firstname", "lastname")},
        **{f"{agent}.email": "agent_email" for agent in _AGENTS},
        "ticket.number": "ticket_number",
        "ticket.id": "ticket_number",
        "ticket.title": "subject",
        "ticket.organization.name": "organization",
        "ticket.customer.organization.name": "organization",
        "config.organization": BOOK,
        "config.product_name": BOOK,
    },
    frozenset({"ticket", "user", "config", "article", "current_user"}),
    own_fields="ticket.customer.",
)
_HEADER = ("id", "name", "keywords", "content", "note", "active")
_OFF = ("false", "no", "0")


def read(file: SourceFile) -> ToolFile:
    """The text modules of a file."""
    table = csv_file.read_table(file)
    low = {name.lower(): name for name in table.header}
    if "name" not in low or "content" not in low:
        raise file.fault("These aren't text modules: the first row should name the columns `name` and `content`.", 1)
    replies = []
    for row in table.rows:
        cells = {key: row.cells.get(name, "").strip() for key, name in low.items()}
        content = cells["content"]
        words, losses = plain_text(content) if is_html(content) else (content, ())
        tags = tuple(word.strip() for word in cells.get("keywords", "").replace("~~~", ",").split(",") if word.strip())
        off = cells.get("active", "").lower() in _OFF
        why = "it is switched off" if off else "" if words.strip() else "it has no text"
        if not cells["name"]:
            raise file.fault("A text module needs a name.", row.line)
        kept = [f"`{key}`" for key in ("note", "groups") if cells.get(key) and cells[key] != "-"]
        replies.append(Reply(cells.get("id") or cells["name"], cells["name"], words, row.raw, row.line, tags=tags,
                             left_out=why, losses=(*losses, *kept)))  # fmt: skip
    return ToolFile(file.name, table.layout, replies)


def new_layout(name: str) -> Layout:
    """What Zammad imports."""
    return csv_file.new_layout(_HEADER)


def write(script: Outgoing, layout: Layout, old: str | None) -> str:
    """A text module."""
    names = {name.lower(): name for name in layout.style["header"]}
    cells = csv_file.cells_of(old, layout) if old is not None else {names.get("active", "active"): "true"}
    cells[names["name"]] = script.title
    cells[names["content"]] = to_html(script.text)
    if "keywords" in names and (script.tags or old is None):
        cells[names["keywords"]] = ", ".join(script.tags) or (script.short or "")
    return csv_file.write_row(cells, layout)
