"""What a script can name: the customer, the agent, the book, the facts and the terms (BOOK.md 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.scripts.spoken import Spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servkit.answer.result import Answer
    from servkit.book.entries import Entry
    from servkit.book.settings import Settings


def script_language(entry: Entry, wanted: str | None, settings: Settings) -> str:
    """The language a script is said in: the wanted one where there is one, else the book's, else the first there is."""
    prose = entry.prose.get("say")
    if not isinstance(prose, dict):
        return settings.language
    for language in (wanted, (wanted or "").partition("-")[0], settings.language):
        if language in prose:
            return str(language)
    return str(next(iter(prose)))


def term_references(names: tuple[str, ...]) -> tuple[str, ...]:
    """The terms that some placeholders name."""
    parts = [name.split(".") for name in names]
    return tuple(sorted({".".join(part[1:3]) for part in parts if part[0] == "terms" and len(part) >= 3}))


#: What stands before a name without being part of it.
_TITLES = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "sir",
        "sr",
        "sra",
        "srta",
        "don",
        "doña",
        "herr",
        "frau",
        "m",
        "mme",
    }
)


def first_name(name: str) -> str:
    """The name a person is called by: ``Bell, Mrs. Dorothy`` and ``Dr. Dorothy Bell`` are both Dorothy."""
    _, comma, given = name.partition(",")
    words = (given if comma and given.strip() else name).split()
    called = [word for word in words if word.rstrip(".").lower() not in _TITLES]
    return (called or words)[0]


def script_values(answer: Answer, language: str, agent: str | None, blanks: Mapping[str, str]) -> dict[str, Any]:
    """The values of every placeholder, as they are said in a language. What is not known is not there."""
    settings, case = answer.settings, answer.case

    def said(value: Any) -> Spoken:
        return Spoken(value, language)

    names = settings.names
    known = {name: said(value) for name, value in answer.trace.values.items() if name in names}
    customer: dict[str, Any] = {name: value for name, value in known.items() if not names[name].fact}
    if case.customer is not None:
        customer["id"] = case.customer.id
        name = (case.customer.name or "").strip()
        if name:
            customer["name"] = name
            customer.setdefault("first_name", first_name(name))
    terms: dict[str, dict[str, Any]] = {}
    for ref, term in answer.terms.items():
        if term.value is not None:
            id_, _, key = ref.partition(".")
            terms.setdefault(id_, {})[key] = said(term.value)
    out: dict[str, Any] = dict(blanks)
    out["customer"] = customer
    out["agent"] = {"name": agent} if agent else {}
    out["book"] = {"name": settings.name}
    out["facts"] = {name: value for name, value in known.items() if names[name].fact}
    out["terms"] = terms
    return out
