"""Two segments with the same priority set a term to different values.

It is reported if one customer can be in both. If the term says which value is `better`, the kinder one wins. If a text
pattern decides who is in a segment, the two *may* overlap, and the finding is an info.

Why: Staff see a conflict, and what the customer gets depends on whoever is at the desk.

Fix: Give one of the segments a higher `priority`, or give the term a `better`.

Bad:

    kind: segment
    id: regulars
    when: {plan: monthly}
    sets: {visits.greeting: by first name}
    ---
    kind: segment
    id: long-term
    when: {since: {before: 5 years ago}}
    sets: {visits.greeting: by last name}  # here
    ---
    kind: standard
    id: visits
    terms:
      greeting: with a smile

Good:

    kind: segment
    id: regulars
    when: {plan: monthly}
    sets: {visits.greeting: by first name}
    ---
    kind: segment
    id: long-term
    priority: 10
    when: {since: {before: 5 years ago}}
    sets: {visits.greeting: by last name}
    ---
    kind: standard
    id: visits
    terms:
      greeting: with a smile
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.proof_findings import findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.analysis.proofs import Proofs
    from servkit.lint.finding import Finding

CODE = "SK414"
SEVERITY = "error"


def check(proofs: Proofs, skipped: list[str]) -> Iterator[Finding]:
    yield from findings(proofs.ties, skipped)
