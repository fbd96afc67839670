"""``lookup``: what applies to a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from servkit.assistant.arguments import CaseArguments
from servkit.desk.answers import answer_data, look_up, matches_data

if TYPE_CHECKING:
    from servkit.desk.session import Desk

TITLE, RECORDS = "Look up what applies", False


class Shape(CaseArguments):
    """What applies to a customer: what matters to them, what to ask, what they get, how far you may go and who may go
    further, what is fixed and what to offer instead, and which scripts to say. Ask this before you say any amount,
    period or rule.

    Where `ask` has questions, the answer depends on them: ask the customer, and look up again with `set`. A term with
    the state open or conflict has no value yet. If several customers match, choose one by id. The result is the JSON
    of `servkit lookup --format json`; quote its fingerprint where an answer is kept."""

    start: Annotated[
        str | None,
        Field(
            max_length=200,
            alias="from",
            description="When it began: 2026-03-01T09:30, 09:30 or now. Shows when each promise is due.",
        ),
    ] = None
    why: Annotated[bool, Field(description="Add the rule, the condition and file:line behind every value.")] = False


def call(desk: Desk, arguments: Shape) -> dict[str, Any]:
    """The answer, or the customers who match."""
    found = look_up(desk, arguments.request()._replace(start=arguments.start))
    return matches_data(found) if isinstance(found, list) else answer_data(desk, found, why=arguments.why)
