"""What an answer gives to a script: the values of its placeholders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.scripts.script_values import script_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servkit.answer.result import Answer


def script_input(
    answer: Answer, language: str, agent: str | None, blanks: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The values of every placeholder for the customer and the case of an answer, as the language says them."""
    return script_values(
        answer.settings,
        answer.trace.values,
        {reference: term.value for reference, term in answer.terms.items()},
        answer.case.customer,
        language=language,
        agent=agent,
        blanks=blanks,
    )
