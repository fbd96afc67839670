"""What the recording commands print: several customers to choose from, what was recorded, and what was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.cli.shared.output import print_json, print_note, print_screen
from servkit.desk.entries import find_anybody
from servkit.desk.request import find_customer
from servkit.languages.catalogue import Message
from servkit.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.answer.case import Customer
    from servkit.desk.offers import Refusal
    from servkit.desk.phrases import DeskPhrases
    from servkit.desk.recording import Recorded
    from servkit.desk.session import Desk

_ONE_MORE = Message("Add --again if this is one more.")
_BY_WORD = Message("With their word for it: {options}", {"options": "--approved-by NAME --approved-role ROLE"})


def choose_customer(desk: Desk, name: str, *, gone: bool = False) -> Customer | None:
    """The customer; None where several match, who are listed then. With ``gone``, also one of whom only the journal
    knows, by id."""
    found = find_anybody(desk, name) if gone else find_customer(desk, name)
    if isinstance(found, list):
        from servkit.terminal.choices_view import choices_screen  # loads Rich

        print_note(f"{len(found)} customers match {clean(name)!r}. Choose one by id:")
        print_screen(choices_screen([(match.id, match.name or "") for match in found], desk.words()), pager=False)
        return None
    return found


def desk_phrases(desk: Desk) -> DeskPhrases:
    """Words for a screen, in the language of the person at the desk."""
    from servkit.desk.phrases import DeskPhrases  # loads what only screens need

    return DeskPhrases(desk.settings, desk.words(), desk.today().toordinal())


def print_refusal(desk: Desk, refusal: Refusal, format_: str, advice: Message = _BY_WORD) -> int:
    """Say that nothing was recorded, why, who may, and how they say so. Returns the exit code."""
    if format_ == "json":
        print_json(refusal.data)
        return 1
    from servkit.terminal.journal_view import refusal_screen  # loads Rich

    said = _ONE_MORE if refusal.repeated else advice if refusal.who else None
    print_screen(refusal_screen(refusal.because, refusal.who, said, desk_phrases(desk)), pager=False)
    return 1


def print_recorded(desk: Desk, recorded: Recorded, lines: Sequence[Message | str], format_: str) -> int:
    """The entries as JSON, or a few lines that say what was recorded. Returns the exit code."""
    if format_ == "json":
        print_json(recorded.data)
        return 0
    from servkit.terminal.journal_view import recorded_screen  # loads Rich

    print_screen(recorded_screen(lines, [one.id for one in recorded.entries], desk_phrases(desk)), pager=False)
    return 0
