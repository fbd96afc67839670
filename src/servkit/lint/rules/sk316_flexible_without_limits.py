"""A flexible policy does not say how far it bends.

None of its terms has a limit or a grant.

Why: room without an end is either never used or used up. Staff who are trusted with a number use it well.

Bad:

    kind: policy
    id: returns
    rule: flexible  # here
    terms:
      window: {value: 30 days, better: more}

Good:

    kind: policy
    id: returns
    rule: flexible
    terms:
      window: {value: 30 days, better: more, limit: 90 days}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.lint.finding import Finding, at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry

CODE = "SK316"
SEVERITY = "warning"


def check(kinds: Mapping[str, Sequence[Entry]]) -> Iterator[Finding]:
    for entry in kinds["policy"]:
        if not entry.fixed and not any(map(_bounded, (entry.prose.get("terms") or {}).values())):
            message = f"{entry.id} is flexible, and no term of it has a limit; say how far it bends, or make it fixed"
            yield at(entry, ("rule",), message)


def _bounded(term: Any) -> bool:
    """Whether the author meant to say how far a term bends; what is wrong with that is told elsewhere."""
    if not isinstance(term, dict):
        return False
    cases = term.get("cases") or ()
    return any(
        part.get("limit") or part.get("grant") for part in (term, *([cases] if isinstance(cases, dict) else cases))
    )
