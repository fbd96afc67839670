"""A fixed policy doesn't say where it comes from, or what to offer in place of a no.

`basis` is `law`, `safety`, `contract` or `company`. `instead` is what staff may offer.

Why: Nobody may make an exception. So staff need a reason to give, and something to offer.

Fix: Add `basis` and `instead`. If staff may make exceptions after all, write `rule: flexible`.

Bad:

    kind: policy
    id: pets  # here
    title: No pets
    rule: fixed
    statement: We don't take pets.

Good:

    kind: policy
    id: pets
    title: No pets
    rule: fixed
    statement: We don't take pets.
    basis: safety
    instead: A kennel ten minutes away, which we'll book for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, at
from servkit.lint.timelines import has_expired
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry

CODE = "SK318"
SEVERITY = "info"
SCOPE = "document"
_LACKS = {
    "basis": "where it comes from. Add `basis: law`, `safety`, `contract` or `company`.",
    "instead": "what may be offered in place of a no. Add `instead`.",
}


def check(kinds: Mapping[str, Sequence[Entry]], today: int) -> Iterator[Finding]:
    for entry in kinds["policy"]:
        is_asked = entry.fixed and not has_expired(entry, today)
        lacking = [key for key in _LACKS if is_asked and not entry.prose.get(key)]
        if len(lacking) == len(_LACKS):
            message = "where it comes from, or what may be offered in place of a no. Add `basis` and `instead`."
        elif lacking:
            message = _LACKS[lacking[0]]
        else:
            continue
        yield at(entry, ("id",), f"{quoted(entry.id)} is fixed, but doesn't say {message}")
