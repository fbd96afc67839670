"""``servkit.yaml`` declares an area, fact, attribute or clock that nothing uses.

An attribute counts as used where a condition, value or script names it, or where a customer has one.

Why: a question that is declared and decides nothing is sooner or later asked of a customer for nothing.

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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.settings import Settings
    from servkit.book.source import Source
    from servkit.lint.broken import Broken
    from servkit.lint.fixtures.references import References
    from servkit.lint.fixtures.usage import Usage

CODE = "SK209"
SEVERITY = "warning"


def check(
    settings: Settings, settings_source: Source, references: References, usage: Usage, broken: Broken
) -> Iterator[Finding]:
    def finding(message: str, *where: str) -> Finding:
        return Finding(SETTINGS, *settings_source.place(where, key=True), message)

    for area in settings.areas:
        named = any(found.entry.kind != "scenario" for found in references.to("area", area))
        if not named and not broken.mentions(area):
            yield finding(f"no document is of the area {area!r}; write one, or take the area away", "areas", area)
    for name, variable in settings.names.items():
        if name not in usage.names and not broken.mentions(name):
            what, section = ("fact", "facts") if variable.fact else ("attribute", "attributes")
            yield finding(f"nothing depends on the {what} {name!r}; use it, or take it away", section, name)
    for clock in settings.clocks:
        if clock not in usage.clocks and not broken.mentions(clock):
            yield finding(f"no duration is counted on the clock {clock!r}; use it, or take it away", "clocks", clock)
