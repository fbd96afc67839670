"""Several lines are read as one text.

Lines that look like items of a list become one text in YAML, unless each begins with a hyphen and a space, in the same
column. So do bullets from a word processor (`•`), dashes, numbers, and items that are indented further than the first.

Why: The desk and the handouts show one item where several were meant.

Fix: Begin each item with `- ` in the same column. Lines that belong to one text go under `|`.

Bad:

    kind: standard
    id: greeting
    do:
      -Smile  # here
      -Say the name of the guest

Good:

    kind: standard
    id: greeting
    do:
      - Smile
      - Say the name of the guest
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from servkit.book.slips.text import FALSE_ITEM, KEY, indentation
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.lint.finding import Finding
    from servkit.lint.fixtures.written_texts import WrittenText

CODE = "SK113"
SEVERITY = "warning"
SCOPE = "document"
#: Keys that hold a list, one line an item.
_LISTS = frozenset(
    {"do", "ask", "steps", "in_practice", "stories", "listen_for", "go_beyond", "debrief", "priorities", "expectations"}
    | {"pace", "signals", "channels", "roles", "tags", "languages", "of"}
)
_HYPHEN = re.compile(r"[-*+] +(?=\S)")


def check(written_texts: Sequence[WrittenText]) -> Iterator[Finding]:
    for text in written_texts:
        look = {"": _plain, ">": _block, "|": _block}.get(text.style)
        if look is not None:
            yield from look(text)


def _plain(text: WrittenText) -> Iterator[Finding]:
    """Lines of plain text that begin like items."""
    first, *others = text.rows
    mark = FALSE_ITEM.match(first)
    alone = not text.lead.strip(" ")
    if mark and (alone or any(FALSE_ITEM.match(row.lstrip()) for row in others)):
        item = f"- {first[mark.end() :]}"
        message = f"This is read as text, not as an item of a list. Write {quoted(item)}, and so with each item."
        yield text.finding(message, text.line, text.column)
        return
    for number, row in enumerate(others, 1):
        hyphen = _HYPHEN.match(row.lstrip())
        if hyphen and row.lstrip()[0] != "+":
            column = indentation(row) + 1
            message = (
                f"This line is read as part of the text in line {text.line}. If it is an item of its own, begin it "
                "with `- ` in the column where the other items begin."
            )
            yield text.finding(message, text.line + number, column)
            return
        if row.rstrip().endswith("\\"):
            break
    for number, row in enumerate(text.rows[:-1]):
        if row.endswith("\\"):
            message = (
                "The backslash at the end of this line stays in the text. For a new line, write the text under `|`."
            )
            yield text.finding(message, text.line + number, len(text.lead) * (not number) + len(row))


def _block(text: WrittenText) -> Iterator[Finding]:
    """A list in a text under ``|`` or ``>``."""
    rows = [row for row in text.rows[1:] if row.strip()]
    edge = min(map(indentation, rows), default=0)
    items = [row.strip() for row in rows if indentation(row) == edge]
    marked = [row for row in items if _HYPHEN.match(row) or FALSE_ITEM.match(row)]
    if len(marked) < 2:
        return
    key = KEY.match(text.lead)
    if key is not None and key["key"] in _LISTS and len(marked) == len(items):
        message = f"The list under `{text.style}` is read as one item. Write the items directly under `{key['key']}:`."
    elif text.style == ">" and any(_follow(text.rows[1:], edge)):
        message = "`>` joins the lines of this list into one. Write `|`, which keeps them."
    else:
        return
    yield text.finding(message, text.line, text.column)


def _follow(rows: Sequence[str], edge: int) -> Iterator[bool]:
    """Whether an item directly follows another line, so that both are joined."""
    for above, row in pairwise(rows):
        if indentation(row) == edge == indentation(above) and above.strip() and row.strip():
            yield bool(_HYPHEN.match(row.strip()) or FALSE_ITEM.match(row.strip()))
