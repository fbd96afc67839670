"""A document on a screen, as a person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.answer.answer_json import as_list, note_json
from servkit.answer.rule_wording import rule_words
from servkit.book.conditions import All, AnyOf, Atom, Not
from servkit.cache.search_text import name_of
from servkit.terminal.screen import Screen, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.answer.case import Customer
    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.book.terms import Term

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
        "priority",
        "target",
    }
)
#: Whom or what a document is for, each a short list.
_FOR = ("area", "channels", "roles", "segments")
_TITLES = {
    "do": "Checklist", "ask": "Ask", "listen_for": "Listen for", "go_beyond": "You are trusted to", "say": "Say",
    "step_away": "When to step away", "in_practice": "Every day", "instead": "Offer instead", "when": "When",
    "expectation": "Tell them up front", "may_offer": "May offer", "wording": "Not this, but that", "sets": "Sets",
}  # fmt: skip
_COLUMN = 34


def document_screen(
    entries: Sequence[Entry],
    settings: Settings,
    language: str | None,
    today: int,
    referrers: Sequence[tuple[str, str]] = (),
    *,
    term: str | None = None,
    area: str | None = None,
) -> Screen:
    """An area, documents, and who refers to them.

    ``today`` is an ordinal, ``referrers`` are pairs such as ``("policy:returns", "say")``; ``term``
    narrows to one term.
    """
    screen = Screen()
    if area is not None:
        _draw_area(area, settings, language, screen)
    for entry in sorted(entries, key=lambda entry: not entry.in_force(today)):
        screen.gap()
        _DocumentView(entry, settings, screen, language).draw(today, only=term)
    if referrers:
        _draw_referrers(referrers, screen)
    elif entries:
        screen.gap()
        screen.put("Nothing refers to it.", "dim")
    return screen


def customer_screen(customer: Customer) -> Screen:
    """A customer from a file: the attributes, and what is wrong with them."""
    screen = Screen()
    screen.put(one_line(customer.name or customer.id), "bold cyan")
    screen.put(f"customer {customer.id} · {customer.path}:{customer.line}", "dim")
    for name, value in customer.attributes.items():
        screen.pair(name, str(value))
    for problem in customer.problems:
        screen.put(problem.message, "red", indent=2, mark="! ", mark_style="red")
    return screen


def _draw_area(area: str, settings: Settings, language: str | None, screen: Screen) -> None:
    written = settings.areas[area]
    screen.put(one_line(settings.pick(written.get("title"), language)) or area, "bold cyan")
    screen.put(f"area {area} · servkit.yaml", "dim")
    if written.get("why"):
        screen.put(settings.pick(written["why"], language), indent=2)


def _draw_referrers(referrers: Sequence[tuple[str, str]], screen: Screen) -> None:
    """A line a document: its name, and the keys under which it refers."""
    screen.heading("Referred to by")
    for name in dict.fromkeys(name for name, _ in referrers):
        keys = dict.fromkeys(key for other, key in referrers if other == name)
        screen.pair(name, ", ".join(keys), column=44, style="dim")


class _DocumentView:
    """Draws one document: its head, then every part in the author's order."""

    def __init__(self, entry: Entry, settings: Settings, screen: Screen, language: str | None) -> None:
        self.entry, self.settings, self.screen, self.language = entry, settings, screen, language

    def pick(self, prose: Any) -> str:
        return self.settings.pick(prose, self.language)

    def draw(self, today: int, only: str | None = None) -> None:
        entry, prose, screen = self.entry, self.entry.prose, self.screen
        title = self.pick(prose.get("title")) if entry.kind != "customer" else name_of(entry, self.settings)
        screen.put(one_line(title) or entry.id, "bold cyan")
        if not entry.in_force(today):
            screen.put(f"Not in force: {period_words(entry)}", "bold yellow")
        adjectives = [prose[key] for key in ("rule", "level") if isinstance(prose.get(key), str)]
        parts = [
            " ".join([*adjectives, entry.kind, entry.id]),
            *self._about(),
            period_words(entry) if entry.in_force(today) else "",
            f"{entry.path}:{entry.line}",
        ]
        screen.put(" · ".join(part for part in parts if part), "dim")
        for key, value in prose.items():
            if key in _HEAD or key in _FOR or value is None or (only and key != "terms"):
                continue
            if key == "terms" and isinstance(value, dict):
                screen.heading("Terms")
                for name in value:
                    if not only or name == only:
                        self._term(name, value[name])
            else:
                self._part(_TITLES.get(key) or key.replace("_", " ").capitalize(), key, value)

    def _about(self) -> list[str]:
        """Whom it is for, who keeps it, and until when."""
        prose = self.entry.prose
        short = [f"say it by {prose['short']}"] if prose.get("short") else []
        basis = [f"because of {prose['basis']}"] if prose.get("basis") else []
        plain = [f"{key} {prose[key]}" for key in ("rank", "priority", "target") if prose.get(key)]
        lists = [f"{key} {', '.join(map(str, as_list(prose[key])))}" for key in _FOR if prose.get(key)]
        owner = [f"owner {prose['owner']}"] if prose.get("owner") else []
        review = [f"review by {prose['review_by']}"] if prose.get("review_by") else []
        tags = [f"tags {', '.join(map(str, as_list(prose['tags'])))}"] if prose.get("tags") else []
        return [*short, *basis, *plain, *lists, *owner, *review, *tags]

    def _part(self, title: str, key: str, value: Any) -> None:
        screen = self.screen
        screen.heading(title)
        if key == "when" and self.entry.when is not None:
            _draw_condition(self.entry.when, screen, 2)
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
            screen.put(f"If {self.pick(item['if'])}: {self.pick(item['then'])}", indent=2, mark=mark)
        elif isinstance(item, dict) and "say" in item and "do" not in item:
            note = note_json(item, self.settings.pick, self.language)
            aside = ", ".join(str(note[part]) for part in ("by", "noted") if part in note)
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
            return "not known"
        if isinstance(value, str) or self._is_prose(value):
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
            rule_words(term.value) if term.value is not None else "only as below",
            column=_COLUMN,
            style="bold",
        )
        screen.put(term.ref, "dim", indent=4)
        for row in term.rows:
            value = rule_words(row.value) if row.value is not None else "as above"
            screen.put(f"{value} where {condition_words(row.when)}", indent=4, mark="– ")
        self._grants(term)

    def _grants(self, term: Term) -> None:
        grants = ", ".join(
            f"{role} {rule_words(term.grant[role])}" for role in self.settings.roles if role in term.grant
        )
        if grants:
            self.screen.put(grants, indent=4, mark="without asking: ", hang=2, mark_style="green")
        if term.limit is not None:
            self.screen.put(f"nobody may go past {rule_words(term.limit)}", indent=4)


def period_words(entry: Entry) -> str:
    """When a document is in force, where it says so."""
    period = entry.prose.get("effective")
    if not isinstance(period, dict):
        return ""
    return " ".join(f"{key} {period[key]}" for key in ("from", "until") if period.get(key))


def condition_words(condition: Condition, *, inner: bool = False) -> str:
    """A condition in one line."""
    if isinstance(condition, Not):
        return f"not ({condition_words(condition.part)})"
    if isinstance(condition, All):
        joint = " or " if isinstance(condition, AnyOf) else " and "
        words = joint.join(condition_words(part, inner=True) for part in condition.parts)
        return f"({words})" if inner and len(condition.parts) > 1 else words
    return condition.words() if isinstance(condition, Atom) else ""


def _draw_condition(condition: Condition, screen: Screen, indent: int) -> None:
    """A condition with a line for every part that has to hold."""
    whole = isinstance(condition, All) and not isinstance(condition, AnyOf)
    for part in condition.parts if whole and isinstance(condition, All) else (condition,):
        screen.put(condition_words(part), indent=indent, mark="• ")
