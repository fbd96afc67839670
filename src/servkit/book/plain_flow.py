"""Collections in brackets on one line of plain YAML, by way of JSON that holds nothing but texts."""

from __future__ import annotations

from json import JSONDecoder
from sys import intern
from typing import Any

from servkit.book.plain_tokens import FLOW, FLOW_TOKENS, MOST_KEPT, SHORT, quoted

#: No book nests this deep; a composer recurses as deep as its text does.
MAX_DEPTH = 100
#: libyaml takes a key of up to 1024 characters, with all that stands before its colon. In a collection no longer than
#: this there is none with more; in a longer one six characters may stand for each that is read.
_LONG = 900
_LONG_KEY = 100
_MANY_SPACES = " " * 100
#: What comes after the first bracket of JSON.
_JSON_BEGINS = ('"', "{", "[", "}", "]")


def bracketed(text: str, depth: int) -> Any:
    """What the brackets hold that a text begins with; they stand in ``depth`` collections, and nothing but a comment
    may come after them. ValueError, StopIteration or RecursionError where it is not certain what libyaml reads."""
    try:
        if text[1:2] in _JSON_BEGINS and "\\" not in text:
            return _from_json(text, depth)
    except (ValueError, StopIteration):
        pass  # it is no JSON, or has numbers in it
    flow = FLOW.fullmatch(text)
    if flow is None or _MANY_SPACES in text:
        raise ValueError
    return _from_json("".join(map(_json.__getitem__, FLOW_TOKENS.findall(flow[1]))), depth)


def _from_json(text: str, depth: int) -> Any:
    value, end = _scan(text, 0)
    if end != len(text) and (rest := text[end:].lstrip(" ")) and (text[end] != " " or rest[0] != "#"):
        raise ValueError
    if len(text) > _LONG and (_MANY_SPACES in text or _has_long_key(value)):
        raise ValueError
    if depth + text.count("[") + text.count("{") > MAX_DEPTH and depth + _depth(value) > MAX_DEPTH:
        raise ValueError
    return _part(value)


def _has_long_key(value: Any) -> bool:
    if isinstance(value, dict):
        return any(len(key) > _LONG_KEY or _has_long_key(item) for key, item in value.items())
    return isinstance(value, list) and any(map(_has_long_key, value))


def _depth(value: Any) -> int:
    """How many collections stand in each other."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if parts is None else 1 + max(map(_depth, parts), default=0)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A mapping. ValueError where a key is there twice, or something is no text in quotation marks."""
    out: dict[str, Any] = {}
    for key, value in pairs:
        if value.__class__ is str:
            out[intern(key)] = intern(value) if len(value) < SHORT else value
        else:
            out[intern(key)] = _part(value)
    if len(out) != len(pairs):
        raise ValueError
    return out


def _part(value: Any) -> Any:
    """A part that is no text: a mapping, which has been seen to, or a list."""
    if value.__class__ is list:
        return [
            (intern(item) if len(item) < SHORT else item) if item.__class__ is str else _part(item) for item in value
        ]
    if value.__class__ is not dict:
        raise ValueError
    return value


class _Json(dict[str, str]):
    """Every token of a collection in brackets as it is in JSON; the same few stand in every document."""

    def __missing__(self, token: str) -> str:
        if token[0] == '"':
            return token
        text = quoted(token) if token[0] == "'" else token.rstrip(" ")
        made = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if len(token) < SHORT and len(self) < MOST_KEPT:
            self[token] = made
        return made


_json = _Json((mark, mark) for mark in "[]{},:")
_scan: Any = vars(JSONDecoder(object_pairs_hook=_pairs))["scan_once"]
