"""Where one part of a plain document stands, found in its own lines: asking libyaml would compose all of it.

What is not found at once (a value that begins on a line after its key, a part that is not there) is left to libyaml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.plain_tokens import FLOW_TOKENS, LINE, QUOTES, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.book.plain_yaml import Plain

Where = tuple[str | int, ...]
#: A line and a column, from 1.
Place = tuple[int, int]


def find_place(text: str, plain: Plain, where: Sequence[str | int], *, key: bool) -> Place | None:
    """The place of the part that ``where`` leads to, or of its key; None where it is not found."""
    rows = text.replace("\r\n", "\n").split("\n")
    data: Any
    lines: Any
    data, line, lines = plain
    row = rows[line - 1]
    place: Place | None = (line, len(row) - len(row.lstrip(" ")) + 1)
    at_key = place
    for depth, step in enumerate(where):
        if isinstance(data, dict) and isinstance(step, str) and step in data:
            place, at_key = _of_entry(rows, data[step], lines[step], step)
        elif isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
            place = at_key = _of_item(rows, data[step], lines[step])
        else:
            return None
        data, part = data[step], lines[step]
        if isinstance(part, int):
            rest = tuple(where[depth + 1 :])
            return _in_brackets(rows, place, rest, key=key) if rest else at_key if key else place
        line, lines = part
    return at_key if key else place


def _of_entry(rows: list[str], value: Any, part: Any, key: str) -> tuple[Place | None, Place | None]:
    """The places of a value and of its key."""
    number = part if isinstance(part, int) else part[0]
    found = LINE.fullmatch(rows[number - 1] + "\n")
    if found is None:
        return None, None
    if isinstance(part, int):
        if not found[4] or _text(found[3]) != key:
            return None, None  # it begins on a line after its key
        return None if value is None else (number, found.end(4) + 1), (number, found.start(3) + 1)
    place = (number, found.start(2 if isinstance(value, list) else 3) + 1)
    for above in range(number - 1, 0, -1):
        row = rows[above - 1].strip(" ")
        if row and row[0] != "#":
            found = LINE.fullmatch(rows[above - 1] + "\n")
            if found is not None and found[4] and _text(found[3]) == key:
                return place, (above, found.start(3) + 1)
            break
    return place, None


def _of_item(rows: list[str], value: Any, part: Any) -> Place | None:
    """The place of an item of a block list."""
    number = part if isinstance(part, int) else part[0]
    found = LINE.fullmatch(rows[number - 1] + "\n")
    if found is None:
        return None
    if isinstance(part, int):
        return (number, found.end(2) + 1) if found[2].strip() and value is not None else None
    return (number, found.start(2 if isinstance(value, list) else 3) + 1)


def _in_brackets(rows: list[str], place: Place | None, where: Where, *, key: bool) -> Place | None:
    """The place of a part of a collection in brackets on one line."""
    if place is None:
        return None
    tokens = [(found.start() + 1, found[0]) for found in FLOW_TOKENS.finditer(rows[place[0] - 1], place[1] - 1)]
    try:
        column = _column_of(tokens, where, key=key)
    except IndexError:
        return None
    return None if column is None else (place[0], column)


def _column_of(tokens: list[tuple[int, str]], where: Where, *, key: bool) -> int | None:
    at = 0
    for depth, step in enumerate(where):
        opened, count = tokens[at][1], 0
        if opened not in ("{", "["):
            return None
        at += 1
        while True:
            token = tokens[at][1]
            if token in ("}", "]"):
                return None  # there is no such part
            named = at
            if opened == "{":
                if tokens[at + 1][1] != ":":
                    return None
                at += 2
                if tokens[at][1] in (",", "}"):
                    return None  # nothing stands there
            if (_text(token) if opened == "{" else count) == step:
                break
            at = _after(tokens, at)
            count += 1
            if tokens[at][1] == ",":
                at += 1
        if key and depth == len(where) - 1:
            at = named
    return tokens[at][0]


def _after(tokens: list[tuple[int, str]], at: int) -> int:
    """The token after the part that begins with a token."""
    depth = 0
    while True:
        token = tokens[at][1]
        depth += (token in ("{", "[")) - (token in ("}", "]"))
        at += 1
        if depth == 0:
            return at


def _text(token: str) -> str:
    return quoted(token) if token[:1] in QUOTES else token.rstrip(" ")
