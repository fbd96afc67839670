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
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.references import References
    from servkit.lint.fixtures.terms import Terms

CODE = "SK402"
SEVERITY = "error"


def check(references: References, terms: Terms) -> Iterator[Finding]:
    for reference in references.of("term"):
        what = {"sets": "a segment", "promised": "a promise"}.get(str(reference.where[-2])) if reference.key else None
        owners = terms.get(reference.id, ())
        if what and owners and all(owned.term.fixed for owned in owners):
            owner = owners[0].owner.id
            message = (
                f"{quoted(reference.id)} is fixed, so {what} can't change it."
                f" If some customers may have more, make {quoted(owner)} flexible."
            )
            yield at(reference.entry, reference.where, message, key=True)
