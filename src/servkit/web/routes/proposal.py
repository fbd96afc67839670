"""Propose a change: edit one text of a document, see what the checks say and whom it touches, and take the patch along.

Nothing is written to the book."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from starlette.responses import Response

from servkit.book.problems import ServkitError
from servkit.desk.error_text import error_sentences
from servkit.languages.catalogue import Message
from servkit.web.page import Page
from servkit.web.refusal import Refusal
from servkit.web.routes.book import document_address
from servkit.web.view.proposal import effect_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.book.source import PartPath
    from servkit.desk.edits import EditablePlace, ProposedEdit
    from servkit.web.visit import Visit


def show_places(visit: Visit) -> Response:
    """The texts of a document, each to edit."""
    from servkit.desk.edits import editable_places  # a server starts without the checks

    name = visit.query.get("document", "")
    places = editable_places(visit.desk, *_kind_and_id(name), visit.words)
    return _page(visit, name, places)


def check_edit(visit: Visit) -> Response:
    """What an edit comes to; or the patch as a file."""
    from servkit.desk.edits import editable_places, propose_edit

    name, new = visit.field("document"), visit.field("text")
    kind, id_ = _kind_and_id(name)
    where = _where(visit.field("where"))
    places = editable_places(visit.desk, kind, id_, visit.words)
    try:
        edit = propose_edit(visit.desk, kind, id_, where, new)
    except ServkitError as fault:
        return _page(visit, name, places, where, new, fault=error_sentences(fault, visit.words))
    if visit.field("what") == "patch":
        headers = {"Content-Disposition": f'attachment; filename="{_file_name(id_)}.patch"'}
        return Response(edit.patch.encode("utf-8"), media_type="text/x-patch; charset=utf-8", headers=headers)
    return _page(visit, name, places, where, new, edit=edit)


def _page(
    visit: Visit,
    name: str,
    places: Sequence[EditablePlace],
    where: PartPath = (),
    typed: str = "",
    *,
    edit: ProposedEdit | None = None,
    fault: str = "",
) -> Response:
    return visit.render(
        "proposal.html",
        document=name,
        back=document_address(*_kind_and_id(name)),
        title=_title(visit, name),
        groups=[(term, list(members)) for term, members in groupby(places, key=lambda place: place.term)],
        where=where,
        typed=typed,
        edit=edit,
        effect=[] if edit is None else effect_lines(visit.desk, visit.words, edit),
        fault=fault,
        to_json=_to_json,
    )


def _title(visit: Visit, name: str) -> str:
    versions = visit.desk.book.versions(*_kind_and_id(name))
    return visit.desk.settings.pick(versions[0].prose.get("title"), visit.words.language) or name


def _kind_and_id(name: str) -> tuple[str, str]:
    kind, colon, id_ = name.partition(":")
    if not colon or kind == "customer":
        raise Refusal(400, Message("Choose a document of the book first."), "/book")
    return kind, id_


def _to_json(where: PartPath) -> str:
    return json.dumps(where)


def _where(text: str) -> PartPath:
    try:
        steps = json.loads(text)
    except (ValueError, RecursionError):
        steps = None
    if not isinstance(steps, list) or not all(isinstance(step, str | int) for step in steps):
        raise Refusal(400, Message("This form can't be read."))
    return tuple(steps)


def _file_name(id_: str) -> str:
    return "".join(mark if mark.isascii() and (mark.isalnum() or mark in "-_") else "-" for mark in id_)


PAGES = (Page("/proposal", show_places), Page("/proposal/check", check_edit, ("POST",), is_slow=True))
