"""A segment has no effect.

Every answer would be the same without it. What it sets is decided elsewhere or makes no difference, no document is
meant for it, and it has no `do`.

Why: Staff learn the segment and put customers into it, and nothing follows.

Fix: Let the segment set a value, name it in a document, or say under `do` what staff do for its customers.

Bad:

    kind: segment
    id: regulars  # here
    when: {plan: monthly}
    sets: {returns.window: 30 days}
    ---
    kind: policy
    id: returns
    rule: flexible
    terms:
      window: 30 days

Good:

    kind: segment
    id: regulars
    when: {plan: monthly}
    sets: {returns.window: 45 days}
    ---
    kind: policy
    id: returns
    rule: flexible
    terms:
      window: 30 days
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.answer.overrides import typed
from servkit.book.problems import ValueProblem
from servkit.lint.proof_findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.analysis.proofs import Proofs
    from servkit.book.entries import Entry
    from servkit.book.library import Book
    from servkit.lint.finding import Finding
    from servkit.lint.fixtures.broken_documents import BrokenDocuments

CODE = "SK412"
SEVERITY = "warning"


def check(proofs: Proofs, skipped: list[str], book: Book, broken_documents: BrokenDocuments) -> Iterator[Finding]:
    result = proofs.idle_segments
    skipped.extend(map(str, result.unproved))
    for fault in result.faults:
        segment = fault.entry
        if not broken_documents.mentions(segment.id) and all(
            _sets_valid_value(book, segment, ref) for ref in segment.overrides
        ):
            yield finding(fault)


def _sets_valid_value(book: Book, segment: Entry, ref: str) -> bool:
    """Whether the segment sets a term to a value that fits it. Other rules report it if not."""
    id_, _, name = ref.partition(".")
    for kind in book.settings.owners:
        for owner in book.versions(kind, id_):
            term = owner.terms.get(name)
            try:
                if term is not None and not term.fixed and typed(segment.overrides[ref], term, book.settings):
                    return True
            except ValueProblem:
                continue
    return False
