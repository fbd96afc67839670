"""``/answers``: what applies to a customer, as ``servkit lookup --format json`` says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from servkit.desk.answers import answer_data, look_up, matches_data
from servkit.desk.request import DeskRequest
from servkit.web.api.operation import Given, Operation, Sent
from servkit.web.api.shared_fields import (
    About,
    Channel,
    Customer,
    Facts,
    Language,
    Matches,
    Name,
    On,
    as_json,
)

if TYPE_CHECKING:
    from starlette.responses import Response

    from servkit.web.visit import Visit


class AnswerQuery(Sent):
    customer: Customer = None
    about: About = ()
    facts: Facts = ()
    channel: Channel = None
    language: Language = None
    on: On = None
    start: Annotated[
        Name | None,
        Field(alias="from", description="When it began: 2026-03-01T09:30, 09:30 or now. Then `due` says when it ends."),
    ] = None
    why: Annotated[bool, Field(description="Add the rule and the condition behind every value.")] = False


class TermAnswer(Given):
    """A value; where it is open or in conflict, `value` is null."""

    state: Literal["settled", "open", "conflict"]
    value: str | None
    you_may: str | None
    limit: str | None


class Answer(Given):
    """What applies."""

    schema_: Literal["servkit/answer/1"] = Field(alias="schema")
    customer: dict[str, Any] | None
    asked: dict[str, Any]
    segments: list[dict[str, Any]]
    might_be: list[dict[str, Any]]
    ask: list[dict[str, Any]]
    terms: dict[str, TermAnswer]
    philosophies: list[Any]
    standards: list[Any]
    procedures: list[Any]
    policies: list[Any]
    recoveries: list[Any]
    scripts: list[Any]
    left_out: list[dict[str, Any]]
    uncovered: list[str]
    problems: list[dict[str, Any]]
    book: dict[str, Any]
    fingerprint: str


def get_answer(visit: Visit, query: AnswerQuery) -> Response:
    """The answer, or who may be meant."""
    request = DeskRequest(
        query.customer,
        query.about,
        query.facts,
        channel=query.channel,
        language=query.language,
        on=query.on,
        start=query.start,
    )
    answer = look_up(visit.desk, request)
    if isinstance(answer, list):
        return as_json(visit, matches_data(answer), 300)
    if answer.case.customer is not None:
        visit.open_customer(answer.case.customer.id, answer.case.customer.name)
    return as_json(visit, answer_data(visit.desk, answer, why=query.why))


OPERATIONS = (
    Operation(
        "/answers",
        "getAnswer",
        "What applies to a customer: what matters to them, what to ask, what may be done, what to say.",
        get_answer,
        AnswerQuery,
        {200: ("The answer.", Answer), 300: ("Several customers match.", Matches)},
    ),
)
