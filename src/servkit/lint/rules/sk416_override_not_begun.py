"""A segment's value, a promise or a counted value begins too late.

Before its first day, a dated value doesn't exist. The segment then sets nothing, the promise promises nothing, and a
term with such a counted value is not offered, although the document is in force. SK317 checks the dated values of
terms.

Why: Nobody notices the gap until a customer is affected by it.

Fix: Add what holds before the first day, or let `effective` begin on that day.

Bad:

    kind: segment
    id: regulars
    when: {plan: monthly}
    sets:
      returns.fee: {2027-01-01: 0 USD}  # here
    ---
    kind: policy
    id: returns
    rule: flexible
    terms:
      fee: 5 USD

Good:

    kind: segment
    id: regulars
    effective: {from: 2027-01-01}
    when: {plan: monthly}
    sets:
      returns.fee: {2027-01-01: 0 USD}
    ---
    kind: policy
    id: returns
    rule: flexible
    terms:
      fee: 5 USD
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from servkit.book.amounts import Dated
from servkit.lint.finding import at
from servkit.lint.proof_findings import finding
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.analysis.proofs import Proofs
    from servkit.analysis.results import Fault
    from servkit.lint.finding import Finding
    from servkit.lint.fixtures.overrides import Override

CODE = "SK416"
SEVERITY = "warning"


def check(proofs: Proofs, overrides: Sequence[Override], today: int) -> Iterator[Finding]:
    for fault in proofs.unbegun.faults:
        if not _is_dated_term(fault):
            yield finding(fault)

    for override in overrides:
        amount = override.amount
        if override.entry.kind == "customer" and isinstance(amount, Dated) and amount.by is None:
            first = date.fromordinal(amount.steps[0][0])
            if first.toordinal() > today:
                message = f"{quoted(override.ref)} is promised from {first} on. Add what is promised until then."
                yield at(override.entry, override.where, message)


def _is_dated_term(fault: Fault) -> bool:
    """Whether it is about the dated value of a term, which SK317 checks."""
    data = fault.entry.prose
    for step in fault.where:
        data = data[step] if isinstance(data, (dict, list)) else {}
    return fault.entry.owns_terms and any(key[:1].isdigit() for key in data)
