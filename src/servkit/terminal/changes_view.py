"""What an edit does, on a terminal: one line for each edited place, and with ``long`` every class."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from servkit.history.edited_places import EditedPlace, edited_places
from servkit.history.words import command_of, told_words, weight_words, when_words
from servkit.terminal.screen import Screen

if TYPE_CHECKING:
    from servkit.history.changes import Change, Comparison

_STYLES = {"kinder": "green", "stricter": "red", "other": "yellow"}
_MARKS = {"kinder": "+ ", "stricter": "- ", "other": "~ "}


def changes_screen(comparison: Comparison, title: str, *, long: bool = False) -> Screen:
    """The comparison of two books."""
    screen = Screen()
    screen.put(title, "bold")
    if not comparison.differs and not comparison.renamed:
        screen.gap()
        screen.put("The same in meaning.")
    places = edited_places(comparison.changes)
    if places:
        screen.gap()
    for place in places:
        _place(screen, place)
        for change in place.changes if long else ():
            _class(screen, change)
    for problem in comparison.problems:
        screen.gap()
        screen.put(problem, "yellow", mark="! ", mark_style="yellow")
    return screen


def _place(screen: Screen, place: EditedPlace) -> None:
    lead = place.lead
    screen.put(place.line(names=True), mark=_MARKS[lead.direction], mark_style=_STYLES[lead.direction])
    if place.where:
        screen.put(place.where, "dim", indent=2)


def _class(screen: Screen, change: Change) -> None:
    """One class in full."""
    role = f" ({change.part.role})" if change.part.role else ""
    screen.put(
        f"{change.part.id} {change.part.part}{role}: {told_words(change.before)} → {told_words(change.after)}",
        indent=4,
        mark=f"{change.direction} ",
        mark_style=_STYLES[change.direction],
    )
    if change.values is not None:
        screen.put(f"here {told_words(change.values[0])} → {told_words(change.values[1])}", indent=6)
    screen.put(when_words(change.when), indent=6)
    if change.when:
        screen.put(f"when: {json.dumps(change.when, ensure_ascii=False)}", "dim", indent=6)
    if change.customers is not None:
        screen.put(weight_words(change.customers, names=True), indent=6)
    if change.witness is not None:
        screen.verbatim(command_of(change.witness), "      ")
    before, after = change.places
    if before != after and before and after:
        screen.put(f"{before} → {after}", "dim", indent=6)
    elif before or after:
        screen.put(before or after or "", "dim", indent=6)
