"""The questions of a handout, for the formats that hold nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError
from servkit.handout.model import Question
from servkit.handout.traversal import blocks

if TYPE_CHECKING:
    from servkit.handout.model import Handout


def questions_of(handout: Handout, format_: str) -> list[Question]:
    """Every question. Raises ServkitError where the handout is not made of questions."""
    found = [block for block in blocks(handout.chapters) if isinstance(block, Question)]
    if not found:
        raise ServkitError(f"{format_} holds questions, and {handout.name!r} has none; use it with quiz or quiz-key")
    return found


def has_questions(handout: Handout) -> bool:
    """Whether there is anything to ask in a handout."""
    return any(isinstance(block, Question) for block in blocks(handout.chapters))


def has_answers(handout: Handout) -> bool:
    """Whether a handout is a key."""
    return any(isinstance(block, Question) and block.answer is not None for block in blocks(handout.chapters))
