"""A document on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.answer.as_json import as_list, note_json
from servkit.store.searching import name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.answer.case import Customer
    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.desk.layout import Screen
    from servkit.desk.showing import Referrer, Shown

_HEAD = frozenset({"kind", "id", "title", "name", "effective", "owner", "review_by", "tags"})
_TITLES = {
    "do": "Checklist", "ask": "Ask", "listen_for": "Listen for", "go_beyond": "You are trusted to", "step_away": "When to step away",
    "in_practice": "Every day", "say": "Say", "may_offer": "May offer", "sets": "Sets", "when": "When", "why": "Why",
}  # fmt: skip


def draw_shown(shown: Shown, settings: Settings, screen: Screen, language: str | None, today: int) -> None:
    """Everything that was asked for, then who refers to it."""
    if shown.area is not None:
        area = settings.areas[shown.area]
        screen.put(settings.pick(area.get("title"), language) or shown.area, "bold", "cyan")
        screen.put(f"area {shown.area}   servkit.yaml", "dim")
        if area.get("why"):
            screen.put(settings.pick(area["why"], language), indent=2)
    for entry in shown.entries:
        screen.gap()
        DocumentView(entry, settings, screen, language).draw(today, only=shown.term)
    if shown.customer is not None:
        _customer(shown.customer, screen)
    if shown.referrers:
        _referrers(shown.referrers, screen)


def _customer(customer: Customer, screen: Screen) -> None:
    screen.put(customer.name or customer.id, "bold", "cyan")
    screen.put(f"customer {customer.id}   {customer.path}:{customer.line}", "dim")
    for name, value in customer.attributes.items():
        screen.pair(name, str(value))
    for problem in customer.problems:
        screen.put(problem.message, "red", indent=2)


def _referrers(referrers: Sequence[Referrer], screen: Screen) -> None:
    """A line a document: its name, and the keys under which it refers."""
    screen.heading("Referred to by")
    names = dict.fromkeys((referrer.kind, referrer.id) for referrer in referrers)
    for kind, id_ in names:
        keys = dict.fromkeys(referrer.key for referrer in referrers if (referrer.kind, referrer.id) == (kind, id_))
        screen.pair(f"{kind}:{id_}", ", ".join(keys), column=40, styles=("dim",))


class DocumentView:
    """Draws one document: its head, then every part in the author's order."""

    def __init__(self, entry: Entry, settings: Settings, screen: Screen, language: str | None) -> None:
        self.entry, self.settings, self.screen, self.language = entry, settings, screen, language

    def pick(self, prose: Any) -> str:
        return self.settings.pick(prose, self.language)

    def draw(self, today: int, only: str | None = None) -> None:
        entry, prose, screen = self.entry, self.entry.prose, self.screen
        title = self.pick(prose.get("title")) if entry.kind != "customer" else name_of(entry, self.settings)
        screen.put(title or entry.id, "bold", "cyan")
        parts = [f"{entry.kind} {entry.id}", f"{entry.path}:{entry.line}", self._period(today)]
        parts += [f"owner {prose['owner']}"] if prose.get("owner") else []
        parts += [f"review by {prose['review_by']}"] if prose.get("review_by") else []
        screen.put(" · ".join(part for part in parts if part), "dim")
        for key, value in prose.items():
            if key in _HEAD or value is None or (only and key != "terms"):
                continue
            if key == "terms":
                self._terms(value, only)
            else:
                self._part(_TITLES.get(key) or key.replace("_", " ").capitalize(), key, value)

    def _period(self, today: int) -> str:
        period = self.entry.prose.get("effective")
        if not isinstance(period, dict):
            return ""
        spans = " ".join(f"{word} {period[key]}" for key, word in (("from", "from"), ("until", "until")) if period.get(key))
        return spans if self.entry.in_force(today) else f"NOT IN FORCE ({spans})"

    def _part(self, title: str, key: str, value: Any) -> None:
        screen = self.screen
        if isinstance(value, str) and len(value) < 40:
            screen.pair(title, value, indent=0, column=22)
            return
        screen.heading(title)
        if isinstance(value, str) or self._is_prose(value):
            screen.put(self.pick(value), indent=2)
        elif isinstance(value, dict):
            self._mapping(value, 2)
        else:
            for place, item in enumerate(as_list(value), 1):
                self._item(item, f"{place}. " if key == "steps" else "• ")

    def _item(self, item: Any, mark: str) -> None:
        screen = self.screen
        if isinstance(item, str) or self._is_prose(item):
            screen.put(self.pick(item), indent=2, mark=mark)
        elif isinstance(item, dict) and "say" in item and "do" not in item:
            note = note_json(item, self.settings.pick, self.language)
            aside = ", ".join(str(note[part]) for part in ("by", "noted") if part in note)
            screen.put(note["say"] + (f" ({aside})" if aside else ""), indent=2, mark=mark)
        elif isinstance(item, dict):
            first, *rest = item.items()
            screen.put(f"{first[0]}: {self._short(first[1])}" if first[0] != "do" else self.pick(first[1]), indent=2, mark=mark)
            for key, value in rest:
                screen.put(f"{key}: {self._short(value)}", "dim", indent=4)

    def _is_prose(self, value: Any) -> bool:
        return isinstance(value, dict) and bool(value) and set(value) <= set(self.settings.languages)

    def _mapping(self, data: dict[str, Any], indent: int) -> None:
        for key, value in data.items():
            self.screen.pair(key.replace("_", " "), self._short(value), indent=indent)

    def _short(self, value: Any) -> str:
        """A part on one line, as its author could have written it."""
        if value is None:
            return "not known"
        if isinstance(value, str) or self._is_prose(value):
            return self.pick(value)
        if isinstance(value, list):
            return ", ".join(map(self._short, value))
        return "; ".join(f"{key.replace('_', ' ')} {self._short(item)}" for key, item in value.items())

    def _terms(self, terms: dict[str, Any], only: str | None) -> None:
        self.screen.heading("Terms")
        for name, raw in terms.items():
            if only and name != only:
                continue
            spec = raw if isinstance(raw, dict) else {"value": raw}
            title = self.pick(spec.get("title")) or name.replace("-", " ").capitalize()
            self.screen.pair(title, self._short(spec["value"]) if spec.get("value") is not None else "as the cases say", column=30)
            self.screen.put(f"{self.entry.id}.{name}", "dim", indent=4)
            for case in as_list(spec.get("cases")):
                self.screen.put(f"{self._short(case.get('value'))} where {self._short(case.get('when'))}", indent=4, mark="– ")
            if isinstance(spec.get("grant"), dict):
                grants = ", ".join(f"{role} {self._short(value)}" for role, value in spec["grant"].items())
                self.screen.put(f"unasked: {grants}", indent=4)
            if spec.get("limit") is not None:
                self.screen.put(f"nobody past {self._short(spec['limit'])}", indent=4)
