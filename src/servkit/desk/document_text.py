"""A document in words, as a person reads it: its head, then every part in the author's order. A screen and a page show
the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.answer.answer_json import as_list, note_json
from servkit.book.conditions import All, AnyOf
from servkit.cache.search_text import name_of
from servkit.languages.catalogue import Message
from servkit.languages.field_titles import field_title
from servkit.languages.kind_names import kind_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry
    from servkit.book.terms import Term
    from servkit.desk.phrases import DeskPhrases

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


class Line(NamedTuple):
    """A line of a part: behind a ``mark``, or behind the ``name`` of what it is."""

    text: str
    mark: str = ""
    name: str = ""


class TermText(NamedTuple):
    """A term: what everybody has, the rows of its table, and how far each role may go."""

    title: str
    value: str
    ref: str = ""
    rows: tuple[str, ...] = ()
    grants: str = ""
    limit: str = ""


class Part(NamedTuple):
    """A part of a document: lines, or terms."""

    title: str
    lines: tuple[Line, ...] = ()
    terms: tuple[TermText, ...] = ()


class DocumentText(NamedTuple):
    """A document. ``about`` says what sort it is, whom it is for and until when; ``place`` is ``file:line``;
    ``not_in_force`` is the period, where the day is outside of it."""

    title: str
    kind: str
    about: tuple[str, ...]
    place: str
    not_in_force: str
    parts: tuple[Part, ...]


def document_text(
    entry: Entry, phrases: DeskPhrases, language: str | None, today: int, only: str | None = None
) -> DocumentText:
    """A document on a day (an ordinal); ``only`` narrows to one term."""
    return _Writer(entry, phrases, language).write(today, only)


class _Writer:
    def __init__(self, entry: Entry, phrases: DeskPhrases, language: str | None) -> None:
        self.entry, self.phrases, self.language = entry, phrases, language
        self.settings, self.gettext = phrases.settings, phrases.words.gettext

    def pick(self, prose: Any) -> str:
        return self.settings.pick(prose, self.language)

    def write(self, today: int, only: str | None) -> DocumentText:
        entry, words = self.entry, self.phrases.words
        title = self.pick(entry.prose.get("title")) if entry.kind != "customer" else name_of(entry, self.settings)
        now = entry.in_force(today)
        period = self._period()
        return DocumentText(
            " ".join(title.split()) or entry.id,
            kind_name(entry.kind, words),
            (*self._about(), *([period] if now and period else [])),
            f"{entry.path}:{entry.line}",
            "" if now else self.gettext("Not in force: {period}", period=period),
            tuple(self._parts(only)),
        )

    def _parts(self, only: str | None) -> Iterator[Part]:
        words = self.phrases.words
        for key, value in self.entry.prose.items():
            if key in _HEAD or key in _FOR or value is None or (only and key != "terms"):
                continue
            if key == "terms" and isinstance(value, dict):
                terms = [self._term(name, value[name]) for name in value if not only or name == only]
                yield Part(field_title("terms", words), terms=tuple(terms))
            else:
                yield Part(field_title(key, words), tuple(self._lines(key, value)))

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

    def _lines(self, key: str, value: Any) -> Iterator[Line]:
        if key == "when" and self.entry.when is not None:
            yield from self._condition(self.entry.when)
        elif isinstance(value, str) or self._is_prose(value):
            yield Line(self.pick(value).strip())
        elif isinstance(value, dict):
            for name, item in value.items():
                yield Line(self._short(item), name=name if "." in name else name.replace("_", " "))
        else:
            for place, item in enumerate(as_list(value), 1):
                yield from self._item(item, f"{place}. " if key == "steps" else "• ")

    def _item(self, item: Any, mark: str) -> Iterator[Line]:
        if isinstance(item, str) or self._is_prose(item):
            yield Line(self.pick(item).strip(), mark)
        elif isinstance(item, dict) and "if" in item and "then" in item:
            situation = self.gettext("If {situation}:", situation=self.pick(item["if"]))
            yield Line(f"{situation} {self.pick(item['then'])}", mark)
        elif isinstance(item, dict) and "say" in item and "do" not in item:
            note = note_json(item, self.settings.pick, self.language)
            aside = ", ".join(self.phrases.written(str(note[part])) for part in ("by", "noted") if part in note)
            yield Line(note["say"] + (f" ({aside})" if aside else ""), mark)
        elif isinstance(item, dict):
            first, *rest = item.items()
            text = self._short(first[1]) if first[0] == "do" else f"{first[0]}: {self._short(first[1])}"
            aside = ", ".join(f"{key} {self._short(value)}" for key, value in rest)
            yield Line(text + (f" ({aside})" if aside else ""), mark)

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

    def _term(self, name: str, raw: Any) -> TermText:
        term, gettext, rule = self.entry.terms.get(name), self.gettext, self.phrases.rule
        titled = isinstance(raw, dict) and raw.get("title")
        title = self.pick(raw["title"]) if titled else name.replace("-", " ").capitalize()
        if term is None:  # a term that cannot be read
            return TermText(title, self._short(raw))
        rows = [
            gettext(
                "{value} where {condition}",
                value=rule(row.value) if row.value is not None else gettext("as above"),
                condition=self.phrases.condition(row.when),
            )
            for row in term.rows
        ]
        value = rule(term.value) if term.value is not None else gettext("only as below")
        limit = gettext("nobody may go past {value}", value=rule(term.limit)) if term.limit is not None else ""
        return TermText(title, value, term.ref, tuple(rows), self._grants(term), limit)

    def _grants(self, term: Term) -> str:
        roles = (role for role in self.settings.roles if role in term.grant)
        return ", ".join(f"{role} {self.phrases.rule(term.grant[role])}" for role in roles)

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

    def _condition(self, condition: Condition) -> Iterator[Line]:
        """A line for every part that has to hold."""
        whole = isinstance(condition, All) and not isinstance(condition, AnyOf)
        for part in condition.parts if whole and isinstance(condition, All) else (condition,):
            yield Line(self.phrases.condition(part), "• ")
