"""The journal on a screen: what was recorded, what was refused, what is due, and the entries themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.languages.catalogue import Message, Worded
from servkit.terminal.screen import Screen, TextBlock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from servkit.desk.phrases import DeskPhrases
    from servkit.journal.due import DueItem
    from servkit.journal.entry import JournalEntry

#: What is due, and what is said of an entry that has no more to say.
_KINDS = {
    "promise": Message("promise"),
    "follow-up": Message("follow-up"),
    "recovery": Message("recovery"),
    "approval": Message("approval"),
    "answer": Message("answer recorded"),
    "forgotten": Message("forgotten"),
}
_SORTS = {
    "priority": Message("priority"),
    "expectation": Message("expectation"),
    "pace": Message("pace"),
    "signal": Message("signal"),
}


def recorded_screen(lines: Sequence[Message | str], ids: Sequence[str], phrases: DeskPhrases) -> Screen:
    """What was recorded, and the ids to correct it by."""
    screen = Screen()
    first, *rest = (phrases.say(line) if isinstance(line, Message) else line for line in lines)
    screen.put(first, "bold green")
    for line in rest:
        screen.put(line, indent=2)
    screen.put(phrases.words.gettext("entry {id}", id=", ".join(ids)), "dim")
    return screen


def refusal_screen(because: Message, who: Sequence[str], advice: Message | None, phrases: DeskPhrases) -> Screen:
    """Why nothing was recorded, who may, and what to do about it."""
    screen, gettext = Screen(), phrases.words.gettext
    screen.put(phrases.say(because), mark=gettext("Not recorded.") + " ", mark_style="bold red", hang=2)
    if who:
        screen.put(phrases.either(who), "bold", mark=gettext("Who may:") + " ", indent=2, hang=2)
    if advice is not None:
        screen.put(phrases.say(advice), "dim", indent=2)
    return screen


def due_screen(items: Sequence[DueItem], name_of: Callable[[str], str], phrases: DeskPhrases) -> Screen:
    """What is due, soonest first."""
    screen, gettext = Screen(), phrases.words.gettext
    if not items:
        screen.put(gettext("Nothing is due."), "green")
    for late in (True, False):
        found = [item for item in items if item.late is late]
        if found:
            screen.heading(gettext("Late") if late else gettext("Due"), "bold red" if late else "bold")
        for item in found:
            when = phrases.weekday(item.at.date()) if item.at is not None else gettext("no day set")
            if item.at is not None and item.kind != "promise":
                when += f", {item.at:%H:%M}"
            who = name_of(item.entry.customer) if item.entry.customer else ""
            source = [phrases.say(_KINDS[item.kind]), item.entry.by, gettext("entry {id}", id=item.entry.id)]
            style, under = "bold" if late else "", [TextBlock(", ".join(source), "dim")]
            screen.pair(when, f"{who}: {phrases.say(described(item.entry))}", column=26, style=style, under=under)
    return screen


def entries_screen(
    entries: Sequence[JournalEntry], zone: ZoneInfo, name_of: Callable[[str], str], phrases: DeskPhrases
) -> Screen:
    """Entries, newest first."""
    screen, gettext = Screen(), phrases.words.gettext
    if not entries:
        screen.put(gettext("The journal has no such entries."), "dim")
    for entry in entries:
        when = entry.moment.astimezone(zone)
        who = f"{name_of(entry.customer)}: " if entry.customer else ""
        source = TextBlock(", ".join(filter(None, (entry.by, gettext("entry {id}", id=entry.id)))), "dim")
        shown = f"{phrases.short_day(when.date())}, {when:%H:%M}"
        screen.pair(shown, f"{who}{phrases.say(described(entry))}", column=22, indent=0, under=[source])
    return screen


def described(entry: JournalEntry) -> Message:
    """An entry in a sentence."""
    body: dict[str, Any] = dict(entry.body or {})
    kind = entry.kind
    blanks: dict[str, Any] = {name: text for name, text in body.items() if isinstance(text, str)}
    blanks |= {name: entry.text(name) for name in ("term", "recovery", "say", "colleague", "because", "of")}
    blanks["value"] = Worded(entry.text("value"))
    if entry.body is None:
        return _KINDS["forgotten"]
    if kind == "note":
        heard = body.get("set")
        known = ", ".join(f"{name} = {value}" for name, value in heard.items()) if isinstance(heard, dict) else ""
        said = "; ".join(filter(None, (entry.text("say"), known)))
        return Message("{sort}: {say}", {"sort": _SORTS.get(entry.text("sort"), Message("heard")), "say": said})
    if kind == "promise" and body.get("until"):
        return Message("promised {term} {value} until {until}", blanks | {"until": Worded(entry.text("until"))})
    if kind == "correction":
        return _correction(body, blanks)
    if kind == "kept":
        broken = Message("promise of {term} broken", blanks)
        return Message("promise of {term} kept", blanks) if body.get("kept") else broken
    if kind == "approval":
        declined = Message("declined: entry {of}", blanks)
        return declined if entry.text("state") == "refused" else Message("approved: entry {of}", blanks)
    if kind == "signoff":
        blanks |= {"what": entry.text("area") or entry.text("sheet"), "level": entry.text("level")}
    return _SENTENCES[kind]._replace(blanks=blanks) if kind in _SENTENCES else _KINDS.get(kind, Message(kind))


def _correction(body: Mapping[str, Any], blanks: Mapping[str, Any]) -> Message:
    """What a correction says in place of what was there."""
    if body.get("withdrawn"):
        whole = Message("correction of {of}: withdrawn", blanks)
        return Message("correction of {of}: withdrawn, because {because}", blanks) if blanks["because"] else whole
    changes = body.get("changes")
    said = [text for text in changes.values() if isinstance(text, str)] if isinstance(changes, dict) else []
    return Message("correction of {of}: {say}", {**blanks, "say": "; ".join(said)})


_SENTENCES = {
    "promise": Message("promised {term} {value}"),
    "grant": Message("granted {term} {value}, because {because}"),
    "recovery": Message("recovery {recovery} begun"),
    "recovered": Message("recovery {recovery} closed: {say}"),
    "praise": Message("praise for {colleague}: {say}"),
    "signoff": Message("{colleague} signed off: {what}, {level}"),
}
