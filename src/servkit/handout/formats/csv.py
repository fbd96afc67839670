"""A quiz as CSV, one row a question. No cell can become a formula in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from servkit.handout.model import plain
from servkit.handout.question_list import has_questions, questions_of

if TYPE_CHECKING:
    from servkit.handout.model import Handout
    from servkit.handout.progress import Progress
    from servkit.handout.theme import Theme

SUFFIX = ".csv"
#: Which handouts of a sheet this format can hold.
accepts = has_questions
#: Spreadsheets take a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def write(handout: Handout, theme: Theme, progress: Progress) -> bytes:
    """The questions. Only the key has columns for the answer, the reason and the place."""
    found = questions_of(handout, "csv")
    out = io.StringIO()
    rows = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    widest = max(len(question.choices) for question in found)
    letters = [chr(65 + place) for place in range(widest)]
    key = any(question.answer is not None for question in found)
    rows.writerow(["number", "story", "question", *letters, *(["answer", "reason", "place"] if key else []), "book"])
    for question in found:
        choices = [*question.choices, *[""] * (widest - len(question.choices))]
        row = [str(question.number), plain(question.story), plain(question.words), *choices]
        if key:
            row += [
                letters[question.answer] if question.answer is not None else "",
                plain(question.reason),
                question.place,
            ]
        rows.writerow([safe(cell) for cell in (*row, handout.footer)])
    return out.getvalue().encode("utf-8-sig")


def safe(cell: str) -> str:
    """A cell that every spreadsheet shows as text."""
    cell = " ".join(cell.split(" ")).replace("\r", " ").replace("\n", " ").replace("\t", " ")
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA) else cell
