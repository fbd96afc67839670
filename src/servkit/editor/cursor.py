"""Where in a document somebody is typing, though what is typed is seldom whole.

A mark is put where the cursor is, and the text is read by the book's own reader; what is missing (a colon, a bracket,
the rest of a placeholder) is added for that. So a place is found the same way as anywhere else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from servkit.names.scalars import yaml_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.names.scalars import Scalar, YamlDocument

#: A word that nobody writes, and that may stand in any name.
MARK = "zqxhereqxz"
_ALONE = re.compile(r"\s*(?:- +)*[\w.-]*")
_TAIL = re.compile(r"\A[\w-]+")
_CLOSING = {"[": "]", "{": "}"}
_MOST = 4000


class Cursor(NamedTuple):
    """A reading of the document with the mark in it: the text or key that has it, and what was typed before it."""

    document: YamlDocument
    scalar: Scalar
    typed: str
    in_placeholder: bool = False


def cursors(body: str, offset: int) -> Iterator[Cursor]:
    """The ways to read what is being typed at an offset: at most one as a key, and one as a text."""
    start = max(body.rfind("\n---", 0, offset) + 1, 0)
    end = body.find("\n---", offset)
    before, after = body[start:offset], body[offset : end if end >= 0 else len(body)]
    after = _TAIL.sub("", after)
    seen = set()
    for text, in_placeholder in _attempts(before, after):
        found = _read(text, in_placeholder=in_placeholder)
        if found is not None and found.scalar.key not in seen:
            seen.add(found.scalar.key)
            yield found
            if len(seen) == 2 or in_placeholder:
                return


def _attempts(before: str, after: str) -> Iterator[tuple[str, bool]]:
    """Texts with the mark in them, the likeliest first."""
    line = before[before.rfind("\n") + 1 :]
    rest, _, below = after.partition("\n")
    closing = _placeholder_end(before)
    if closing:
        end = "" if closing in rest.partition("{")[0] else f" {closing}"
        yield f"{before}{MARK}{end}{after}", True
        yield f"{before}{MARK}{end}", True
        return
    brackets = _open_brackets(line)
    if _ALONE.fullmatch(line) and not rest.strip():
        yield f"{before}{MARK}: \n{below}", False
        yield f"{before}{MARK}\n{below}", False
        yield f"{before}{MARK}: ", False
    yield f"{before}{MARK}{after}", False
    yield f"{before}{MARK}{brackets}\n{below}", False
    yield f"{before}{MARK}{brackets}", False
    yield f"{line}{MARK}{brackets}", False


def _read(text: str, *, in_placeholder: bool) -> Cursor | None:
    for document in yaml_documents(text.encode("utf-8", "replace"))[1]:
        for scalar in document.scalars.values():
            if MARK in scalar.value:
                return Cursor(document, scalar, scalar.value.partition(MARK)[0], in_placeholder)
    return None


def _placeholder_end(before: str) -> str:
    """What closes the placeholder that is being written; empty where none is."""
    near = before[-_MOST:]
    for opening, closing in (("{{", "}}"), ("{%", "%}")):
        place = near.rfind(opening)
        if place >= 0 and closing not in near[place:] and "\n\n" not in near[place:]:
            return closing
    return ""


def _open_brackets(line: str) -> str:
    """What closes the brackets that a line has opened."""
    opened: list[str] = []
    quote = ""
    for sign in line:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign in _CLOSING:
            opened.append(_CLOSING[sign])
        elif opened and sign == opened[-1]:
            opened.pop()
    return quote + "".join(reversed(opened))
