"""Between two versions of a document there are days without one, and something in force refers to it.

Why: on those days the reference leads nowhere, and nobody notices before they come.

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
