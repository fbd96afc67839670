"""A policy was stretched too often.

Colleagues granted more than the rule gives, or more than their own role may, again and again. Only
`servkit lint --journal` looks for it. `servkit report` shows who, for whom and why.

Why: A rule that needs an exception every week does not fit.

Fix: Change the rule. Where one edit would have covered nine in ten of the grants, the finding names it, and `servkit
report` has it as a patch.

Options:

    times  how many grants are too many (4)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.lint.finding import Finding, at
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.lint.journal_view import JournalView

CODE = "SK522"
SEVERITY = "info"
OPTIONS = {"times": 4}


def check(entries: Sequence[Entry], journal: JournalView, options: Mapping[str, Any]) -> Iterator[Finding]:
    owners = {term.ref: entry for entry in entries for term in entry.terms.values()}
    for one in journal.stretched:
        owner = owners.get(one.ref)
        if owner is None or one.times < options["times"]:
            continue
        message = f"{quoted(one.ref)} was stretched {one.times} times."
        if one.edit:
            last = f", by the last {one.looked_at} grants" if one.times > one.looked_at else ""
            message += f" This would have covered {one.covers} of {one.of}{last}: {one.edit}."
        yield at(owner, ("terms", one.ref.partition(".")[2]), message, key=True)
