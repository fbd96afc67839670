"""Texts that changed, field by field, as word differences: reasons, steps, scripts, wording.

What has a meaning of its own (conditions, amounts, who is concerned) is told by the classes. An amount that is only
written another way stands here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from servkit.book.literals import read
from servkit.book.problems import ValueProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.history.differences import Versions

#: What is no text for people, or is told by a class, or does not matter to anybody who reads the book.
_NOT_TOLD = frozenset({
    "kind", "id", "owner", "review_by", "tags", "effective", "when", "area", "channels", "roles", "segments",
    "priority", "rule", "terms", "sets", "expect", "given", "about", "attributes", "promised", "customer",
})  # fmt: skip
_OF_TERMS = ("title", "why")
_NO_TEXTS = frozenset({"customer"})
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
#: Longer texts are compared line by line.
_MOST_WORDS = 4_000


@dataclass(frozen=True)
class TextChange:
    """One field of a document. ``diff`` has runs of text that stay (``=``), go (``-``) and come (``+``)."""

    what: str
    id: str
    field: str
    before: str | None
    after: str | None
    diff: tuple[tuple[str, str], ...]
    places: tuple[str | None, str | None]


def text_changes(versions: Sequence[Versions], before: Settings, after: Settings) -> list[TextChange]:
    """The texts that differ in documents that are in both books, and in the settings."""
    languages = {*before.languages, *after.languages}
    out = []
    for one in versions:
        if one.kind in _NO_TEXTS or (not (one.before and one.after) and one.kind in after.applicable):
            continue
        if one.kind in ("segment", "scenario") and not (one.before and one.after):
            continue
        pairs = zip(one.before, one.after, strict=False) if one.before and one.after else [(*one.before, *one.after)]
        for pair in pairs:
            out += list(_document(one, pair[0] if one.before else None, pair[-1] if one.after else None, languages))
    return [*out, *_settings(before, after)]


def _document(versions: Versions, old: Entry | None, new: Entry | None, languages: set[str]) -> Iterator[TextChange]:
    ones, twos = (dict(_fields(entry.prose, languages)) if entry is not None else {} for entry in (old, new))
    respelt = dict(_respelt(old.prose, new.prose)) if old is not None and new is not None else {}
    for field in dict.fromkeys([*ones, *twos, *respelt]):
        one, two = respelt[field] if field in respelt else (ones.get(field), twos.get(field))
        if one != two:
            places = tuple(f"{entry.path}:{_line(entry, field)}" if entry is not None else None for entry in (old, new))
            yield TextChange(
                versions.kind, versions.id, field, one, two, word_diff(one or "", two or ""), (places[0], places[1])
            )


def _line(entry: Entry, field: str) -> int:
    return entry.source.line(_path(entry.prose, field)) if entry.source is not None else entry.line


def _path(data: Any, field: str) -> tuple[str, ...]:
    """The keys that a field's name is made of; a key may hold dots itself."""
    if isinstance(data, dict):
        for key in data:
            if field == key:
                return (key,)
            if field.startswith(f"{key}."):
                return (key, *_path(data[key], field[len(key) + 1 :]))
    return ()


# --- fields -----------------------------------------------------------------------------------------------------------


def _fields(prose: Any, languages: set[str]) -> Iterator[tuple[str, str]]:
    for key, value in prose.items():
        if key not in _NOT_TOLD:
            yield from _translations(key, value, languages)
    terms = prose.get("terms")
    for name, term in terms.items() if isinstance(terms, dict) else ():
        for key in _OF_TERMS if isinstance(term, dict) else ():
            if key in term:
                yield from _translations(f"terms.{name}.{key}", term[key], languages)


def _translations(field: str, value: Any, languages: set[str]) -> Iterator[tuple[str, str]]:
    """A field as one text, or as one text for each language."""
    if isinstance(value, dict) and value and value.keys() <= languages:
        for language, text in value.items():
            yield f"{field}.{language}", _text(text)
    elif isinstance(value, list) and any(
        isinstance(item, dict) and item and item.keys() <= languages for item in value
    ):
        for language in sorted({key for item in value if isinstance(item, dict) for key in item}):
            yield (
                f"{field}.{language}",
                _text([item.get(language) if isinstance(item, dict) else item for item in value]),
            )
    else:
        yield field, _text(value)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(_text(item) for item in value if item is not None)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_text(item)}" for key, item in value.items())
    return "" if value is None else str(value)


def _respelt(before: Any, after: Any, path: str = "") -> Iterator[tuple[str, tuple[str, str]]]:
    """Amounts that are written another way and are the same."""
    for key in ("terms", "sets") if not path else before:
        if isinstance(before, dict) and isinstance(after, dict) and key in before and key in after:
            field = f"{path}.{key}" if path else key
            one, two = before[key], after[key]
            if isinstance(one, str) and isinstance(two, str):
                if one != two and _same_amount(one, two):
                    yield field, (one, two)
            else:
                yield from _respelt(one, two, field)


def _same_amount(one: str, two: str) -> bool:
    try:
        left, right = read(one), read(two)
    except ValueProblem:
        return False
    return left.type != "text" and left.key == right.key


def _settings(before: Settings, after: Settings) -> Iterator[TextChange]:
    """Titles, reasons, questions and words to avoid in ``servkit.yaml``."""
    ones, twos = dict(_settings_texts(before)), dict(_settings_texts(after))
    for field in dict.fromkeys([*ones, *twos]):
        one, two = ones.get(field), twos.get(field)
        if one is not None and two is not None and one != two:
            yield TextChange(
                "settings", "servkit.yaml", field, one, two, word_diff(one, two), ("servkit.yaml", "servkit.yaml")
            )


def _settings_texts(settings: Settings) -> Iterator[tuple[str, str]]:
    yield "name", settings.name
    for area, about in settings.areas.items():
        yield from ((f"areas.{area}.{key}", _text(about.get(key))) for key in ("title", "why"))
    for name, variable in settings.names.items():
        yield f"{name}.title", _text(variable.title)
        yield f"{name}.ask", _text(variable.ask)
    yield "wording.avoid", "\n".join(f"{bad}: {_text(good)}" for bad, good in settings.avoid.items())


# --- words ------------------------------------------------------------------------------------------------------------


def word_diff(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Runs of text that stay, go and come."""
    one, two = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(one), len(two)) > _MOST_WORDS:
        one, two = before.splitlines(keepends=True), after.splitlines(keepends=True)
    out: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            out.append(("=", "".join(one[a:b])))
            continue
        out += [(mark, "".join(words)) for mark, words in (("-", one[a:b]), ("+", two[c:d])) if words]
    return tuple(out)
