"""The journal on a screen: what was recorded, what was refused, what is due, and the entries themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.terminal.screen import Screen, TextBlock
from servkit.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from zoneinfo import ZoneInfo

    from servkit.journal.due import DueItem
    from servkit.journal.entry import JournalEntry

_KINDS = {"kept": "promise closed", "recovered": "recovery closed", "signoff": "sign-off", "answer": "answer recorded"}


def recorded_screen(lines: Sequence[str], ids: Sequence[str]) -> Screen:
    """What was recorded, and the ids to correct it by."""
    screen = Screen()
    first, *rest = lines
    screen.put(first, "bold green")
    for line in rest:
        screen.put(line, indent=2)
    screen.put(f"entry {', '.join(ids)}", "dim")
    return screen


def refusal_screen(because: str, who: Sequence[str], advice: str) -> Screen:
    """Why nothing was recorded, who may, and how they say so."""
    screen = Screen()
    screen.put(because, mark="Not recorded. ", mark_style="bold red", hang=2)
    if who:
        screen.put(enumeration(who, "or"), "bold", mark="Who may: ", indent=2, hang=2)
        screen.put(advice, "dim", indent=2)
    return screen


def due_screen(items: Sequence[DueItem], name_of: Callable[[str], str]) -> Screen:
    """What is due, soonest first."""
    screen = Screen()
    if not items:
        screen.put("Nothing is due.", "green")
    for late in (True, False):
        found = [item for item in items if item.late is late]
        if found:
            screen.heading("Late" if late else "Due", "bold red" if late else "bold")
        for item in found:
            when = f"{item.at:%a %d %b %Y}" if item.at is not None else "no day set"
            if item.at is not None and item.kind != "promise":
                when += f", {item.at:%H:%M}"
            who = name_of(item.entry.customer) if item.entry.customer else ""
            source = TextBlock(f"{item.kind}, {item.entry.by}, entry {item.entry.id}", "dim")
            style = "bold" if late else ""
            screen.pair(when, f"{who}: {describe(item.entry)}", column=26, style=style, under=[source])
    return screen


def entries_screen(entries: Sequence[JournalEntry], zone: ZoneInfo, name_of: Callable[[str], str]) -> Screen:
    """Entries, newest first."""
    screen = Screen()
    if not entries:
        screen.put("The journal has no such entries.", "dim")
    for entry in entries:
        when = entry.moment.astimezone(zone)
        who = f"{name_of(entry.customer)}: " if entry.customer else ""
        source = TextBlock(", ".join(filter(None, (entry.by, f"entry {entry.id}"))), "dim")
        screen.pair(f"{when:%d %b %Y, %H:%M}", f"{who}{describe(entry)}", column=22, indent=0, under=[source])
    return screen


def describe(entry: JournalEntry) -> str:
    """An entry in a sentence."""
    body: dict[str, Any] = dict(entry.body or {})
    kind, say = entry.kind, entry.text("say")
    if entry.body is None:
        return "forgotten"
    if kind == "note":
        heard = body.get("set")
        known = ", ".join(f"{name} = {value}" for name, value in heard.items()) if isinstance(heard, dict) else ""
        return f"{entry.text('sort') or 'heard'}: {'; '.join(filter(None, (say, known)))}"
    if kind == "promise":
        until = f" until {body['until']}" if body.get("until") else ""
        return f"promised {entry.text('term')} {entry.text('value')}{until}"
    if kind == "grant":
        return f"granted {entry.text('term')} {entry.text('value')}, because {entry.text('because')}"
    if kind == "recovery":
        return f"recovery {entry.text('recovery')} begun"
    if kind == "recovered":
        return f"recovery {entry.text('recovery')} closed: {say}"
    if kind == "kept":
        return f"promise of {entry.text('term')} {'kept' if body.get('kept') else 'broken'}"
    if kind == "praise":
        return f"praise for {entry.text('colleague')}: {say}"
    if kind == "signoff":
        return (
            f"{entry.text('colleague')} signed off: {entry.text('area') or entry.text('sheet')}, {entry.text('level')}"
        )
    if kind == "correction":
        return f"correction of {entry.text('of')}" + (": withdrawn" if body.get("withdrawn") else "")
    return _KINDS.get(kind, kind)
