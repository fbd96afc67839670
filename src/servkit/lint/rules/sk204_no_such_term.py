"""A document names a term that doesn't exist.

Why: A segment that sets the term changes nothing, and nobody keeps a promise about it.

Fix: Write the id of a standard or policy, a dot and the name of the term, such as `returns.window`.

Bad:

    kind: customer
    id: C-1
    promised: {returns.windw: 60 days}  # here
    ---
    kind: policy
    id: returns
    rule: flexible
    terms:
      window: {value: 30 days, better: more, limit: 90 days}

Good:

    kind: customer
    id: C-1
    promised: {returns.window: 60 days}
    ---
    kind: policy
    id: returns
    rule: flexible
    terms:
      window: {value: 30 days, better: more, limit: 90 days}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, at
from servkit.nearest import did_you_mean
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.references import References
    from servkit.lint.fixtures.broken_documents import BrokenDocuments
    from servkit.lint.fixtures.terms import Terms

CODE = "SK204"
SEVERITY = "error"
SCOPE = "names"


def check(references: References, terms: Terms, broken_documents: BrokenDocuments) -> Iterator[Finding]:
    for reference in references.of("term"):
        if reference.id in terms or broken_documents.has(reference.id):
            continue
        advice = did_you_mean(reference.id, terms) or "Write the id of a standard or policy, a dot and its term."
        message = f"There is no term {quoted(reference.id)}. {advice}"
        yield at(reference.entry, reference.where, message, key=reference.key)
