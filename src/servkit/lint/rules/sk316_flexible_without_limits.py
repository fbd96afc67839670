"""A flexible policy doesn't say how far staff may go.

None of its terms has a limit or a grant.

Why: Without a limit, some staff give nothing and others give too much. People who are trusted with a number use it
well.

Fix: Give a term a `limit` or a `grant`, or make the policy `fixed`.

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
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry

CODE = "SK316"
SEVERITY = "warning"
SCOPE = "document"


def check(kinds: Mapping[str, Sequence[Entry]]) -> Iterator[Finding]:
    for entry in kinds["policy"]:
        if not entry.fixed and not any(map(_has_limits, (entry.prose.get("terms") or {}).values())):
            message = (
                f"{quoted(entry.id)} is flexible, but none of its terms has a `limit` or a `grant`."
                " Add one, or write `rule: fixed`."
            )
            yield at(entry, ("rule",), message)


def _has_limits(term: Any) -> bool:
    """Whether a term has a limit or grant, even one that another rule reports."""
    if not isinstance(term, dict):
        return False
    cases = term.get("cases") or ()
    return any(
        part.get("limit") or part.get("grant") for part in (term, *([cases] if isinstance(cases, dict) else cases))
    )
