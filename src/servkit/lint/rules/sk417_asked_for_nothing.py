"""Staff ask for a fact or an attribute, and no answer depends on it.

Conditions name it but come out the same whatever it is, or it has a question and no condition, value or script uses it.
SK209 reports what nothing mentions at all.

Why: A question that decides nothing takes a minute from everybody who is asked.

Fix: Let something depend on it, or stop asking for it.

Bad:

    # file: servkit.yaml
    servkit: 1
    name: Example
    attributes:
      plan: {type: choice, of: [single, monthly]}
    facts:
      opened: {type: flag, ask: Has the box been opened?}  # here

    # file: returns.yaml
    kind: policy
    id: returns
    rule: flexible
    when:
      any:
        - {plan: single, opened: yes}
        - {plan: single, opened: no}
    terms:
      window: 30 days

Good:

    # file: servkit.yaml
    servkit: 1
    name: Example
    attributes:
      plan: {type: choice, of: [single, monthly]}
    facts:
      opened: {type: flag, ask: Has the box been opened?}

    # file: returns.yaml
    kind: policy
    id: returns
    rule: flexible
    when: {plan: single, opened: no}
    terms:
      window: 30 days
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.discovery import SETTINGS
from servkit.lint.finding import Finding
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.analysis.proofs import Proofs
    from servkit.book.source import Source
    from servkit.lint.fixtures.broken_documents import BrokenDocuments
    from servkit.lint.fixtures.usage import Usage

CODE = "SK417"
SEVERITY = "warning"


def check(
    proofs: Proofs, usage: Usage, broken_documents: BrokenDocuments, settings_source: Source, skipped: list[str]
) -> Iterator[Finding]:
    unused, unproved = proofs.unused
    skipped.extend(map(str, unproved))
    for variable, reason in unused:
        if variable.name not in usage.names or broken_documents.mentions(variable.name):
            continue
        where = ("facts" if variable.fact else "attributes", variable.name)
        advice = "delete it" if variable.fact else "delete its `ask`"
        message = f"No answer depends on {quoted(variable.name)}: {reason}. Let an answer depend on it, or {advice}."
        yield Finding(SETTINGS, *settings_source.place(where, key=True), message)
