"""A rule's page: the docstring of its module, in parts.

The first line says what is found, the paragraphs below it what that means. A paragraph that begins with ``Why:`` gives
the reason, one that begins with ``Fix:`` says what to do. ``Options:`` describes the options, one a line. ``Bad:`` and
``Good:`` are lines of their own, each above an indented book: one or more YAML documents with ``---`` between them. A
line ``# file: servkit.yaml`` begins another file; without one, the example is ``example.yaml`` beside a small
``servkit.yaml`` (:data:`EXAMPLE_SETTINGS`). In the bad example, a comment ``# here`` ends each line on which the rule
reports something.
"""

from __future__ import annotations

import re
from textwrap import dedent
from typing import NamedTuple

#: The settings of an example that has none.
EXAMPLE_SETTINGS = """\
servkit: 1
name: Example
language: en
currency: USD
clocks:
  office: {hours: "Mo-Fr 08:00-18:00"}
channels: [phone, email]
roles: [agent, supervisor, owner]
areas:
  returns: {title: Returns}
  visits: {title: Visits}
attributes:
  plan: {type: choice, of: [single, monthly, commercial]}
  since: {type: date}
  visits_a_year: {type: number, from: 0}
  balance: {type: money}
facts:
  hours_late: {type: duration}
  opened: {type: flag}
"""
#: The day of the examples.
EXAMPLE_TODAY = "2026-03-01"
_HEADS = re.compile(r"^(Bad|Good|Options):[ ]*$", re.MULTILINE)
_FILE = re.compile(r"^# file: (\S+)\n", re.MULTILINE)
HERE = re.compile(r"[ ]*# here[ ]*$", re.MULTILINE)


class Page(NamedTuple):
    """What a rule says about itself, as Markdown. ``bad`` and ``good`` are books as text."""

    title: str
    what: str
    why: str
    fix: str
    bad: str
    good: str
    options: str


def read_page(doc: str) -> Page:
    """The parts of a docstring."""
    first, _, rest = doc.strip("\n").partition("\n")
    pieces = _HEADS.split(dedent(rest))
    sections = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    paragraphs = {"": "", "Why": "", "Fix": ""}
    for paragraph in filter(None, pieces[0].strip().split("\n\n")):
        head = next((head for head in ("Why", "Fix") if paragraph.startswith(f"{head}:")), "")
        text = paragraph.strip().removeprefix(f"{head}:").strip()
        paragraphs[head] = f"{paragraphs[head]}\n\n{text}".strip()
    books = {name: dedent(text.strip("\n")).strip("\n") + "\n" for name, text in sections.items()}
    return Page(
        title=first.strip().rstrip("."),
        what=paragraphs[""],
        why=paragraphs["Why"],
        fix=paragraphs["Fix"],
        bad=books.get("Bad", ""),
        good=books.get("Good", ""),
        options=books.get("Options", "").strip(),
    )


def example_files(text: str) -> tuple[dict[str, str], list[tuple[str, int]]]:
    """The files of an example book by path, and the places (path and line) that ``# here`` marks."""
    pieces = _FILE.split(text)
    files = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    if pieces[0].strip():
        files["example.yaml"] = pieces[0]
    files.setdefault("servkit.yaml", EXAMPLE_SETTINGS)
    marks = [
        (path, number)
        for path, content in files.items()
        for number, line in enumerate(content.splitlines(), 1)
        if HERE.search(line)
    ]
    return {path: HERE.sub("", content) for path, content in files.items()}, marks
