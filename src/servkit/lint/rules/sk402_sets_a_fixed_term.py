"""A segment or a promise changes a term of a fixed policy.

It is ignored at the desk.

Why: A fixed policy is the same for everybody.

Fix: If some customers may have more, make the policy `flexible`, or give the term `cases`.

Bad:

    kind: policy
    id: cooling-off
    rule: fixed
    terms:
      period: 3 days
    ---
    kind: segment
    id: key-account
    when: {plan: commercial}
    sets: {cooling-off.period: 14 days}  # here

Good:

    kind: policy
    id: cooling-off
    rule: fixed
    terms:
      period:
        value: 3 days
        cases:
          - {when: {segment: key-account}, value: 14 days}
    ---
    kind: segment
    id: key-account
    when: {plan: commercial}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.lint.fixtures.references import References
    from servkit.lint.fixtures.terms import Terms

CODE = "SK402"
SEVERITY = "error"


def check(references: References, terms: Terms) -> Iterator[Finding]:
    for reference in references.of("term"):
        verb = {"sets": "sets", "promised": "promises"}.get(str(reference.where[-2])) if reference.key else None
        owners = terms.get(reference.id, ())
        if verb and owners and all(owned.term.fixed for owned in owners):
            message = f"{verb} {reference.id}, which is fixed; take it away, or make {owners[0].owner.id} flexible"
            yield at(reference.entry, reference.where, message, key=True)
