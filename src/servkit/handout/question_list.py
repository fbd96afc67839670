"""The questions of a document, for the formats that hold nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError
from servkit.handout.model import Question
from servkit.handout.traversal import blocks

if TYPE_CHECKING:
    from servkit.handout.model import Document


def questions_of(document: Document, format_: str) -> list[Question]:
    """Every question. Raises ServkitError where the document is not made of questions."""
    found = [block for block in blocks(document.chapters) if isinstance(block, Question)]
    if not found:
        raise ServkitError(f"{format_} holds questions, and {document.name!r} has none; use it with quiz or quiz-key")
    return found


def has_questions(document: Document) -> bool:
    """Whether there is anything to ask in a document."""
    return any(isinstance(block, Question) for block in blocks(document.chapters))


def has_answers(document: Document) -> bool:
    """Whether a document is a key."""
    return any(isinstance(block, Question) and block.answer is not None for block in blocks(document.chapters))
