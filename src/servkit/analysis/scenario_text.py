"""A scenario as YAML to paste into the book: short mappings on one line, every scalar as the book's reader reads it."""

from __future__ import annotations

import json
import re
from typing import Any

#: What YAML takes for text without quotes, in a flow mapping too.
_PLAIN = re.compile(r"[^\W_](?:[\w ./%+;()-]*[\w.%)])?\Z")
_WIDTH = 110
_json = json.JSONEncoder(ensure_ascii=False).encode


def scenario_text(data: dict[str, Any]) -> str:
    """The document, ending in a line break."""
    return "".join(line + "\n" for key, item in data.items() for line in _entry(key, item, 0))


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
