"""Git repositories with a book, for the tests."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """\
servkit: 1
name: Small
currency: USD
timezone: America/New_York
channels: [phone, email]
roles: [technician, owner]
areas: {returns: {title: Returns}, visits: {title: Visits}}
attributes: {plan: {type: choice, of: [single, monthly]}}
customers: [people.csv]
"""
POLICY = """\
kind: policy
id: returns
title: Returns
rule: flexible
area: returns
why: It pays.
terms: {window: {value: 30 days, better: more, limit: 90 days, grant: {owner: 90 days}}}
"""
SCRIPT = "kind: script\nid: hello\ntitle: Hello\nwhy: We say hello.\nsay: Good morning.\n"
SCENARIO = """\
kind: scenario
id: thirty
title: Thirty days
why: It is so.
given: {today: 2026-03-01}
about: returns
expect: {terms: {returns.window: 30 days}}
"""
PEOPLE = "id,name,plan\nC-1,Dorothy Bell,monthly\n"


def git(folder: Path, *args: str) -> str:
    """Run git without anybody's own settings."""
    env = os.environ | {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(folder), *args]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout.strip()


def commit(folder: Path, message: str = "a change") -> str:
    """Commit everything; the commit."""
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")


def write(folder: Path, **files: str) -> None:
    """Write documents; their names end in ``.yaml`` unless they say otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / (name if "." in name else f"{name}.yaml")).write_text(text, "utf-8")


def repository(folder: Path, **files: str) -> Path:
    """A repository with a book in the folder ``book``; the book's folder."""
    book = folder / "book"
    write(book, **{"servkit": SETTINGS, "returns": POLICY, **files})
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "first")
    return book
