"""A scenario as YAML to paste into the book: short mappings on one line, every scalar as the book's reader reads it."""

from __future__ import annotations

import json
import re
from array import array
from typing import Any

from servkit.book.source import PACK, Source

#: What YAML takes for text without quotes, in a flow mapping too.
_PLAIN = re.compile(r"[^\W_](?:[\w ./%+;()-]*[\w.%)])?\Z")
_WIDTH = 110
#: Texts that are sure to be read as they were written: in quotes or without, nothing in them needs a second look.
_SURE = re.compile(r"[ !-%'-)+-~]{0,200}\Z")
#: Where a source stands that nobody wrote.
_START = PACK + 1
_json = json.JSONEncoder(ensure_ascii=False).encode


def scenario_text(data: dict[str, Any]) -> str:
    """The document, ending in a line break."""
    return "".join(line + "\n" for key, item in data.items() for line in _entry(key, item, 0))


def as_read(path: str, data: dict[str, Any]) -> Source | None:
    """What reading the document gives, without reading it; None where that is not certain. All of it stands at the
    beginning."""
    texts: list[str] = []
    _gather(data, texts)
    if "<<" in texts or not all(map(_SURE.match, texts)):
        return None
    return Source(path, data, array("Q", [_START]) * len(texts))


def _gather(data: Any, texts: list[str]) -> None:
    """All texts in a document, and one for every other part of it."""
    if isinstance(data, str):
        texts.append(data)
        return
    texts.append("")
    if isinstance(data, dict):
        texts += data
        data = data.values()
    for item in data:
        _gather(item, texts)


def _entry(key: str, item: Any, depth: int) -> list[str]:
    start = f"{'  ' * depth}{_scalar(key)}:"
    if not isinstance(item, (dict, list)):
        return [f"{start} {_scalar(item)}"]
    line = f"{start} {_flow(item)}"
    if len(line) <= _WIDTH or not item or isinstance(item, list):
        return [line]
    return [start, *(line for name, inner in item.items() for line in _entry(name, inner, depth + 1))]


def _flow(item: Any) -> str:
    if isinstance(item, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(inner)}" for key, inner in item.items()) + "}"
    if isinstance(item, list):
        return "[" + ", ".join(map(_flow, item)) + "]"
    return _scalar(item)


def _scalar(text: str) -> str:
    return text if _PLAIN.match(text) else _quoted(text)


def _quoted(text: str) -> str:
    """In double quotes, with the escapes that YAML and JSON share; what cannot be printed by its number."""
    if text.isprintable():
        return _json(text)
    out = []
    for char in text:
        if char.isprintable():
            out.append(_json(char)[1:-1])
        else:
            code = ord(char)
            out.append(f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")
    return '"' + "".join(out) + '"'
