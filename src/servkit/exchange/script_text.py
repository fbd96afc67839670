"""The text of a script's document: a new one, and a change to one that keeps all else as its author wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.yaml_reader import compose
from servkit.exchange.yaml_text import block, scalar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.book.source import Source


class NewScript(NamedTuple):
    """What a new document says. ``details`` are further keys with their texts."""

    id: str
    title: str
    short: str
    say: str
    tool: str
    origin: str
    tags: Sequence[str] = ()
    area: str | None = None
    language: str | None = None
    details: Mapping[str, Any] = {}


def new_text(script: NewScript) -> str:
    """The document. What only a person can say is left empty."""
    data: dict[str, Any] = {"kind": "script", "id": script.id, "title": script.title, "short": script.short}
    if script.area is not None:
        data["area"] = script.area
    data |= script.details
    if script.tags and "tags" not in data:
        data["tags"] = list(script.tags)
    data["say"] = {script.language: script.say} if script.language else script.say
    data |= {key: None for key in ("why", "owner", "review_by") if key not in data}
    if script.origin:
        data["origin"] = {script.tool: script.origin}
    return "".join(f"{entry(key, value)}\n" for key, value in data.items())


def entry(key: str, value: Any) -> str:
    """A key of a document and its value, without the line's end."""
    if value is None:
        return f"{key}:"
    if key == "review_by":  # a date needs no quotes
        return f"{key}: {value}"
    if isinstance(value, list):
        return f"{key}: [{', '.join(map(_item, value))}]"
    if key == "origin":
        return f"{key}: {{{', '.join(f'{name}: {_item(text)}' for name, text in value.items())}}}"
    if isinstance(value, dict):
        lines = [
            f"{name if name.isidentifier() else scalar(name)}: {block(text, '    ')}" for name, text in value.items()
        ]
        return "\n".join([f"{key}:", *(f"  {line}" for line in lines)])
    return f"{key}: {block(value, '  ')}"


def _item(text: str) -> str:
    written = scalar(text)
    return written if not set(",[]{}") & set(text) or written.startswith('"') else f'"{written}"'


def changed(raw: bytes, line: int, changes: Mapping[str, Any]) -> bytes | None:
    """A file with some keys changed in the document that begins at a line. None where that can't be done without
    touching anything else."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    before = compose("", raw)
    at = next((place for place, source in enumerate(before) if source.line() == line), None)
    if at is None or not isinstance(before[at].data, dict):
        return None
    lines = text.splitlines(keepends=True)
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    stop = before[at + 1].line() - 1 if at + 1 < len(before) else len(lines)
    for key, value in changes.items():
        done = _with_key(lines, before[at], key, entry(key, value), stop, ending)
        if done is None:
            return None
        stop += len(done) - len(lines)
        lines = done
        raw = "".join(lines).encode()
        before = compose("", raw)
        if at >= len(before) or not isinstance(before[at].data, dict):
            return None
    wanted = {**_data(text.encode(), at), **changes}
    return raw if before[at].data == wanted and len(compose("", text.encode())) == len(before) else None


def _data(raw: bytes, at: int) -> dict[str, Any]:
    data: dict[str, Any] = compose("", raw)[at].data
    return data


def _with_key(lines: list[str], source: Source, key: str, written: str, stop: int, ending: str) -> list[str] | None:
    """The lines with one key written anew, or added behind the last."""
    starts = sorted(source.place((name,), key=True) for name in source.data)
    if any(place.column != starts[0].column for place in starts) or starts[0].column != 1:
        return None
    new = [line + ending for line in written.split("\n")]
    if key not in source.data:
        last = _end(lines, starts[-1].line, stop)
        if last and not lines[last - 1].endswith("\n"):
            lines = [*lines[: last - 1], lines[last - 1] + ending, *lines[last:]]
        return [*lines[:last], *new, *lines[last:]]
    start = source.place((key,), key=True).line
    following = next((place.line - 1 for place in starts if place.line > start), stop)
    end = _end(lines, start, following)
    return [*lines[: start - 1], *new, *lines[end:]]


def _end(lines: list[str], start: int, stop: int) -> int:
    """Where a key's lines end: what follows are empty lines, remarks, and the mark before the next document."""
    end = stop
    while end > start and (not lines[end - 1].strip() or lines[end - 1].startswith(("#", "---", "..."))):
        end -= 1
    return end
