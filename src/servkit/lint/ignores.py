"""``# servkit: ignore[CODE] reason``: on a line, or on the line above it."""

from __future__ import annotations

import re
from typing import NamedTuple

_COMMENT = re.compile(r"(?:^|(?<=\s))#[ \t]*servkit:[ \t]*ignore(?P<codes>\[[^\]\n]*\])?(?P<reason>[^\n]*)")

#: A line, from 1, and a column, from 0.
Place = tuple[int, int]


class Ignore(NamedTuple):
    """One such comment. ``covers`` are the lines it applies to; ``codes`` is empty where it names none; ``lead`` is the
    text before it on its line."""

    line: int
    column: int
    codes: tuple[str, ...]
    reason: str
    covers: tuple[int, ...]
    text: str
    lead: str


def find_ignores(raw: bytes) -> list[Ignore]:
    """The comments of a file. A comment on a line of its own applies to the next line that is not one."""
    text = raw.decode("utf-8-sig", "replace")
    lines = text.splitlines()
    candidates = [(number, line, hit) for number, line in enumerate(lines, 1)
             if "servkit:" in line and (hit := _COMMENT.search(line)) is not None]  # fmt: skip
    if not candidates:
        return []
    next_line, (texts, known) = _next_lines(lines), _texts(text)
    comments = []
    for number, line, hit in candidates:
        place = (number, hit.start())
        if any(first <= place < last for first, last in texts) or (place >= known and _quoted(line, hit.start())):
            continue
        alone = not line[: hit.start()].strip()
        codes = tuple(code.strip() for code in (hit["codes"] or "[]")[1:-1].split(",") if code.strip())
        covers = (number, next_line[number]) if alone else (number,)
        comments.append(
            Ignore(number, hit.start() + 1, codes, hit["reason"].strip(" \t:-"), covers, hit[0], line[: hit.start()])
        )
    return comments


def _texts(text: str) -> tuple[list[tuple[Place, Place]], Place]:
    """Where the quoted and indented texts of a file begin and end: what looks like a comment in them is text. Also how
    far that is known, since nothing is known after an error in the YAML."""
    import yaml

    out, known = [], (0, 0)
    try:
        for event in yaml.parse(text, yaml.CSafeLoader):
            start, end = event.start_mark, event.end_mark
            assert start is not None
            assert end is not None
            known = (end.line + 1, end.column)
            if isinstance(event, yaml.ScalarEvent) and event.style:
                # an indented text begins on the line below its mark
                begins = (start.line + 2, 0) if event.style in "|>" else (start.line + 1, start.column)
                out.append((begins, known))
    except (yaml.YAMLError, ValueError):
        return out, known
    return out, (text.count("\n") + 2, 0)


def _next_lines(lines: list[str]) -> list[int]:
    """For each line, the number of the next line that is not a comment."""
    out = [len(lines) + 1] * (len(lines) + 1)
    for number in range(len(lines) - 1, 0, -1):
        out[number] = out[number + 1] if lines[number].lstrip().startswith("#") else number + 1
    return out


def _quoted(line: str, place: int) -> bool:
    """Whether a place in a line is inside quotes."""
    before = line[:place]
    return before.count('"') % 2 == 1 or (before.count("'") % 2 == 1 and " '" in before)
