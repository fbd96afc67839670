"""A condition holds for everybody.

It is true whatever is known of the customer and the case, also where nothing is.

Why: a condition that excludes nobody hides what the author meant to exclude; rows below one are never read.

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
