"""A document names an area that is not declared.

Why: Nobody who asks about the area will find the document.

Fix: Correct the name, or declare it under `areas` in `servkit.yaml`.

Bad:

    kind: script
    id: hello
    area: retruns  # here
    say: Good morning.

Good:

    kind: script
    id: hello
    area: returns
    say: Good morning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, at
from servkit.nearest import did_you_mean
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.references import References
    from servkit.book.settings import Settings

CODE = "SK206"
SEVERITY = "error"
SCOPE = "document"


def check(references: References, settings: Settings) -> Iterator[Finding]:
    for reference in references.of("area"):
        if len(reference.kinds) == 1 and reference.id not in settings.areas:
            advice = did_you_mean(reference.id, settings.areas) or "Declare it in `servkit.yaml`."
            yield at(reference.entry, reference.where, f"There is no area {quoted(reference.id)}. {advice}")
