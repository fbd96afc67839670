"""A document on a screen, as a person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.answer.answer_json import as_list, note_json
from servkit.book.conditions import All, AnyOf
from servkit.cache.search_text import name_of
from servkit.languages.catalogue import ENGLISH, Message
from servkit.terminal.desk_phrases import DeskPhrases
from servkit.terminal.field_titles import field_title, place_title
from servkit.terminal.kind_names import kind_name
from servkit.terminal.screen import Screen, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.answer.case import Customer
    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.book.terms import Term
    from servkit.languages.catalogue import Catalogue

#: What the first lines show already.
_HEAD = frozenset(
    {
        "kind",
        "id",
        "title",
        "name",
        "effective",
        "owner",
        "review_by",
        "tags",
        "rule",
        "basis",
        "rank",
        "level",
        "short",
        "origin",
        "priority",
        "target",
    }
)
#: Whom or what a document is for, each a short list.
_FOR = ("area", "channels", "roles", "segments")
_SORTS = {
    "fixed": Message("fixed"),
    "flexible": Message("flexible"),
    "synthetic": Message("for every time"),
    "genuine": Message("for this person"),
}
#: What stands in the line below the title.
_SHORT = {
    "basis": Message("basis"),
    "rank": Message("rank"),
    "priority": Message("priority"),
    "target": Message("target"),
    "area": Message("area"),
    "channels": Message("channels"),
    "roles": Message("roles"),
    "segments": Message("segments"),
    "owner": Message("owner"),
    "review_by": Message("review by"),
    "tags": Message("tags"),
}
_COLUMN = 34


def document_screen(
    entries: Sequence[Entry],
    settings: Settings,
    language: str | None,
    today: int,
    referrers: Sequence[tuple[str, str]] = (),
    words: Catalogue = ENGLISH,
    *,
    term: str | None = None,
    area: str | None = None,
) -> Screen:
    """An area, documents, and who refers to them.

    ``today`` is an ordinal, ``referrers`` are pairs such as ``("policy:returns", "say")``; ``term``
    narrows to one term.
    """
    screen = Screen()
    phrases = DeskPhrases(settings, words, today)
    if area is not None:
        _draw_area(area, settings, language, screen, words)
    for entry in sorted(entries, key=lambda entry: not entry.in_force(today)):
        screen.gap()
        _DocumentView(entry, screen, phrases, language).draw(today, only=term)
    if referrers:
        _draw_referrers(referrers, screen, words)
    elif entries:
        screen.gap()
        screen.put(words.gettext("Nothing refers to it."), "dim")
    return screen


def customer_screen(customer: Customer, phrases: DeskPhrases) -> Screen:
    """A customer from a file: the attributes, and what is wrong with them."""
    screen = Screen()
    screen.put(one_line(customer.name or customer.id), "bold cyan")
    kind = kind_name("customer", phrases.words)
    screen.put(f"{kind} {customer.id} · {customer.path}:{customer.line}", "dim")
    for name, value in customer.attributes.items():
        screen.pair(phrases.name(name), phrases.value(value))
    for problem in customer.problems:
        screen.put(problem.message, "red", indent=2, mark="! ", mark_style="red")
    return screen


def _draw_area(area: str, settings: Settings, language: str | None, screen: Screen, words: Catalogue) -> None:
    written = settings.areas[area]
    screen.put(one_line(settings.pick(written.get("title"), language)) or area, "bold cyan")
    screen.put(f"{kind_name('area', words)} {area} · servkit.yaml", "dim")
    if written.get("why"):
        screen.put(settings.pick(written["why"], language), indent=2)


def _draw_referrers(referrers: Sequence[tuple[str, str]], screen: Screen, words: Catalogue) -> None:
    """A line a document: its name, and the parts in which it refers."""
    screen.heading(words.gettext("Referred to by"))
    for name in dict.fromkeys(name for name, _ in referrers):
        keys = dict.fromkeys(place_title(key, words) for other, key in referrers if other == name)
        screen.pair(name, ", ".join(keys), column=44, style="dim")


class _DocumentView:
    """Draws one document: its head, then every part in the author's order."""

    def __init__(self, entry: Entry, screen: Screen, phrases: DeskPhrases, language: str | None) -> None:
        self.entry, self.screen, self.phrases, self.language = entry, screen, phrases, language
        self.settings, self.gettext = phrases.settings, phrases.words.gettext

    def pick(self, prose: Any) -> str:
        return self.settings.pick(prose, self.language)

    def draw(self, today: int, only: str | None = None) -> None:
        entry, prose, screen = self.entry, self.entry.prose, self.screen
        title = self.pick(prose.get("title")) if entry.kind != "customer" else name_of(entry, self.settings)
        screen.put(one_line(title) or entry.id, "bold cyan")
        if not entry.in_force(today):
            screen.put(self.gettext("Not in force: {period}", period=self._period()), "bold yellow")
        parts = [
            f"{kind_name(entry.kind, self.phrases.words)} {entry.id}",
            *self._about(),
            self._period() if entry.in_force(today) else "",
            f"{entry.path}:{entry.line}",
        ]
        screen.put(" · ".join(part for part in parts if part), "dim")
        for key, value in prose.items():
            if key in _HEAD or key in _FOR or value is None or (only and key != "terms"):
                continue
            if key == "terms" and isinstance(value, dict):
                screen.heading(field_title("terms", self.phrases.words))
                for name in value:
                    if not only or name == only:
                        self._term(name, value[name])
            else:
                self._part(field_title(key, self.phrases.words), key, value)

    def _about(self) -> list[str]:
        """What sort of document it is, whom it is for, who keeps it, and until when."""
        prose, gettext = self.entry.prose, self.gettext
        out = [gettext(_SORTS[prose[key]].text) for key in ("rule", "level") if prose.get(key) in _SORTS]
        if prose.get("short"):
            out.append(gettext("say it by {short}", short=prose["short"]))
        for key, message in _SHORT.items():
            if prose.get(key):
                listed = ", ".join(self.phrases.written(str(item)) for item in as_list(prose[key]))
                out.append(gettext("{name}: {value}", name=gettext(message.text), value=listed))
        return out

    def _part(self, title: str, key: str, value: Any) -> None:
        screen = self.screen
        screen.heading(title)
        if key == "when" and self.entry.when is not None:
            self._condition(self.entry.when)
        elif isinstance(value, str) or self._is_prose(value):
            screen.put(self.pick(value).strip(), indent=2)
        elif isinstance(value, dict):
            for name, item in value.items():
                screen.pair(name if "." in name else name.replace("_", " "), self._short(item), column=_COLUMN)
        else:
            for place, item in enumerate(as_list(value), 1):
                self._item(item, f"{place}. " if key == "steps" else "• ")

    def _item(self, item: Any, mark: str) -> None:
        screen = self.screen
        if isinstance(item, str) or self._is_prose(item):
            screen.put(self.pick(item).strip(), indent=2, mark=mark)
        elif isinstance(item, dict) and "if" in item and "then" in item:
            situation = self.gettext("If {situation}:", situation=self.pick(item["if"]))
            screen.put(f"{situation} {self.pick(item['then'])}", indent=2, mark=mark)
        elif isinstance(item, dict) and "say" in item and "do" not in item:
            note = note_json(item, self.settings.pick, self.language)
            aside = ", ".join(self.phrases.written(str(note[part])) for part in ("by", "noted") if part in note)
            screen.put(note["say"] + (f" ({aside})" if aside else ""), indent=2, mark=mark)
        elif isinstance(item, dict):
            first, *rest = item.items()
            text = self._short(first[1]) if first[0] == "do" else f"{first[0]}: {self._short(first[1])}"
            aside = ", ".join(f"{key} {self._short(value)}" for key, value in rest)
            screen.put(text + (f" ({aside})" if aside else ""), indent=2, mark=mark)

    def _is_prose(self, value: Any) -> bool:
        return isinstance(value, dict) and bool(value) and set(value) <= set(self.settings.languages)

    def _short(self, value: Any) -> str:
        """A part on one line, as its author could have written it."""
        if value is None:
            return self.gettext("not known")
        if isinstance(value, str):
            return self.phrases.written(value)
        if self._is_prose(value):
            return self.pick(value)
        if isinstance(value, list):
            return ", ".join(map(self._short, value))
        return "; ".join(f"{key.replace('_', ' ')} {self._short(item)}" for key, item in value.items())

    def _term(self, name: str, raw: Any) -> None:
        """What everybody has, the rows of the table, and how far each role may go."""
        term, screen = self.entry.terms.get(name), self.screen
        title = (
            self.pick(raw.get("title"))
            if isinstance(raw, dict) and raw.get("title")
            else name.replace("-", " ").capitalize()
        )
        if term is None:  # a term that cannot be read
            screen.pair(title, self._short(raw), column=_COLUMN)
            return
        screen.pair(
            title,
            self.phrases.rule(term.value) if term.value is not None else self.gettext("only as below"),
            column=_COLUMN,
            style="bold",
        )
        screen.put(term.ref, "dim", indent=4)
        for row in term.rows:
            value = self.phrases.rule(row.value) if row.value is not None else self.gettext("as above")
            condition = self.phrases.condition(row.when)
            screen.put(self.gettext("{value} where {condition}", value=value, condition=condition), indent=4, mark="– ")
        self._grants(term)

    def _grants(self, term: Term) -> None:
        grants = ", ".join(
            f"{role} {self.phrases.rule(term.grant[role])}" for role in self.settings.roles if role in term.grant
        )
        if grants:
            mark = self.gettext("without asking:") + " "
            self.screen.put(grants, indent=4, mark=mark, hang=2, mark_style="green")
        if term.limit is not None:
            limit = self.gettext("nobody may go past {value}", value=self.phrases.rule(term.limit))
            self.screen.put(limit, indent=4)

    def _period(self) -> str:
        """When the document is in force, where it says so."""
        period = self.entry.prose.get("effective")
        if not isinstance(period, dict):
            return ""
        start, end = (self.phrases.written(str(period[key])) if period.get(key) else "" for key in ("from", "until"))
        if start and end:
            return self.gettext("from {day} until {last}", day=start, last=end)
        if start:
            return self.gettext("from {day}", day=start)
        return self.gettext("until {last}", last=end) if end else ""

    def _condition(self, condition: Condition) -> None:
        """A line for every part that has to hold."""
        whole = isinstance(condition, All) and not isinstance(condition, AnyOf)
        for part in condition.parts if whole and isinstance(condition, All) else (condition,):
            self.screen.put(self.phrases.condition(part), indent=2, mark="• ")
