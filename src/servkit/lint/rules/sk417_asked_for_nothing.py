"""A fact or attribute is asked for, and no answer depends on it.

Conditions name it, and hold or not whatever it is; or it has a question, and no condition, value or script uses it.
Names that nothing mentions at all are told by SK209.

Why: a question that decides nothing takes a minute from everybody it is asked of.

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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.analysis.proofs import Proofs
    from servkit.book.source import Source
    from servkit.lint.broken import Broken
    from servkit.lint.fixtures.usage import Usage

CODE = "SK417"
SEVERITY = "warning"


def check(
    proofs: Proofs, usage: Usage, broken: Broken, settings_source: Source, skipped: list[str]
) -> Iterator[Finding]:
    unused, unproved = proofs.unused
    skipped.extend(map(str, unproved))
    for variable, reason in unused:
        if variable.name not in usage.names or broken.mentions(variable.name):
            continue
        where = ("facts" if variable.fact else "attributes", variable.name)
        mending = "take the name away" if variable.fact else "take its `ask` away"
        message = f"no answer depends on {variable.name!r}: {reason}; let something depend on it, or {mending}"
        yield Finding(SETTINGS, *settings_source.place(where, key=True), message)
