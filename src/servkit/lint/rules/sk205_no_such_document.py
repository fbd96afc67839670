"""A document names another document that doesn't exist.

This covers scripts, recoveries, philosophies, standards, policies, segments and customers.

Why: The reference leads nowhere just when somebody needs it.

Fix: Correct the id, or write the missing document.

Bad:

    kind: standard
    id: hold
    say: [hold-aks]  # here
    ---
    kind: script
    id: hold-ask
    say: May I take a minute?

Good:

    kind: standard
    id: hold
    say: [hold-ask]
    ---
    kind: script
    id: hold-ask
    say: May I take a minute?
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, at
from servkit.nearest import did_you_mean
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.book.references import Reference, References
    from servkit.book.settings import Settings
    from servkit.lint.fixtures.broken_documents import BrokenDocuments
    from servkit.lint.fixtures.customers import Customers

CODE = "SK205"
SEVERITY = "error"
SCOPE = "names"


def check(
    references: References,
    kinds: Mapping[str, Sequence[Entry]],
    settings: Settings,
    broken_documents: BrokenDocuments,
    customers: Customers,
) -> Iterator[Finding]:
    ids: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for kind, entries in kinds.items():
        ids[kind] = dict.fromkeys(entry.id for entry in entries)
    ids["area"] = dict.fromkeys(settings.areas)
    for reference in references.all:
        if reference.kinds in (("area",), ("term",)):
            continue
        if any(reference.id in ids[kind] for kind in reference.kinds) or broken_documents.has(reference.id):
            continue
        if reference.kinds == ("customer",) and customers.knows(reference.id):
            continue
        yield at(reference.entry, reference.where, _message(reference, ids), key=reference.key)


def _message(reference: Reference, ids: Mapping[str, Mapping[str, None]]) -> str:
    known = [id_ for kind in reference.kinds for id_ in ids.get(kind, ())]
    what = reference.kinds[0] if len(reference.kinds) == 1 else "area or document"
    advice = did_you_mean(reference.id, known) or "Correct the id, or add it to the book."
    return f"There is no {what} {quoted(reference.id)}. {advice}"
