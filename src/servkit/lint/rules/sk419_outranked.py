"""A segment sets a term and never decides it.

Everybody in the segment gets the term from a segment of a higher priority, or gets the same value without it.

Why: The author meant to give these customers something, and they never get it.

Fix: Raise the `priority` of the segment, or correct the value.

Bad:

    kind: segment
    id: regulars
    when: {plan: monthly}
    do: Greet them by name.
    sets: {returns.window: 45 days}  # here
    ---
    kind: segment
    id: everyone-paying
    when: {plan: {at_least: single}}
    priority: 10
    sets: {returns.window: 60 days}
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
    do: Greet them by name.
    priority: 20
    sets: {returns.window: 75 days}
    ---
    kind: segment
    id: everyone-paying
    when: {plan: {at_least: single}}
    priority: 10
    sets: {returns.window: 60 days}
    ---
    kind: policy
    id: returns
    rule: flexible
    terms:
      window: 30 days
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.proof_findings import findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.analysis.proofs import Proofs
    from servkit.lint.finding import Finding

CODE = "SK419"
SEVERITY = "warning"


def check(proofs: Proofs, skipped: list[str]) -> Iterator[Finding]:
    yield from findings(proofs.outranked, skipped)
