"""What the scripts of a book look like in a tool's file, so that what goes out is known when it comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.problems import ServkitError
from servkit.exchange.reply import file_bytes
from servkit.exchange.source_file import SourceFile

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from servkit.book.entries import Entry
    from servkit.exchange.book_scripts import BookScripts
    from servkit.exchange.reply import Reply, ToolFile


def mirror_of(
    book: BookScripts, module: Any, file: ToolFile, linked: Container[str]
) -> Mapping[str, tuple[Entry, Reply]]:
    """The scripts that never came from the tool, as they would be read from an export, by what they are called
    there. ``linked`` are the ids of the others."""
    entries, pieces = [], []
    layout = module.new_layout(file.name)
    for entry in book.in_force():
        text = book.text(entry)
        if entry.id in linked or text is None:
            continue
        written = book.written(text, module.VOCABULARY)
        if written.text is not None and written.text.strip():
            entries.append(entry)
            pieces.append(module.write(book.outgoing(entry, written), layout, None))
    if not pieces:
        return {}
    try:
        replies = module.read(SourceFile(file.name, file_bytes(module, layout, pieces))).replies
    except ServkitError:
        return {}
    if len(replies) != len(entries):
        return {}
    return {reply.id: (entry, reply) for entry, reply in zip(entries, replies, strict=True)}
