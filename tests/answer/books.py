"""Small books out of YAML text, for tests that are read more often than they are run."""

from __future__ import annotations

from datetime import date
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from servkit.answer.answer_json import answer_json
from servkit.answer.case import Case, document_customer
from servkit.answer.resolver import resolve
from servkit.answer.scenario import fact_value
from servkit.book.library import Book
from servkit.book.reader import read_documents
from servkit.book.settings_file import read_settings
from servkit.book.yaml_reader import compose

if TYPE_CHECKING:
    from servkit.answer.result import Answer
    from servkit.book.problems import Problem
    from servkit.book.settings import Settings

SETTINGS = """
servkit: 1
name: A small book
currency: USD
channels: [phone, email]
roles: [technician, supervisor, owner]
areas: {returns: {}, visits: {}}
attributes:
  plan: {type: choice, of: [single, monthly, commercial]}
  region: {type: text}
  visits: {type: number, ask: How many visits a year?}
  orders: {type: number, from: 0}
  balance: {type: money}
  since: {type: date}
  tags: {type: list}
  notice: {type: duration}
facts:
  opened: {type: flag, ask: Is the box open?}
  late: {type: duration, ask: How late were we?}
  missed_on: {type: date}
"""
TODAY = date(2026, 3, 1)


def settings_of(text: str = SETTINGS) -> Settings:
    """The settings in a text; every fault fails the test."""
    problems: list[Problem] = []
    (source,) = compose("servkit.yaml", dedent(text).encode(), problems)
    settings = read_settings(source, problems)
    assert settings is not None, problems
    assert not problems
    return settings


def book(text: str, settings: str = SETTINGS, *, sound: bool = True) -> Book:
    """The documents in a text, parted by ``---``. Each is a file of its own: ``1.yaml``, ``2.yaml`` …"""
    made = settings_of(settings)
    entries, problems, remarks = [], [], []
    for number, document in enumerate(dedent(text).strip("\n").split("\n---\n"), 1):
        content = read_documents(f"{number}.yaml", document.encode(), made)
        entries += content.entries
        problems += content.problems
        remarks += content.remarks
    if sound:
        assert not problems, problems
    return Book(made, entries, problems, remarks)


def answer(
    library: Book, *about: str, who: str | None = None, given: dict[str, Any] | None = None, **case: Any
) -> Answer:
    """The answer for a customer document by id, with facts as an author would type them."""
    customer = None
    if who is not None:
        customer = document_customer(library.versions("customer", who)[0])
    facts = {name: fact_value(name, raw, library.settings) for name, raw in (given or {}).items()}
    return resolve(library, Case(case.pop("on", TODAY), customer, about, facts, **case))


def shown(library: Book, *about: str, **case: Any) -> dict[str, Any]:
    """The answer as JSON."""
    return answer_json(answer(library, *about, **case))


def term(library: Book, ref: str, **case: Any) -> dict[str, Any]:
    """One term of the answer as JSON."""
    found: dict[str, Any] = shown(library, **case)["terms"][ref]
    return found


def asks(library: Book, *about: str, **case: Any) -> dict[str, list[str]]:
    """What each unknown that matters decides."""
    return {ask["name"]: ask["decides"] for ask in shown(library, *about, **case)["ask"]}
