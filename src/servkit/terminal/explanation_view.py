"""Why an answer is what it is, on a screen: for every segment, every value and every document left out the rule, the
condition part by part, and the place where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.desk.reasons import Reason, reasons

if TYPE_CHECKING:
    from servkit.answer.result import Answer
    from servkit.desk.phrases import DeskPhrases
    from servkit.terminal.screen import Screen

_MARKS = {True: ("✓ ", "green"), False: ("✗ ", "red"), None: ("? ", "yellow"), "": ("", "")}
_STYLES = {"head": "bold", "aside": "dim", "warning": "yellow"}


def draw_why(answer: Answer, screen: Screen, phrases: DeskPhrases) -> None:
    """Draw the reasons for a whole answer."""
    found, gettext = reasons(answer, phrases), phrases.words.gettext
    if found.segments:
        screen.heading(gettext("Why these segments"))
    for segment in found.segments:
        _draw(segment, screen, 2)
    if found.terms:
        screen.heading(gettext("Why these values"))
    for term in found.terms.values():
        screen.gap()
        _draw(term, screen, 2)
    if found.left_out:
        screen.heading(gettext("Why these are left out"))
    for document in found.left_out:
        _draw(document, screen, 2)


def _draw(reason: Reason, screen: Screen, indent: int) -> None:
    mark, mark_style = _MARKS[reason.verdict]
    place = f"  {reason.place}" if reason.place else ""
    screen.put(reason.text + place, _STYLES.get(reason.sort, ""), indent, mark, mark_style)
    for part in reason.parts:
        _draw(part, screen, indent + 2)
