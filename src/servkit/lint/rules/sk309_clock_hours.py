"""The hours of a clock can't be read, or the clock never opens.

Why: A deadline on a clock that never opens never comes.

Fix: Write the hours like `Mo-Fr 08:00-18:00`.

Bad:

    # file: servkit.yaml
    servkit: 1
    name: Example
    clocks:
      office: {hours: "Mon to Fri, eight to six"}  # here

Good:

    # file: servkit.yaml
    servkit: 1
    name: Example
    clocks:
      office: {hours: "Mo-Fr 08:00-18:00"}
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from servkit.book.discovery import SETTINGS
from servkit.book.literals import read
from servkit.book.problems import ValueProblem
from servkit.clocks.service import ServiceClock
from servkit.lint.finding import Finding
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.settings import Settings
    from servkit.book.source import Source

CODE = "SK309"
SEVERITY = "error"


def check(settings: Settings, settings_source: Source, today: int) -> Iterator[Finding]:
    if not settings.clocks:
        return
    service = ServiceClock(settings)
    start = datetime.fromordinal(today)
    for name, clock in settings.clocks.items():
        try:
            service.due(read(f"1 {name} minute", settings.vocabulary), start, None)
        except ValueProblem as bad:
            key = "country" if clock.country and quoted(clock.country) in str(bad) else "hours"
            yield Finding(SETTINGS, *settings_source.place(("clocks", name, key)), str(bad))
