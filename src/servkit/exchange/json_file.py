"""JSON files that hold a list of things, in pieces: each thing with its own text and line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.exchange.reply import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.problems import ServkitError
    from servkit.exchange.source_file import SourceFile

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
#: How a piece may be written: its indent (None: on one line), the sign between entries and that behind a key.
_STYLES = ((None, ",", ":"), (None, ", ", ": "), (2, ",", ": "), (4, ",", ": "), (1, ",", ": "), (3, ",", ": "))
_NEW = {"indent": 2, "item": ",", "key": ": ", "ascii": False, "inset": "  "}


class Piece(NamedTuple):
    """One thing of the list."""

    data: dict[str, Any]
    raw: str
    line: int


class JsonList(NamedTuple):
    """The list of a file."""

    layout: Layout
    pieces: list[Piece]


def read_list(file: SourceFile, keys: tuple[str, ...], what: str) -> JsonList:
    """The list of objects in a file: the file itself, or what one of ``keys`` holds. A single object under such a key
    counts as a list of one. ``what`` names the list for messages. Raises ServkitError."""
    text = file.text()
    start, close = _find_list(file, text, keys, what)
    spans = _spans(file, text, start, close)
    head = text[: spans[0].start] if spans else text[:start]
    tail = text[spans[-1].end :] if spans else text[start:]
    pieces = list(_pieces(file, text, spans, what))
    style = _style(pieces[0].raw if pieces else "{}", head)
    separator = text[spans[0].end : spans[1].start] if len(spans) > 1 else f",\n{style['inset']}"
    return JsonList(Layout(head, separator, tail, style), pieces)


def new_layout(key: str | None = None) -> Layout:
    """The layout of a new file: a list, or an object that holds it under a key."""
    if key is None:
        return Layout("[\n  ", ",\n  ", "\n]\n", dict(_NEW))
    return Layout(f'{{\n  "{key}": [\n    ', ",\n    ", "\n  ]\n}\n", {**_NEW, "inset": "    "})


def write_piece(data: Any, layout: Layout) -> str:
    """A thing of the list as the file writes it."""
    return _dumped(data, layout.style)


def _dumped(data: Any, style: dict[str, Any]) -> str:
    text = json.dumps(
        data, ensure_ascii=style["ascii"], indent=style["indent"], separators=(style["item"], style["key"])
    )
    text = re.sub(r"[\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)
    return text if style["indent"] is None else text.replace("\n", "\n" + style["inset"])


def _style(raw: str, head: str) -> dict[str, Any]:
    """How the first piece is written, so that new ones look the same."""
    inset = head[head.rfind("\n") + 1 :] if "\n" in head else ""
    inset = inset if not inset.strip() else ""
    data = _DECODER.decode(raw)
    for indent, item, key in _STYLES:
        for as_ascii in (False, True):
            style = {"indent": indent, "item": item, "key": key, "ascii": as_ascii, "inset": inset}
            if _dumped(data, style) == raw:
                return style
    return {**_NEW, "inset": inset} if "\n" in raw else {**_NEW, "indent": None, "item": ", ", "inset": inset}


def _find_list(file: SourceFile, text: str, keys: tuple[str, ...], what: str) -> tuple[int, str]:
    """Where the list begins, just behind its bracket, and what closes it; nothing for a single object."""
    start = _past(text, 0)
    if text[start : start + 1] == "[":
        return start + 1, "]"
    if text[start : start + 1] == "{":
        for key, place in _entries(file, text, start + 1):
            if key in keys and text[place : place + 1] == "[":
                return place + 1, "]"
            if key in keys and text[place : place + 1] == "{":
                return place, ""
    shown = " or ".join(f"`{key}`" for key in keys)
    raise file.fault(f"This isn't a list of {what}: it should begin with `[`, or have the list under {shown}.", 1)


def _entries(file: SourceFile, text: str, place: int) -> Iterator[tuple[str, int]]:
    """The keys of an object, each with where its value begins."""
    while True:
        place = _past(text, place)
        if text[place : place + 1] == "}":
            return
        key, place = _value(file, text, place)
        place = _past(text, place)
        if not isinstance(key, str) or text[place : place + 1] != ":":
            raise _broken(file, text, place)
        place = _past(text, place + 1)
        yield key, place
        _, place = _value(file, text, place)
        place = _past(text, place)
        if text[place : place + 1] == ",":
            place += 1
        elif text[place : place + 1] != "}":
            raise _broken(file, text, place)


class _Span(NamedTuple):
    data: Any
    start: int
    end: int


def _spans(file: SourceFile, text: str, place: int, close: str) -> list[_Span]:
    """The things of the list, and from where to where each of them reaches."""
    spans: list[_Span] = []
    while True:
        place = _past(text, place)
        if close and not spans and text[place : place + 1] == close:
            return spans
        data, end = _value(file, text, place)
        spans.append(_Span(data, place, end))
        place = _past(text, end)
        if not close or text[place : place + 1] == close:
            _check_rest(file, text, place + len(close))
            return spans
        if text[place : place + 1] != ",":
            raise _broken(file, text, place)
        place += 1


def _check_rest(file: SourceFile, text: str, place: int) -> None:
    """Half a file often ends behind the list."""
    opened = text[: _past(text, 0) + 1][-1:]
    rest = text[place:].strip()
    if (opened == "[" and rest) or (opened == "{" and not rest.endswith("}")):
        raise _broken(file, text, len(text) if opened == "{" else place)


def _pieces(file: SourceFile, text: str, spans: list[_Span], what: str) -> Iterator[Piece]:
    line, before = 1, 0
    for data, start, end in spans:
        line += text.count("\n", before, start)
        before = start
        if not isinstance(data, dict):
            raise file.fault(f"Every one of the {what} should be an object in braces.", line)
        yield Piece(data, text[start:end], line)


def _past(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _value(file: SourceFile, text: str, place: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, place)
    except (json.JSONDecodeError, RecursionError, ValueError) as fault:
        cut_off = str(fault).startswith("Unterminated")  # a text whose end is nowhere
        raise _broken(file, text, getattr(fault, "pos", place), cut_off=cut_off) from None


def _broken(file: SourceFile, text: str, place: int, *, cut_off: bool = False) -> ServkitError:
    line = text.count("\n", 0, place) + 1
    if cut_off or not text[place:].strip():
        return file.fault("The file ends in the middle. Export it again.", line)
    return file.fault("This can't be read as JSON. Export the file again.", line)
