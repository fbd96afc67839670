"""Small books out of YAML text."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from servkit.book.library import Book
from servkit.book.reader import read_documents
from servkit.book.settings_file import read_settings
from servkit.book.yaml_reader import compose

if TYPE_CHECKING:
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


def settings_of(text: str = SETTINGS) -> Settings:
    """The settings in a text; every fault fails the test."""
    problems: list[Problem] = []
    (source,) = compose("servkit.yaml", text.encode(), problems)
    settings = read_settings(source, problems)
    assert settings is not None, problems
    assert not problems
    return settings


def book(text: str, settings: str = SETTINGS) -> Book:
    """The documents in a text, parted by ``---``. Each is a file of its own: ``1.yaml``, ``2.yaml`` …"""
    made = settings_of(settings)
    entries = []
    for number, document in enumerate(dedent(text).strip("\n").split("\n---\n"), 1):
        content = read_documents(f"{number}.yaml", document.encode(), made)
        assert not content.problems, content.problems
        entries += content.entries
    return Book(made, entries)
