"""Two segments of one priority set one term to different values, and somebody is in both.

Where the term says which value is `better`, the kinder one wins and there is no tie. Where a text pattern decides who
is in a segment, they *may* meet, and that is an info.

Why: the desk shows a conflict, and the customer gets whatever the person at the desk decides.

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
