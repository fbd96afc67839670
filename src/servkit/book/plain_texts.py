"""Texts that go on for several lines of plain YAML. ValueError where it is not certain what libyaml makes of one."""

from __future__ import annotations

from servkit.book.plain_tokens import CLEAN, GOES_ON, LINE, QUOTES, short


def gone_on(text: object, rows: list[str], first: int, number: int, column: int) -> tuple[str, int]:
    """The plain text that begins in the line ``first``, goes on in the line ``number`` and ends where a line is
    indented no further than its ``column``; and the number of that line."""
    begin = LINE.fullmatch(rows[first - 1] + "\n")
    if begin is None or not isinstance(text, str) or " #" in rows[first - 1]:
        raise ValueError
    if not (begin[5] or (begin[3] and not begin[4] and begin[3][0] not in QUOTES)):
        raise ValueError  # it is not plain
    parts, empty = [text], number - first - 1
    if any(rows[row].strip(" ") for row in range(first, number - 1)):
        raise ValueError
    place = number - 1
    for place in range(number - 1, len(rows)):
        body = rows[place].strip(" ")
        if not body:
            empty += 1
            continue
        if len(rows[place]) - len(rows[place].lstrip(" ")) <= column or body[0] == "#":
            break
        if not GOES_ON.fullmatch(body):
            raise ValueError
        parts += ["\n" * empty or " ", body]
        empty = 0
    else:
        place += 1
    if len(parts) == 1:
        raise ValueError  # a line that is no line of YAML
    return short("".join(parts)), place + 1


def block_text(header: str, rows: list[str], number: int, column: int) -> tuple[str, int]:
    """The text under ``|`` or ``>`` in the line ``number``, in a collection at ``column``; and the number of the line
    after it."""
    last, place = len(rows) - 1, number
    indent = column + next((int(mark) for mark in header[1:] if mark.isdigit()), 0)
    if indent == column:
        indent = column + 1
        for row in rows[number:]:
            indent = max(indent, len(row) - len(row.lstrip(" ")))
            if row.strip(" "):
                break
    parts: list[str] = []
    ending, empty, blank = "", 0, False
    while place <= last:
        row = rows[place]
        if not row[:indent].strip(" ") and len(row) > indent:
            body = row[indent:]
            if not CLEAN.fullmatch(body):
                raise ValueError
            if header[0] == ">" and ending and not blank and body[0] != " ":
                ending = "" if empty else " "
            parts += [ending, "\n" * empty, body]
            ending, empty, blank = "\n" if place < last else "", 0, body[0] == " "
        elif row.strip(" "):
            break
        else:
            empty += place < last
        place += 1
    if "-" not in header:
        parts.append(ending)
    if "+" in header:
        parts.append("\n" * empty)
    return short("".join(parts)), place + 1
