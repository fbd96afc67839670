"""There is a gap between two versions of a document.

No version is in force on the days between them, and something that is in force refers to the document.

Why: The reference leads nowhere on those days, and nobody notices in advance.

Fix: Let the later version begin on the day after the earlier one ends.

Bad:

    kind: script
    id: winter-offer
    effective: {until: 2026-03-31}
    say: We have a winter offer for you.
    ---
    kind: script
    id: winter-offer
    effective: {from: 2026-04-10}  # here
    say: We have a spring offer for you.
    ---
    kind: standard
    id: hello
    say: [winter-offer]

Good:

    kind: script
    id: winter-offer
    effective: {until: 2026-03-31}
    say: We have a winter offer for you.
    ---
    kind: script
    id: winter-offer
    effective: {from: 2026-04-01}
    say: We have a spring offer for you.
    ---
    kind: standard
    id: hello
    say: [winter-offer]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.proof_findings import findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.analysis.proofs import Proofs
    from servkit.lint.finding import Finding

CODE = "SK415"
SEVERITY = "warning"


def check(proofs: Proofs, skipped: list[str]) -> Iterator[Finding]:
    yield from findings(proofs.gaps, skipped)
