"""What an edit does, on a terminal: one line for each edited place, and with ``long`` every class."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from servkit.history.edited_places import EditedPlace, edited_places
from servkit.history.tellings import Telling, tellings
from servkit.history.words import command_of, told_words, weight_words, when_words
from servkit.terminal.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.history.changes import Change, Comparison

_STYLES = {"kinder": "green", "stricter": "red", "other": "yellow"}
#: The summary fits ten lines, blank ones among them: so many lines beside the classes, and so many items of a line.
_LINES, _MOST_TELLINGS, _MOST_ITEMS = 10, 3, 3
_MARKS = {"kinder": "+ ", "stricter": "- ", "other": "~ "}
_LONG = "(--long shows them)"


def changes_screen(comparison: Comparison, title: str, *, long: bool = False) -> Screen:
    """The comparison of two books."""
    screen = Screen()
    screen.put(title, "bold")
    if not comparison.differs and not comparison.renamed:
        screen.gap()
        screen.put("The same in meaning.")
    found = [telling for telling in tellings(comparison, names=True) if telling.number or telling.items]
    _places(screen, comparison, _room_for_places(len(found), len(comparison.problems)), long=long)
    if found:
        screen.gap()
    shown = found if long or len(found) <= _MOST_TELLINGS else found[: _MOST_TELLINGS - 1]
    for telling in shown:
        _telling(screen, telling, long=long)
        if telling.title == "Texts" and long:
            _texts(screen, comparison)
    if rest := [f"{telling.title} ({telling.number})" for telling in found[len(shown) :]]:
        screen.put(f"{', '.join(rest)} {_LONG}", "dim")
    _problems(screen, comparison.problems, long=long)
    return screen


def _room_for_places(tellings: int, problems: int) -> int:
    """How many lines are left for edited places: a blank line is before each of the three parts."""
    others = sum(1 + count for count in (min(tellings, _MOST_TELLINGS), min(problems, 1)) if count)
    return _LINES - 2 - others


def _places(screen: Screen, comparison: Comparison, room: int, *, long: bool) -> None:
    places = edited_places(comparison.changes)
    if places:
        screen.gap()
    shown = places if long or len(places) <= room else places[: room - 1]
    for place in shown:
        _place(screen, place)
        for change in place.changes if long else ():
            _class(screen, change)
    if len(shown) < len(places):
        more = len(places) - len(shown)
        screen.put(f"… and {more} more edited place{'s' * (more > 1)} {_LONG}", "dim")


def _problems(screen: Screen, problems: Sequence[str], *, long: bool) -> None:
    if problems:
        screen.gap()
    for problem in problems if long else problems[:1]:
        more = f"; {len(problems) - 1} more {_LONG}" if len(problems) > 1 and not long else ""
        screen.put(problem + more, "yellow", mark="! ", mark_style="yellow")


def _place(screen: Screen, place: EditedPlace) -> None:
    lead = place.lead
    where = f" · {place.where}" if place.where else ""
    screen.put(place.line(names=True) + where, mark=_MARKS[lead.direction], mark_style=_STYLES[lead.direction])


def _telling(screen: Screen, telling: Telling, *, long: bool) -> None:
    items = telling.items if long or len(telling.items) <= _MOST_ITEMS else telling.items[:_MOST_ITEMS]
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
