"""A condition can never hold, or a document can never apply.

The finding is a `when` that is true for nobody on any day, an alternative of `any` that is, or a document that no
customer can reach with its channels, roles, segments and `when`.

Why: The author had somebody in mind, and nobody gets it.

Fix: Correct one of the parts that the message names. They contradict each other.

Bad:

    kind: segment
    id: growth
    when: {visits_a_year: {at_least: 52, less_than: 12}}  # here
    do: [Ask what is coming up.]

Good:

    kind: segment
    id: growth
    when: {visits_a_year: {at_least: 12, less_than: 52}}
    do: [Ask what is coming up.]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.proof_findings import findings_of_sound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.analysis.proofs import Proofs
    from servkit.book.library import Book
    from servkit.lint.finding import Finding

CODE = "SK410"
SEVERITY = "error"


def check(proofs: Proofs, skipped: list[str], book: Book, today: int) -> Iterator[Finding]:
    yield from findings_of_sound(proofs.never, skipped, book, today)
