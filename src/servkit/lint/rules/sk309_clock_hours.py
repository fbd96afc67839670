"""The hours of a clock can't be read, or a part of them does nothing.

Hours are written as OpenStreetMap writes them. `PH` are the public holidays of the clock's `country`; without a country
there are none. School holidays (`SH`) aren't known of any country. A later part overrules the parts before it, so
`PH off` comes last.

Why: A deadline on a clock that never opens never comes, and one on a clock that is open on holidays comes too early.

Fix: Write the hours like `Mo-Fr 08:00-18:00; PH off`, with `country: US`.

Bad:

    # file: servkit.yaml
    servkit: 1
    name: Example
    clocks:
      office: {hours: "Mon to Fri, eight to six"}  # here
      desk: {hours: "Mo-Fr 08:00-18:00; PH off"}  # here
      shop: {hours: "PH off; Mo-Sa 08:00-18:00", country: US}  # here

Good:

    # file: servkit.yaml
    servkit: 1
    name: Example
    clocks:
      office: {hours: "Mo-Fr 08:00-18:00"}
      desk: {hours: "Mo-Fr 08:00-18:00; PH off", country: US}
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from servkit.book.discovery import SETTINGS
from servkit.book.literals import read
from servkit.book.problems import ValueProblem
from servkit.clocks.hours import HoursProblem, overruled_part
from servkit.clocks.service import ServiceClock
from servkit.lint.finding import Finding
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.settings import Clock, Settings
    from servkit.book.source import Source
    from servkit.lint.fixtures.places import Places

CODE = "SK309"
SEVERITY = "error"
_HOLIDAYS = re.compile(r"\bPH\b(?![^\"]*\"(?:[^\"]*\"[^\"]*\")*[^\"]*\Z)")
_SCHOOL = re.compile(r"\bSH\b")


def check(settings: Settings, settings_source: Source, places: Places, today: int) -> Iterator[Finding]:
    if not settings.clocks:
        return
    service = ServiceClock(settings)
    start = datetime.fromordinal(today)
    for name, clock in settings.clocks.items():
        try:
            service.due(read(f"1 {name} minute", settings.vocabulary), start, None)
        except HoursProblem as bad:
            yield _at(settings_source, places, name, bad.key, str(bad), bad.start)
        except ValueProblem as bad:
            key = "region" if clock.region and quoted(clock.region) in str(bad) else "hours"
            yield _at(settings_source, places, name, key, str(bad))
        else:
            yield from _idle(settings_source, places, clock, start)


def _idle(source: Source, places: Places, clock: Clock, start: datetime) -> Iterator[Finding]:
    """Parts of hours that do nothing."""
    school, public = _SCHOOL.search(clock.hours), _HOLIDAYS.search(clock.hours)
    if school:
        message = (
            f"`SH` does nothing: servkit knows the school holidays of no country (clock {quoted(clock.name)}). Write "
            "the days themselves, such as `Dec 24-31 off`."
        )
        yield _at(source, places, clock.name, "hours", message, school.start())
    if public and not clock.country:
        message = (
            f"`PH` does nothing without a country, whose public holidays they are (clock {quoted(clock.name)}). Write "
            "`country: US`, or the country that is meant."
        )
        yield _at(source, places, clock.name, "hours", message, public.start())
    elif not clock.region and (found := overruled_part(clock.hours, clock.country, start)):
        part, place, written = found
        message = f"{quoted(part)} does nothing: what comes after it overrules it. Write {quoted(written)}."
        yield _at(source, places, clock.name, "hours", message, place)


def _at(source: Source, places: Places, name: str, key: str, message: str, start: int | None = None) -> Finding:
    """A finding in a value of a clock, so many characters after the value begins."""
    line, column = source.place(("clocks", name, key))
    row = places.lines(SETTINGS)[line - 1][column - 1 :]
    quote = row[:1] in ("'", '"')
    return Finding(SETTINGS, line, column + (0 if start is None else start + quote), message)
