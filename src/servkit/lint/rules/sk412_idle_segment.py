"""A segment never decides anything.

Nobody's answer would be another one without it: what it sets is decided elsewhere or comes to the same, no document is
admitted by it, and it has no `do`.

Why: staff learn the segment, customers are put into it, and nothing follows.

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

from servkit.lint.proved import findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.analysis.prove import Proofs
    from servkit.lint.finding import Finding

CODE = "SK412"
SEVERITY = "warning"


def check(proofs: Proofs, skipped: list[str]) -> Iterator[Finding]:
    yield from findings(proofs.idle_segments, skipped)
