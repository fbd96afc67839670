"""A term is named that no document has.

Why: a segment that sets it moves nothing, and a promise of it is kept by nobody.

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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.lint.fixtures.broken_documents import BrokenDocuments
    from servkit.lint.fixtures.references import References
    from servkit.lint.fixtures.terms import Terms

CODE = "SK204"
SEVERITY = "error"
_VERBS = {"sets": "sets", "promised": "promises", "may_offer": "offers"}


def check(references: References, terms: Terms, broken_documents: BrokenDocuments) -> Iterator[Finding]:
    for reference in references.of("term"):
        if reference.id in terms or broken_documents.has(reference.id):
            continue
        verb = _VERBS.get(str(reference.where[0]), "names")
        near = did_you_mean(reference.id, terms) or "; write the id of a standard or policy, a dot and the term"
        yield at(
            reference.entry, reference.where, f"{verb} {reference.id}, which no document has{near}", key=reference.key
        )
