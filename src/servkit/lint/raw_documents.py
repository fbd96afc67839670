"""The documents of a file as plain text, whether or not they can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class RawDocument(NamedTuple):
    """The text of one document with the ``---`` that begins it, and its first and last line, from 1."""

    first: int
    last: int
    text: str


def raw_documents(raw: bytes) -> Iterator[RawDocument]:
    """Every document of a file."""
    lines = raw.decode("utf-8-sig", "replace").splitlines()
    starts = [0, *(number for number, line in enumerate(lines) if number and (line + " ").startswith("--- "))]
    for first, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield RawDocument(first + 1, end, "\n".join(lines[first:end]))
