"""A rule's page: the docstring of its module, in parts.

The first line says what is found, the paragraphs below it what that means. A paragraph that begins with ``Why:`` gives
the reason, one that begins with ``Fix:`` says what to do. ``Options:`` describes the options, one a line. ``Bad:`` and
``Good:`` are lines of their own, each above an indented book: one or more YAML documents with ``---`` between them. A
line ``# file: servkit.yaml`` begins another file; without one, the example is ``example.yaml`` beside a small
``servkit.yaml`` (see ``tests/lint/test_examples.py``). In the bad example, a comment ``# here`` ends each line on which
the rule reports something.
"""

from __future__ import annotations

import re
from textwrap import dedent
from typing import NamedTuple

_HEADS = re.compile(r"^(Bad|Good|Options):[ ]*$", re.MULTILINE)


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
