"""Two scripts have the same shortcode.

Why: Whoever types it gets one of the two, and may read the wrong one out before they notice.

Fix: Give one of them another shortcode.

Bad:

    kind: script
    id: return-yes
    short: ry
    say: Gladly.
    ---
    kind: script
    id: reply-soon
    short: ry  # here
    say: You will hear from me today.

Good:

    kind: script
    id: return-yes
    short: ry
    say: Gladly.
    ---
    kind: script
    id: reply-soon
    short: rs
    say: You will hear from me today.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, at
from servkit.text import fold, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry

CODE = "SK210"
SEVERITY = "error"


def check(kinds: Mapping[str, Sequence[Entry]]) -> Iterator[Finding]:
    seen: dict[str, Entry] = {}
    for entry in sorted(kinds["script"], key=lambda entry: (entry.path, entry.line)):
        short = entry.logic.get("short")
        if not short:
            continue
        first = seen.setdefault(fold(short), entry)
        if first.id != entry.id:
            message = f"{quoted(short)} is also the shortcode of {quoted(first.id)}. Choose another one."
            yield at(entry, ("short",), message)
