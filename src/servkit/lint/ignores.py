"""``# servkit: ignore[CODE] reason``: on a line, or on the line above it."""

from __future__ import annotations

import re
from typing import NamedTuple

_NOTE = re.compile(r"(?:^|(?<=\s))#[ \t]*servkit:[ \t]*ignore(?P<codes>\[[^\]\n]*\])?(?P<reason>[^\n]*)")


class Ignore(NamedTuple):
    """One such comment. ``covers`` are the lines it speaks for; no ``codes`` mean that none were named; ``lead`` is
    what stands before it on its line."""

    line: int
    column: int
    codes: tuple[str, ...]
    reason: str
    covers: tuple[int, ...]
    text: str
    lead: str


def find_ignores(raw: bytes) -> list[Ignore]:
    """The comments of a file. A comment on a line of its own speaks for the next line that is not one."""
    lines = raw.decode("utf-8-sig", "replace").splitlines()
    after = _next_line(lines)
    found = []
    for number, line in enumerate(lines, 1):
        if "servkit:" not in line or (hit := _NOTE.search(line)) is None or _quoted(line, hit.start()):
            continue
        alone = not line[: hit.start()].strip()
        codes = tuple(code.strip() for code in (hit["codes"] or "[]")[1:-1].split(",") if code.strip())
        covers = (number, after[number]) if alone else (number,)
        found.append(
            Ignore(number, hit.start() + 1, codes, hit["reason"].strip(" \t:-"), covers, hit[0], line[: hit.start()])
        )
    return found


def _next_line(lines: list[str]) -> list[int]:
    """For each line, the number of the next below it that is no comment."""
    out = [len(lines) + 1] * (len(lines) + 1)
    for number in range(len(lines) - 1, 0, -1):
        out[number] = out[number + 1] if lines[number].lstrip().startswith("#") else number + 1
    return out


def _quoted(line: str, place: int) -> bool:
    """Whether the mark stands inside a quoted text."""
    before = line[:place]
    return before.count('"') % 2 == 1 or (before.count("'") % 2 == 1 and " '" in before)
