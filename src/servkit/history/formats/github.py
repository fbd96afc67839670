"""Workflow commands of GitHub Actions: what changes stands beside the edited line in the pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.history.edited_places import edited_places
from servkit.history.tellings import tellings, told_problems
from servkit.text import clean

if TYPE_CHECKING:
    from servkit.history.changes import Comparison

_LEVELS = {"kinder": "notice", "stricter": "warning", "other": "notice"}


def github(comparison: Comparison, sides: list[dict[str, Any]], prefix: str) -> str:
    """One command for each edited place, and one for whatever else is told."""
    out = []
    for place in edited_places(comparison.changes):
        path, _, line = place.where.rpartition(":")
        where = f"file={_property(prefix + path)},line={line}," if path else ""
        level = _LEVELS[place.lead.direction]
        out.append(f"::{level} {where}title={_property(place.subject)}::{_data(place.line(names=False))}\n")
    found = [telling for telling in tellings(comparison, names=False) if telling.number]
    out += [f"::notice title={_property(one.title)}::{_data('; '.join(one.items))}\n" for one in found]
    out += [f"::warning title=servkit::{_data(problem)}\n" for problem in told_problems(comparison)]
    return "".join(out)


def _data(text: str) -> str:
    return clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
