"""``verify``: the amounts and periods of a text that is about to be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from servkit.assistant.arguments import CaseArguments, Text
from servkit.assistant.verification import verification_data, verify
from servkit.desk.answers import answer_fingerprint, look_up, matches_data

if TYPE_CHECKING:
    from servkit.desk.session import Desk

TITLE, RECORDS = "Check a text before you send it", False


class Shape(CaseArguments):
    """Compare every amount and period in a text that you are about to send with the answer for the
    customer. Ask this before you send anything with a number in it, with the same `customer`, `about` and `set` as
    the lookup.

    Only `verdict: agrees` is safe to send. `differs`: change the text. `unsure`: something depends on a question, goes
    beyond what everybody gets, is in no term, or could not be read; `not_read` lists that. Amounts
    are read in digits, and up to ninety-nine in words; whether the words around them are right is not checked."""

    text: Annotated[Text, Field(description="The whole text that is about to be sent.")]


def call(desk: Desk, arguments: Shape) -> dict[str, Any]:
    """What was compared, and with which answer."""
    answer = look_up(desk, arguments.request())
    if isinstance(answer, list):
        return matches_data(answer)
    return verification_data(verify(arguments.text, answer), answer_fingerprint(desk, answer))
