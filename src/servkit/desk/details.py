"""One document as a person reads it, and who refers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.answer.answer_json import value_json
from servkit.book.problems import UnknownNameError
from servkit.book.references import find_references
from servkit.cache.search_text import name_of
from servkit.desk.suggestions import taken
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.answer.case import Customer
    from servkit.book.entries import Entry
    from servkit.desk.session import Desk


class Referrer(NamedTuple):
    """A document that refers to another, and under which key."""

    kind: str
    id: str
    path: str
    line: int
    key: str


class Details(NamedTuple):
    """What a name stands for: documents, an area, or a customer from a file. ``term`` narrows to one term."""

    entries: Sequence[Entry]
    referrers: Sequence[Referrer]
    term: str | None = None
    area: str | None = None
    customer: Customer | None = None


def find_details(desk: Desk, name: str) -> Details:
    """Find ``kind:id``, an id of any kind, an area, a term reference, or somebody in a file of customers.

    Raises UnknownNameError with the nearest names.
    """
    book = desk.book
    kind, colon, id_ = name.partition(":")
    entries = book.versions(kind, id_) if colon else book.of_id(name)
    area = name if name in desk.settings.areas else None
    if entries or area:
        return Details(entries, _referrers(desk, entries, area), area=area)
    owner, dot, term = name.partition(".")
    owners = [entry for entry in book.of_id(owner) if term in entry.logic.get("terms", {})] if dot else []
    if owners:
        return Details(owners, _referrers_to_term(desk, name), term=term)
    customer = desk.directory.exact(name)
    if customer is not None:
        return Details((), (), customer=customer)
    known = (*desk.book.ids(), *desk.settings.areas, *_terms(desk, owner if dot else ""))
    hint = "servkit find searches for words"
    unknown = UnknownNameError("document, area or term", name, tuple(dict.fromkeys(known)), hint)
    return find_details(desk, taken(unknown, desk.notice))


def _terms(desk: Desk, owner: str) -> list[str]:
    entries = [entry for kind in desk.settings.owners for entry in desk.book.all(kind)]
    return [f"{entry.id}.{name}" for entry in entries for name in entry.logic.get("terms", {})] if owner else []


def _referrers(desk: Desk, entries: Sequence[Entry], area: str | None) -> list[Referrer]:
    things = {(entry.kind, entry.id) for entry in entries} | ({("area", area)} if area else set())
    terms = {("term", f"{entry.id}.{name}") for entry in entries for name in entry.logic.get("terms", {})}
    return _pointing_at(desk, {id_ for _, id_ in things}, things | terms)


def _referrers_to_term(desk: Desk, ref: str) -> list[Referrer]:
    return _pointing_at(desk, {ref}, {("term", ref)})


def _pointing_at(desk: Desk, ids: set[str | None], things: set[tuple[str, str | None]]) -> list[Referrer]:
    """The references to some things, from the documents in whose text their ids occur at all."""
    entries = {id(entry): entry for id_ in ids if id_ for entry in desk.book.search([fold(id_)], deep=True)}
    found = []
    for reference in find_references(entries.values(), desk.settings).all:
        if any((kind, reference.id) in things for kind in reference.kinds):
            key = ".".join(str(part) for part in reference.where[:2] if isinstance(part, str))
            entry = reference.entry
            found.append(Referrer(entry.kind, entry.id, entry.path, entry.line, key))
    return sorted(dict.fromkeys(found))


def details_json(desk: Desk, details: Details) -> dict[str, Any]:
    """The same as data: documents as their authors wrote them."""
    out: dict[str, Any] = {
        "schema": "servkit/show/1",
        "documents": [
            {
                "kind": entry.kind,
                "id": entry.id,
                "title": name_of(entry, desk.settings),
                "path": entry.path,
                "line": entry.line,
                "document": entry.prose,
            }
            for entry in details.entries
        ],
        "referred_to_by": [referrer._asdict() for referrer in details.referrers],
    }
    if details.term:
        out["term"] = details.term
    if details.area:
        out["area"] = {"id": details.area, **desk.settings.areas[details.area]}
    if details.customer is not None:
        customer = details.customer
        attributes = {name: value_json(value) for name, value in customer.attributes.items()}
        out["customer"] = {
            "id": customer.id,
            "name": customer.name,
            "path": customer.path,
            "line": customer.line,
            "attributes": attributes,
        }
    return out
