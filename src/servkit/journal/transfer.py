"""Entries out of a journal and into another one, as JSON Lines: one entry a line, with its salt."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.journal.entry import KINDS, Draft, write_time
from servkit.journal.erasure import tombstones
from servkit.journal.errors import JournalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from servkit.journal.entry import JournalEntry
    from servkit.journal.store import Journal

SCHEMA = "servkit/journal-entry/1"


class Imported(NamedTuple):
    """How many entries were added, were there before, and belong to somebody who was forgotten."""

    added: int
    known: int
    forgotten: int


def export_lines(entries: Iterable[JournalEntry]) -> Iterator[str]:
    """A line of JSON an entry. Erased entries stay out."""
    for entry in entries:
        if entry.body is not None:
            data = {"schema": SCHEMA, "id": entry.id, "time": entry.time, "kind": entry.kind,
                    "customer": entry.customer, "salt": entry.salt, "body": entry.body}  # fmt: skip
            yield json.dumps(data, ensure_ascii=True, sort_keys=True)


def read_lines(name: str, lines: Iterable[bytes]) -> list[Draft]:
    """The entries of a file. Raises JournalError at the first line that is none."""
    drafts = []
    for number, raw in enumerate(lines, 1):
        if raw.strip():
            try:
                drafts.append(_draft(json.loads(raw)))
            except (ValueError, RecursionError, KeyError, TypeError) as fault:
                reason = str(fault) if isinstance(fault, _NotAnEntryError) else "this is not a line of JSON"
                raise JournalError(f"{reason}; nothing was imported", path=name, line=number) from None
    return drafts


def import_entries(journal: Journal, drafts: list[Draft]) -> Imported:
    """Add entries, oldest first: all of them, or none. What is there already comes no second time, and who was
    forgotten stays forgotten."""
    gone = tombstones(journal.entries(kinds=("forgotten",)))
    wanted = [draft for draft in sorted(drafts, key=lambda one: one.time) if not gone.covers(draft)]
    added = len(journal.append(wanted))
    return Imported(added, len(wanted) - added, len(drafts) - len(wanted))


class _NotAnEntryError(ValueError):
    """A line that is JSON, and no entry."""


def _draft(data: Any) -> Draft:
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise _NotAnEntryError(f'this is not an entry of a journal (`"schema": "{SCHEMA}"` is missing)')
    texts = {key: data.get(key) for key in ("id", "time", "kind", "salt")}
    if not all(isinstance(text, str) and text for text in texts.values()) or not isinstance(data.get("body"), dict):
        raise _NotAnEntryError("an entry needs id, time, kind, salt and body")
    customer = data.get("customer")
    if not (customer is None or isinstance(customer, str)):
        raise _NotAnEntryError("`customer` is the id of a customer, or null")
    if texts["kind"] not in KINDS:
        raise _NotAnEntryError(f"unknown kind of entry {texts['kind']!r}; update servkit if it is from a newer one")
    moment = datetime.fromisoformat(str(texts["time"]))
    if moment.tzinfo is None:
        raise _NotAnEntryError("`time` needs an offset, such as +00:00")
    return Draft(str(texts["kind"]), data["body"], customer, str(texts["id"]), write_time(moment), str(texts["salt"]))
