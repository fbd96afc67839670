"""A condition holds for everybody.

It is true whatever is known about the customer and the case, and even if nothing is known.

Why: The author meant to exclude somebody. In a decision table, the rows below are never used.

Fix: Correct the condition, or remove it if everybody is meant.

Bad:

    kind: segment
    id: regulars
    when:
      any:  # here
        - visits_a_year: {at_least: 12}
        - visits_a_year: {less_than: 24}
    do: [Thank them.]

Good:

    kind: segment
    id: regulars
    when:
      any:
        - visits_a_year: {at_least: 24}
        - plan: monthly
    do: [Thank them.]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.proof_findings import findings_of_sound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.analysis.proofs import Proofs
    from servkit.book.library import Book
    from servkit.lint.finding import Finding

CODE = "SK411"
SEVERITY = "warning"


def check(proofs: Proofs, skipped: list[str], book: Book, today: int) -> Iterator[Finding]:
    yield from findings_of_sound(proofs.always, skipped, book, today)
