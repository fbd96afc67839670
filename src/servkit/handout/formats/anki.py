"""Anki's import text: one line for each note, with the question in front, the answer and its reason on the back."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError
from servkit.handout.model import plain
from servkit.handout.question_list import has_answers, questions_of

if TYPE_CHECKING:
    from servkit.handout.model import Handout
    from servkit.handout.progress import Progress
    from servkit.handout.theme import Theme

SUFFIX = ".txt"
#: Which handouts of a sheet this format can hold.
accepts = has_answers


def write(handout: Handout, theme: Theme, progress: Progress) -> bytes:
    """The notes. Each has an id, so that a later import updates it instead of adding it again."""
    found = questions_of(handout, "anki")
    if any(question.answer is None for question in found):
        raise ServkitError("Anki cards need the answers. Render quiz-key --format anki.")
    lines = ["#separator:tab", "#html:true", "#guid column:1", f"#deck:{_line(handout.book)}", "#tags column:4"]
    for question in found:
        assert question.answer is not None
        front = "<br>".join(filter(None, (cell(plain(question.story)), cell(plain(question.words)))))
        back = f"<b>{cell(question.choices[question.answer])}</b>"
        back += "".join(
            f"<br>{cell(more)}" for more in (plain(question.reason), question.place, handout.footer) if more
        )
        lines.append("\t".join((question.key, front, back, "servkit")))
    return ("\n".join(lines) + "\n").encode("utf-8")


def _line(words: str) -> str:
    return " ".join(words.split()).replace("::", ": :")


def cell(words: str) -> str:
    """Text in a field: nothing in it is HTML, a new note, another field or one of Anki's own fields."""
    return (
        escape(" ".join(words.split())).replace("{", "&#123;").replace("}", "&#125;").replace("[sound:", "&#91;sound:")
    )
