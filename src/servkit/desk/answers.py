"""The answer for a customer, and the answer as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.answer.answer_json import answer_json, fingerprint
from servkit.desk.request import answer_case, find_customer, make_case, understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.answer.result import Answer
    from servkit.book.problems import Problem
    from servkit.customers.directory import Match
    from servkit.desk.request import DeskRequest
    from servkit.desk.session import Desk


def look_up(desk: Desk, request: DeskRequest) -> Answer | list[Match]:
    """The answer to a request, or several customers who may be meant.

    Raises UnknownNameError or FieldError, one line each."""
    request = understood(desk, request)
    customer = find_customer(desk, request.customer)
    return customer if isinstance(customer, list) else answer_case(desk, make_case(desk, request, customer))


def answer_data(desk: Desk, answer: Answer, *, why: bool = False) -> dict[str, Any]:
    """The answer as data (CLI.md, *At the desk*), with what is wrong in the files of customers, the book and the
    fingerprint; with ``why``, the rule behind every value and every document left out."""
    data = _told(answer, desk.directory.problems())
    mark = fingerprint(data)
    if why:
        from servkit.answer.explanation_json import explanation_json  # only those who ask why need it

        data["why"] = explanation_json(answer)
    return {**data, "book": book_data(desk), "fingerprint": mark}


def answer_fingerprint(desk: Desk, answer: Answer) -> str:
    """What tells one answer from every other."""
    return fingerprint(_told(answer, desk.directory.problems()))


def book_data(desk: Desk) -> dict[str, Any]:
    """Which book an answer is from."""
    revision, dirty = desk.book.revision
    return {"name": desk.settings.name, "revision": revision, "dirty": dirty}


def matches_data(matches: Sequence[Match]) -> dict[str, Any]:
    """Several customers who may be meant, as data."""
    return {"schema": "servkit/matches/1", "matches": [{"id": match.id, "name": match.name} for match in matches]}


def _told(answer: Answer, problems: Sequence[Problem]) -> dict[str, Any]:
    data = answer_json(answer)
    data["problems"] += [{"code": p.code, "path": p.path, "line": p.line, "message": p.message} for p in problems]
    return data
