"""A file of another tool: its saved replies, and the text around them.

A file is ``head``, then the replies with ``separator`` between them, then ``tail``. Each reply keeps its own piece of
the file as it is, so that what nobody has changed goes back byte for byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Reply(NamedTuple):
    """A saved reply. ``text`` is plain text with the tool's own blanks; ``raw`` is its piece of the file.

    ``left_out`` says why it can't be a script, ``losses`` what a script can't say of it.
    """

    id: str
    title: str
    text: str
    raw: str
    line: int = 0
    short: str | None = None
    tags: tuple[str, ...] = ()
    left_out: str = ""
    losses: tuple[str, ...] = ()
    #: What a spreadsheet says of a script beside its text, by key; every other tool leaves it empty.
    details: tuple[tuple[str, str], ...] = ()


class Layout(NamedTuple):
    """The text around the replies of a file, and how a new piece is written (as the tool's module understands it)."""

    head: str
    separator: str
    tail: str
    style: dict[str, Any]


class ToolFile(NamedTuple):
    """A file as it was read. ``name`` has no folder."""

    name: str
    layout: Layout
    replies: list[Reply]


class Outgoing(NamedTuple):
    """A script on its way out: ``text`` has the tool's own blanks. ``fields`` are blanks that are asked for, each with
    what is taken where nothing is said; ``id`` is the script's own."""

    id: str
    title: str
    text: str
    short: str | None = None
    tags: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    details: tuple[tuple[str, str], ...] = ()


def file_bytes(module: Any, layout: Layout, pieces: Sequence[str]) -> bytes:
    """A file of a tool, by its module."""
    if hasattr(module, "packed"):
        packed: bytes = module.packed(layout, pieces)
        return packed
    ending = layout.style.get("ending")
    if ending:  # a piece that was the last of its file may lack its end
        pieces = [piece if piece.endswith("\n") else piece + ending for piece in pieces[:-1]] + list(pieces[-1:])
    return (layout.head + layout.separator.join(pieces) + layout.tail).encode("utf-8", "backslashreplace")
