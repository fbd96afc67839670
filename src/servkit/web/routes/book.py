"""The book: its areas, its documents as people read them, who refers to what, and what is missing where."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from servkit.book import kinds
from servkit.book.problems import UnknownNameError
from servkit.desk.details import find_details
from servkit.desk.document_text import document_text
from servkit.desk.listing import items
from servkit.desk.phrases import DeskPhrases
from servkit.languages.field_titles import place_title
from servkit.languages.kind_names import kind_name
from servkit.lint.fixtures.matrix import NEEDS, Matrix
from servkit.web.case_address import CaseAddress
from servkit.web.page import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from servkit.desk.details import Referrer
    from servkit.web.visit import Visit


class Link(NamedTuple):
    """A document to read."""

    address: str
    title: str
    aside: str = ""


class Shelf(NamedTuple):
    """The documents of one kind."""

    kind: str
    title: str
    links: tuple[Link, ...]


class Cell(NamedTuple):
    """A place of the matrix: how many documents of a kind there are, and whether one is required."""

    kind: str
    number: int
    required: bool


def document_address(kind: str, id_: str) -> str:
    """Where a document is read."""
    return f"/book/documents/{quote(kind, safe='')}/{quote(id_, safe='')}"


def show_book(visit: Visit) -> Response:
    """Areas, and every document by its kind. Customers are found by name, not listed."""
    desk, words = visit.desk, visit.words
    shelves: dict[str, list[Link]] = {}
    for entry in desk.book.all(None):
        if entry.kind not in ("customer", "scenario"):
            title = desk.settings.pick(entry.prose.get("title"), words.language) or entry.id
            shelves.setdefault(entry.kind, []).append(Link(document_address(entry.kind, entry.id), title, entry.id))
    order = list(desk.settings.kinds)
    ordered = sorted(shelves, key=lambda kind: (order.index(kind) if kind in order else len(order), kind))
    areas = [_area_link(visit, item.id) for item in items(desk, "area")]
    found = [
        Shelf(kind, kind_name(kind, words), tuple(sorted(shelves[kind], key=lambda link: link.title)))
        for kind in ordered
    ]
    return visit.render("book.html", areas=areas, shelves=found)


def _area_link(visit: Visit, id_: str) -> Link:
    settings = visit.desk.settings
    title = settings.pick(settings.areas[id_].get("title"), visit.words.language) or id_
    return Link(f"/book/areas/{quote(id_, safe='')}", title)


def show_area(visit: Visit) -> Response:
    """An area, and the documents that belong to it."""
    id_ = visit.path["area"]
    settings, language = visit.desk.settings, visit.words.language
    if id_ not in settings.areas:
        raise UnknownNameError("area", id_, tuple(settings.areas))
    details = find_details(visit.desk, id_)
    area = settings.areas[id_]
    return visit.render(
        "document.html",
        title=settings.pick(area.get("title"), language) or id_,
        lead=settings.pick(area.get("why"), language),
        ask=CaseAddress(None, (id_,)),
        documents=(),
        referrers=_referrers(visit, details.referrers),
        edit="",
    )


def show_document(visit: Visit) -> Response:
    """A document: all its versions, and who refers to it."""
    kind, id_ = visit.path["kind"], visit.path["id"]
    desk, words = visit.desk, visit.words
    if kind not in kinds.names():
        raise UnknownNameError("kind of document", kind, kinds.names())
    versions = desk.book.versions(kind, id_)
    if not versions or kind == "customer":
        raise UnknownNameError("document", id_, tuple(desk.book.ids((kind,))))
    details = find_details(desk, f"{kind}:{id_}")
    today = desk.today().toordinal()
    phrases = DeskPhrases(desk.settings, words, today)
    entries = sorted(details.entries, key=lambda entry: not entry.in_force(today))
    documents = [document_text(entry, phrases, words.language, today) for entry in entries]
    return visit.render(
        "document.html",
        title=documents[0].title,
        lead="",
        ask=CaseAddress(None, (id_,)) if kind in desk.settings.applicable else None,
        documents=documents,
        referrers=_referrers(visit, details.referrers),
        edit=f"/proposal?document={quote(f'{kind}:{id_}', safe='')}" if len(versions) == 1 else "",
    )


def _referrers(visit: Visit, referrers: Sequence[Referrer]) -> list[Link]:
    """Who refers to a thing, a line for each document, with the parts in which it does."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in referrers:
        found.setdefault((one.kind, one.id), []).append(place_title(one.key, visit.words))
    return [
        Link(document_address(kind, id_), _title(visit, kind, id_), ", ".join(dict.fromkeys(parts)))
        for (kind, id_), parts in found.items()
        if kind != "customer"
    ]


def _title(visit: Visit, kind: str, id_: str) -> str:
    versions = visit.desk.book.versions(kind, id_)
    title = visit.desk.settings.pick(versions[0].prose.get("title"), visit.words.language) if versions else ""
    return f"{title or id_} ({kind_name(kind, visit.words)})"


def show_matrix(visit: Visit) -> Response:
    """What each area has on each channel, and what it lacks."""
    desk, words = visit.desk, visit.words
    settings = desk.settings
    matrix = Matrix(settings, {kind: desk.book.all(kind) for kind in settings.kinds}, desk.today().toordinal())
    rows = [
        (
            _area_link(visit, area),
            [
                [Cell(kind, matrix.count(area, kind, channel), matrix.required(area, kind)) for kind in NEEDS]
                if channel in matrix.channels_of(area)
                else []
                for channel in matrix.channels
            ],
        )
        for area in settings.areas
    ]
    return visit.render(
        "matrix.html",
        channels=[channel or words.gettext("any") for channel in matrix.channels],
        rows=rows,
        gaps=list(matrix.gaps()),
        kind_name=lambda kind: kind_name(kind, words),
    )


PAGES = (
    Page("/book", show_book),
    Page("/book/areas/{area}", show_area),
    Page("/book/documents/{kind}/{id}", show_document),
    Page("/book/matrix", show_matrix),
)
