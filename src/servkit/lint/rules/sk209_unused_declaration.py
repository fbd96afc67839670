"""An area, attribute, fact or clock is declared but never used.

An attribute is used if a condition, a value or a script names it, if customers are found by it (`find: yes`), or if a
customer has it.

Why: Sooner or later, somebody asks a customer a question that decides nothing.

Fix: Use it, or delete the declaration.

Bad:

    # file: servkit.yaml
    servkit: 1
    name: Example
    areas:
      returns: {title: Returns}
    facts:
      opened: {type: flag, ask: Has the box been opened?}  # here

    # file: returns.yaml
    kind: script
    id: return-yes
    area: returns
    say: Gladly.

Good:

    # file: servkit.yaml
    servkit: 1
    name: Example
    areas:
      returns: {title: Returns}
    facts:
      opened: {type: flag, ask: Has the box been opened?}

    # file: returns.yaml
    kind: script
    id: return-yes
    area: returns
    when: {opened: no}
    say: Gladly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.discovery import SETTINGS
from servkit.lint.finding import Finding
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.references import References
    from servkit.book.settings import Settings
    from servkit.book.source import Source
    from servkit.lint.fixtures.broken_documents import BrokenDocuments
    from servkit.lint.fixtures.usage import Usage

CODE = "SK209"
SEVERITY = "warning"


def check(
    settings: Settings, settings_source: Source, references: References, usage: Usage, broken_documents: BrokenDocuments
) -> Iterator[Finding]:
    def finding(message: str, *where: str) -> Finding:
        return Finding(SETTINGS, *settings_source.place(where, key=True), message)

    for area in settings.areas:
        is_named = any(reference.entry.kind != "scenario" for reference in references.to("area", area))
        if not is_named and not broken_documents.mentions(area):
            yield finding(f"No document is about the area {quoted(area)}. Write one, or delete it.", "areas", area)
    for name, variable in settings.names.items():
        if name not in usage.names and not variable.find and not broken_documents.mentions(name):
            what, section = ("fact", "facts") if variable.fact else ("attribute", "attributes")
            yield finding(f"Nothing uses the {what} {quoted(name)}. Use it, or delete it.", section, name)
    for clock in settings.clocks:
        if clock not in usage.clocks and not broken_documents.mentions(clock):
            yield finding(f"No duration uses the clock {quoted(clock)}. Use it, or delete it.", "clocks", clock)
