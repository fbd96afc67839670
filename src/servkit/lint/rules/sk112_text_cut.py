"""A text is cut at a `#`.

In YAML a comment begins at a `#` with a space before it. What follows is not part of the text. A comment with a space
after the `#` is not reported.

Why: The words after the `#` are lost, and nobody notices: `Your order #4711 is on its way` says only `Your order`.

Fix: Put the whole text in quotes. If it is a comment, write a space after the `#`.

Bad:

    kind: script
    id: on-its-way
    say: Your order #4711 is on its way.  # here

Good:

    kind: script
    id: on-its-way
    say: "Your order #4711 is on its way."  # a comment
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.slips.text import in_quotes, without_remark
from servkit.lint.fixtures.written_texts import REMARK
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.lint.finding import Finding
    from servkit.lint.fixtures.written_texts import WrittenText

CODE = "SK112"
SEVERITY = "warning"
SCOPE = "document"


def check(written_texts: Sequence[WrittenText]) -> Iterator[Finding]:
    for text in written_texts:
        found = REMARK.match(text.tail) if text.style == "" else None
        if found is None:
            continue
        lost = text.tail[found.end() - 1 :]
        kept = "\n".join(text.rows).removesuffix(text.tail)
        whole = in_quotes(f"{kept} #{without_remark(lost[1:])}")
        message = (
            f"YAML reads {quoted(lost)} as a comment, so it is lost. Put the whole text in quotes: {quoted(whole)}."
        )
        yield text.finding(message, text.end_line, text.end_column + found.end() - 1)
