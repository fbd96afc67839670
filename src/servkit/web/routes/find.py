"""The first page: one field to find a customer, an area, a document or a script, and whom this session opened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from servkit.book.problems import BusyError
from servkit.cache.search import MOST_WORDS
from servkit.desk.error_text import error_sentences
from servkit.desk.search import search_everything
from servkit.languages.field_titles import field_title
from servkit.languages.kind_names import kind_name
from servkit.text import fold
from servkit.web.case_address import CaseAddress
from servkit.web.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.responses import Response

    from servkit.cache.search import Hit
    from servkit.web.visit import Visit

#: A longer text is not searched for.
LONGEST = 200
#: A blank of a script, perhaps cut off: nobody at a desk writes them.
_BLANK = re.compile(r"\{\{.*?(?:\}\}|\Z)")


class Result(NamedTuple):
    """Something that was found."""

    address: str
    title: str
    kind: str
    aside: str


def show_start(visit: Visit) -> Response:
    """The first page."""
    ids = visit.desk.settings.areas
    areas = [(CaseAddress(None, (id_,)), _area_title(visit, id_), _why(visit, id_)) for id_ in ids]
    recent = [(CaseAddress(who.id), who) for who in visit.session.recent] if visit.session is not None else []
    return visit.render("find.html", searched="", results=(), read_as={}, areas=areas, recent=recent)


def find(visit: Visit) -> Response:
    """What matches. A single match opens at once, unless the list is shown while somebody types."""
    text = visit.query.get("q", "").strip()[:LONGEST]
    if not text:
        return show_start(visit)
    about = visit.query.get("customer") or None
    words = " ".join(text.split()[:MOST_WORDS])
    try:
        found = search_everything(visit.desk, words)
    except BusyError as busy:
        nothing: dict[str, Any] = {"results": (), "read_as": {}, "areas": (), "recent": ()}
        return visit.render("find.html", 503, searched=text, waiting=error_sentences(busy, visit.words), **nothing)
    results = [*_areas(visit, words, about), *_shortcodes(visit, words, about)]
    seen = {result.address for result in results}
    results += [one for hit in found.hits if (one := _result(visit, hit, about)).address not in seen]
    if len(results) == 1 and not visit.is_part:
        return visit.redirect(results[0].address)
    return visit.render("find.html", searched=text, results=results, read_as=found.read_as, areas=(), recent=())


def _areas(visit: Visit, text: str, customer: str | None) -> Iterator[Result]:
    """The areas whose title or id holds the text; for the customer who is open, where one is."""
    kind = kind_name("area", visit.words)
    for id_ in visit.desk.settings.areas:
        title = _area_title(visit, id_)
        if fold(text) in fold(f"{title} {id_}"):
            yield Result(str(CaseAddress(customer, (id_,))), title, kind, _why(visit, id_))


def _shortcodes(visit: Visit, text: str, customer: str | None) -> Iterator[Result]:
    """The script that is said by exactly this."""
    id_ = visit.desk.book.shortcodes().get(text)
    if id_ is not None:
        entry = visit.desk.book.versions("script", id_)[0]
        title = visit.desk.settings.pick(entry.prose.get("title"), visit.words.language) or id_
        yield Result(str(CaseAddress(customer, (id_,))), title, kind_name("script", visit.words), text)


def _result(visit: Visit, hit: Hit, customer: str | None) -> Result:
    kind = kind_name(hit.kind, visit.words)
    if hit.kind == "customer":
        why = [one for one in hit.why if one.text not in (hit.title, hit.id)]
        aside = hit.id
        if why:
            aside = visit.words.gettext("{name}: {value}", name=_field(visit, why[0].field), value=why[0].text)
        return Result(str(CaseAddress(hit.id)), hit.title, kind, aside)
    aside = next((one.text for one in hit.why if one.text not in (hit.title, hit.id)), "")
    if hit.kind == "script":
        return Result(str(CaseAddress(customer, (hit.id,))), hit.title, kind, _BLANK.sub("…", aside))
    address = f"/book/documents/{quote(hit.kind, safe='')}/{quote(hit.id, safe='')}"
    if customer is not None and hit.kind in visit.desk.settings.applicable:  # what it means for who is on the line
        address = str(CaseAddress(customer, (hit.id,)))
    return Result(address, hit.title, kind, aside)


def _field(visit: Visit, name: str) -> str:
    known = visit.desk.settings.names.get(name)
    if known is not None and (title := visit.desk.settings.pick(known.title, visit.words.language)):
        return title
    return field_title(name, visit.words)


def _area_title(visit: Visit, id_: str) -> str:
    return visit.desk.settings.pick(visit.desk.settings.areas[id_].get("title"), visit.words.language) or id_


def _why(visit: Visit, id_: str) -> str:
    return visit.desk.settings.pick(visit.desk.settings.areas[id_].get("why"), visit.words.language)


PAGES = (Page("/", show_start), Page("/find", find))
