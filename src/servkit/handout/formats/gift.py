"""GIFT, the text that learning platforms take: multiple-choice questions with the reason as feedback."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError
from servkit.handout.model import Question, plain
from servkit.handout.question_list import has_answers, questions_of

if TYPE_CHECKING:
    from servkit.handout.model import Handout
    from servkit.handout.progress import Progress
    from servkit.handout.theme import Theme

SUFFIX = ".gift"
#: Which handouts of a sheet this format can hold.
accepts = has_answers
_SPECIAL = re.compile(r"([~=#{}:\\])")


def write(handout: Handout, theme: Theme, progress: Progress) -> bytes:
    """The questions with their answers."""
    found = questions_of(handout, "gift")
    if any(question.answer is None for question in found):
        raise ServkitError("A learning platform needs the answers. Render quiz-key --format gift.")
    parts = [f"// {_line(handout.footer)}", *(_question(question) for question in found)]
    return ("\n\n".join(parts) + "\n").encode("utf-8")


def _question(question: Question) -> str:
    words = " ".join(filter(None, (plain(question.story), plain(question.words))))
    lines = [f"::{escape(question.key)}::[plain]{escape(words)} {{"]
    lines += [f"\t{_choice(choice, right=place == question.answer)}" for place, choice in enumerate(question.choices)]
    reason = " ".join(filter(None, (plain(question.reason), f"({question.place})" if question.place else "")))
    if reason:
        lines.append(f"\t####{escape(reason)}")
    return "\n".join([*lines, "}"])


def _choice(words: str, *, right: bool) -> str:
    """A choice, escaped where GIFT would take its beginning for a weight or a format."""
    words = escape(words)
    if words.startswith("%"):
        words = f"%{100 if right else 0}%{words}"
    return f"{'=' if right else '~'}{'[plain]' if words.startswith('[') else ''}{words}"


def _line(words: str) -> str:
    return " ".join(words.split())


def escape(words: str) -> str:
    """Text on one line, without anything that GIFT takes for markup."""
    return _SPECIAL.sub(r"\\\1", _line(words))
