"""A row of a decision table is never used.

The rows above it already match everybody that it describes, or its document never applies where it holds. The check is
exact, over all attributes, facts and days.

Why: Nobody ever gets the value that the author wrote there.

Fix: Move the row up, or correct its condition.

Bad:

    kind: policy
    id: returns
    rule: flexible
    terms:
      window:
        value: 30 days
        cases:
          - {when: {visits_a_year: {at_least: 10}}, value: 90 days}
          - {when: {plan: commercial, visits_a_year: {at_most: 12}}, value: 60 days}
          - {when: {plan: commercial}, value: 75 days}  # here

Good:

    kind: policy
    id: returns
    rule: flexible
    terms:
      window:
        value: 30 days
        cases:
          - {when: {plan: commercial, visits_a_year: {less_than: 5}}, value: 75 days}
          - {when: {plan: commercial}, value: 60 days}
          - {when: {visits_a_year: {at_least: 10}}, value: 90 days}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.proof_findings import findings_of_sound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.analysis.proofs import Proofs
    from servkit.book.library import Book
    from servkit.lint.finding import Finding

CODE = "SK413"
SEVERITY = "error"


def check(proofs: Proofs, skipped: list[str], book: Book, today: int) -> Iterator[Finding]:
    yield from findings_of_sound(proofs.dead_rows, skipped, book, today)
