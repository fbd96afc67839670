"""What a script can name: the customer, the agent, the book, the facts and the terms (BOOK.md 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from servkit.scripts.first_name import first_name
from servkit.scripts.localization import ScriptValue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.book.values import Value


class Addressee(Protocol):
    """The customer to whom a script is said."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str | None: ...


def script_language(entry: Entry, requested: str | None, settings: Settings) -> str:
    """The language in which a script is said: the requested one, else the book's, else the first that it has."""
    prose = entry.prose.get("say")
    if not isinstance(prose, dict):
        return settings.language
    for language in (requested, (requested or "").partition("-")[0], settings.language):
        if language in prose:
            return str(language)
    return str(next(iter(prose)))


def term_references(names: tuple[str, ...]) -> tuple[str, ...]:
    """The terms that some placeholders name."""
    parts = [name.split(".") for name in names]
    return tuple(sorted({".".join(part[1:3]) for part in parts if part[0] == "terms" and len(part) >= 3}))


def script_values(
    settings: Settings,
    known: Mapping[str, Value],
    terms: Mapping[str, Value | None],
    customer: Addressee | None,
    *,
    language: str,
    agent: str | None = None,
    blanks: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The values of every placeholder, as the language says them. What is not known is left out.

    ``known`` has attributes and facts by name, ``terms`` values by reference (``returns.window``), and ``blanks`` the
    texts that somebody gave for names that the book does not have.
    """
    names = settings.names
    own = {name: ScriptValue(value, language) for name, value in known.items() if name in names}
    person: dict[str, Any] = {name: value for name, value in own.items() if not names[name].fact}
    if customer is not None:
        person["id"] = customer.id
        name = (customer.name or "").strip()
        if name:
            person["name"] = name
            if "first_name" not in names and (called := first_name(name)):
                person["first_name"] = called
    by_document: dict[str, dict[str, Any]] = {}
    for reference, value in terms.items():
        if value is not None:
            id_, _, key = reference.partition(".")
            by_document.setdefault(id_, {})[key] = ScriptValue(value, language)
    return {
        **(blanks or {}),
        "customer": person,
        "agent": {"name": agent} if agent else {},
        "book": {"name": settings.name},
        "facts": {name: value for name, value in own.items() if names[name].fact},
        "terms": by_document,
    }


def with_value(values: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    """The values with one more, under a dotted name."""
    first, _, rest = name.partition(".")
    if not rest:
        return {**values, first: value}
    inner = values.get(first)
    return {**values, first: with_value(inner if isinstance(inner, dict) else {}, rest, value)}
