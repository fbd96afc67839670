"""What an edit does, on a terminal: one line for each edited place, and with ``long`` every class."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from servkit.history.edited_places import EditedPlace, edited_places
from servkit.history.tellings import Telling, tellings
from servkit.history.words import command_of, told_words, weight_words, when_words
from servkit.terminal.screen import Screen

if TYPE_CHECKING:
    from servkit.history.changes import Change, Comparison

_STYLES = {"kinder": "green", "stricter": "red", "other": "yellow"}
#: The summary fits ten lines: so many places, items of a line, and problems are shown.
MOST_PLACES, MOST_ITEMS, MOST_PROBLEMS = 6, 3, 2
_MARKS = {"kinder": "+ ", "stricter": "- ", "other": "~ "}


def changes_screen(comparison: Comparison, title: str, *, long: bool = False) -> Screen:
    """The comparison of two books."""
    screen = Screen()
    screen.put(title, "bold")
    if not comparison.differs and not comparison.renamed:
        screen.gap()
        screen.put("The same in meaning.")
    places = edited_places(comparison.changes)
    shown = places if long or len(places) <= MOST_PLACES else places[: MOST_PLACES - 1]
    if places:
        screen.gap()
    for place in shown:
        _place(screen, place)
        for change in place.changes if long else ():
            _class(screen, change)
    if len(shown) < len(places):
        screen.put(f"… and {len(places) - len(shown)} more edited places (--long shows them)", "dim")
    found = [telling for telling in tellings(comparison, names=True) if telling.number or telling.items]
    if found:
        screen.gap()
    for telling in found:
        _telling(screen, telling, long=long)
        if telling.title == "Texts" and long:
            _texts(screen, comparison)
    if comparison.problems:
        screen.gap()
    problems = comparison.problems if long else comparison.problems[:MOST_PROBLEMS]
    for problem in problems:
        screen.put(problem, "yellow", mark="! ", mark_style="yellow")
    if len(problems) < len(comparison.problems):
        screen.put(f"… and {len(comparison.problems) - len(problems)} more (--long shows them)", "dim")
    return screen


def _place(screen: Screen, place: EditedPlace) -> None:
    lead = place.lead
    where = f" · {place.where}" if place.where else ""
    screen.put(place.line(names=True) + where, mark=_MARKS[lead.direction], mark_style=_STYLES[lead.direction])


def _telling(screen: Screen, telling: Telling, *, long: bool) -> None:
    items = telling.items if long or len(telling.items) <= MOST_ITEMS else telling.items[:MOST_ITEMS]
    more = f"; {len(telling.items) - len(items)} more" if len(items) < len(telling.items) else ""
    screen.put("; ".join(items) + more, mark=f"{telling.title} ({telling.number}): ", mark_style="bold", hang=2)


def _texts(screen: Screen, comparison: Comparison) -> None:
    for text in comparison.texts:
        screen.put(f"{text.what} {text.id}, {text.field}:", "dim", indent=4)
        marks = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
        screen.put("".join(marks[mark].format(run) for mark, run in text.diff), indent=6)


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
