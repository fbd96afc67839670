"""The questions of a handout, for the formats that only hold questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError
from servkit.handout.model import Question
from servkit.handout.traversal import blocks

if TYPE_CHECKING:
    from servkit.handout.model import Handout


def questions_of(handout: Handout, format_: str) -> list[Question]:
    """Every question. Raises ServkitError where the handout has none."""
    found = [block for block in blocks(handout.chapters) if isinstance(block, Question)]
    if not found:
        raise ServkitError(f"{handout.name!r} has no questions for the format {format_}. Use it with quiz or quiz-key.")
    return found


def has_questions(handout: Handout) -> bool:
    """Whether a handout has questions."""
    return any(isinstance(block, Question) for block in blocks(handout.chapters))


def has_answers(handout: Handout) -> bool:
    """Whether a handout has questions with their answers."""
    return any(isinstance(block, Question) and block.answer is not None for block in blocks(handout.chapters))
