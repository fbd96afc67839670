"""A file with servkit's own words can't be used.

`languages/de.po` in a book rewords or translates what servkit itself says. With one mistake in it, the whole file is
left aside.

Why: The desk and the handouts go back to the words that you had changed.

Fix: Copy the text and its blanks from `servkit words`, and change only what follows `msgstr`.

Bad:

    # file: languages/en.po
    msgid "from {day}"  # here
    msgstr "as of {date}"

Good:

    # file: languages/en.po
    msgid "from {day}"
    msgstr "as of {day}"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.languages.catalogue import faults
from servkit.lint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CODE = "SK517"
SEVERITY = "error"


def check(root: Path) -> Iterator[Finding]:
    for fault in faults(root):
        yield Finding(fault.path, max(fault.line, 1), 1, fault.message)
