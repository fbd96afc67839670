"""A rule's page: the docstring of its module, in parts.

The first line says what is found. What follows says what it means; a paragraph that begins with ``Why:`` gives the
reason. ``Bad:`` and ``Good:`` stand on lines of their own, each before an indented book: one or more YAML documents,
parted by ``---``. A line ``# file: servkit.yaml`` begins another file; without one, a small ``servkit.yaml``
(:data:`EXAMPLE_SETTINGS`) and ``example.yaml`` are meant. In the bad example, a comment ``# here`` ends each line on
which the rule has something to say; ``Options:`` describes the options, one a line.
"""

from __future__ import annotations

import re
from textwrap import dedent
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servkit.lint.rule import Rule

#: The settings of an example that brings none.
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
    """What a rule says of itself. ``bad`` and ``good`` are books as text."""

    title: str
    what: str
    why: str
    bad: str
    good: str
    options: str


def read_page(doc: str) -> Page:
    """The parts of a docstring."""
    first, _, rest = doc.strip("\n").partition("\n")
    pieces = _HEADS.split(dedent(rest))
    said = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    paragraphs = [part.strip() for part in pieces[0].strip().split("\n\n")]
    why = [part.removeprefix("Why:").strip() for part in paragraphs if part.startswith("Why:")]
    what = [part for part in paragraphs if part and not part.startswith("Why:")]
    books = {name: dedent(text.strip("\n")).strip("\n") + "\n" for name, text in said.items()}
    return Page(
        title=first.strip().rstrip("."),
        what="\n\n".join(what),
        why="\n\n".join(why),
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


def as_markdown(rules: Iterable[Rule]) -> str:
    """All pages as one, for ``docs/rules.md``."""
    out = [
        "# Rules",
        "",
        "Written by `python -m servkit.lint.rule_page`; each page is its rule's docstring, and its examples are tests.",
        "",
    ]
    for rule in rules:
        page = rule.page
        title = page.title.replace("``", "`")
        out += [f"## {rule.code}", "", f"**{title}.** {rule.name}, {rule.severity}.", ""]
        out += [text for part in (page.what, f"Why: {page.why}") if part for text in (part.replace("``", "`"), "")]
        if page.options:
            out += ["Options:", "", *(f"- {_option(line)}" for line in page.options.splitlines()), ""]
        for head, text in (("Bad", page.bad), ("Good", page.good)):
            if text:
                out += [f"{head}:", "", "```yaml", text.rstrip("\n"), "```", ""]
    return "\n".join(out).rstrip("\n") + "\n"


def _option(line: str) -> str:
    name, _, what = line.strip().partition("  ")
    return f"`{name}`: {what.strip()}"


if __name__ == "__main__":
    from servkit.lint.rule import all_rules

    print(as_markdown(all_rules().values()), end="")  # noqa: T201
