"""What the tests of the reader share: one small ``servkit.yaml``, and documents read as an author would see them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from servkit.book.context import DocumentContext
from servkit.book.document_parser import read_entry
from servkit.book.settings_file import read_settings
from servkit.book.yaml_reader import compose

if TYPE_CHECKING:
    from servkit.book.entries import Entry
    from servkit.book.problems import Problem
    from servkit.book.settings import Settings
    from servkit.book.source import Source
    from servkit.book.terms import Term

SETTINGS = """\
servkit: 1
name: Bellweather Pest Control
currency: USD
clocks:
  office: {hours: "Mo-Fr 08:00-18:00"}
channels: [phone, email, in-person]
roles: [technician, supervisor, owner]
areas: {returns: {title: Returns}}
attributes:
  plan: {type: choice, of: [single, monthly, commercial]}
  since: {type: date}
  region: {type: text}
  visits_a_year: {type: number}
  balance: {type: money}
  share: {type: percent}
  vip: {type: flag}
  tags: {type: list}
facts:
  hours_late: {type: duration}
  missed_on: {type: date}
"""


def read_settings_text(text: str) -> tuple[Settings | None, list[Problem]]:
    problems: list[Problem] = []
    (source,) = compose("servkit.yaml", text.encode(), problems)
    return read_settings(source, problems), problems


@cache
def settings() -> Settings:
    made, problems = read_settings_text(SETTINGS)
    assert made is not None, problems
    return made


def source_of(text: str) -> Source:
    problems: list[Problem] = []
    (source,) = compose("a.yaml", text.encode(), problems)
    assert not problems
    return source


def reading_of(text: str) -> DocumentContext:
    return DocumentContext(settings(), source_of(text))


def read(text: str) -> tuple[Entry | None, list[str]]:
    """The entry, and each problem as ``line:column CODE message``."""
    entry, problems = read_entry(source_of(text), settings())
    return entry, [shown(problem) for problem in problems]


def shown(problem: Problem) -> str:
    return f"{problem.line}:{problem.column} {problem.code} {problem.message}"


def policy(terms: str, rule: str = "flexible") -> str:
    """A policy whose terms begin in line 5, indented by two."""
    lines = "".join(f"  {line}\n" for line in terms.splitlines())
    return f"kind: policy\nid: p\nrule: {rule}\nterms:\n{lines}"


def term(text: str, rule: str = "flexible") -> tuple[Term | None, list[str]]:
    """The term ``t`` of a policy; what is read stands in line 5, from column 6 on."""
    entry, problems = read(policy(f"t: {text}", rule))
    return (None if entry is None else entry.terms.get("t")), problems


def when(text: str, kind: str = "script") -> tuple[Entry | None, list[str]]:
    """A script whose ``when`` stands in line 4, from column 7 on."""
    return read(f"kind: {kind}\nid: s\n{'say: Hello' if kind == 'script' else 'title: S'}\nwhen: {text}\n")
