"""What the last import saw: the common ancestor by which a change in the tool is told from one in the book.

It is a file of JSON Lines in the hidden folder ``.exchange`` of the book, one for each tool and language, and belongs
into git with the rest. Its first line says how the tool's files were laid out, every other line is a reply with its
piece of the file and the words that it became.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.problems import ServkitError
from servkit.exchange.reply import Layout
from servkit.exchange.source_file import LARGEST
from servkit.files import is_file, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

FOLDER = ".exchange"
_SCHEMA = "servkit/exchange/1"


class Known(NamedTuple):
    """A reply as it was last seen. ``script`` is the id of what it became, empty where it is no script; ``file`` the
    place of its file among those of the snapshot."""

    id: str
    raw: str
    script: str
    title: str
    say: str
    file: int


class Snapshot(NamedTuple):
    files: Sequence[tuple[str, Layout]] = ()
    known: dict[str, Known] = {}  # noqa: RUF012 - never changed


def snapshot_path(tool: str, language: str | None) -> str:
    """Where it is, below the book's folder. ``language`` is None for the book's own."""
    return f"{FOLDER}/{tool}{f'.{language}' if language else ''}.jsonl"


def read_snapshot(root: Path, path: str) -> Snapshot:
    """The snapshot in a book; an empty one where there is none. Raises ServkitError where it is damaged."""
    if not is_file(root / path):
        return Snapshot()
    try:
        raw = read_file(root / path, 2 * LARGEST)
    except OSError as fault:
        raise ServkitError(f"cannot be read: {fault.strerror or fault}", path=path) from None
    number = 1
    try:
        first, *lines = raw.decode().split("\n")
        data = {"schema": "", **json.loads(first)}
        files = [(str(name), Layout(str(head), str(separator), str(tail), dict(style)))
                 for name, head, separator, tail, style in data["files"]]  # fmt: skip
        known: dict[str, Known] = {}
        for number, line in enumerate(lines, 2):  # noqa: B007 - the message names the line
            if line:
                one = _known(json.loads(line), len(files))
                known[one.id] = one
    except (ValueError, KeyError, TypeError, RecursionError):
        message = "This line isn't as servkit wrote it. Take the file from git again, or delete it and import again."
        raise ServkitError(message, path=path, line=number) from None
    return Snapshot(files, known)


def _known(data: Any, files: int) -> Known:
    texts = [data[key] for key in ("id", "raw", "script", "title", "say")]
    if not all(isinstance(text, str) for text in texts) or not 0 <= int(data["file"]) < files:
        raise ValueError
    id_, raw, script, title, say = texts
    return Known(id_, raw, script, title, say, int(data["file"]))


def snapshot_bytes(files: Iterable[tuple[str, Layout]], known: Iterable[Known]) -> bytes:
    """The file of a snapshot."""
    head = {"schema": _SCHEMA, "files": [[name, *layout] for name, layout in files]}
    lines = [head, *(one._asdict() for one in known)]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    return text.encode("utf-8", "backslashreplace")
