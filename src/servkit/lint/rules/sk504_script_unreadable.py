"""A script is not valid Liquid.

For example, a tag is not closed, or a filter doesn't exist.

Why: The desk can't show the script.

Fix: Correct the tag or filter.

Bad:

    kind: script
    id: hello
    say: Good morning, {{ customer.name | upcaze }}.  # here

Good:

    kind: script
    id: hello
    say: Good morning, {{ customer.name | upcase }}.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.lint.finding import Finding
    from servkit.lint.fixtures.places import Places
    from servkit.lint.fixtures.templates import Template

CODE = "SK504"
SEVERITY = "error"
SCOPE = "document"


def check(templates: Sequence[Template], places: Places) -> Iterator[Finding]:
    for template in templates:
        if template.fault is None:
            continue
        reason, line, column = template.fault
        text = template.text.splitlines()[line - 1] if line <= template.text.count("\n") + 1 else ""
        word = text[column - 1 : column + 39].partition("}")[0].strip() or text[:40].strip() or "{"
        yield places.within(template.entry, template.where, word, f"The desk can't show this script: {reason}.")
