"""An attribute or fact is not declared.

Why: A condition on a mistyped attribute never holds, and its question is never asked.

Fix: Correct the name, or declare it under `attributes` or `facts` in `servkit.yaml`.

Bad:

    kind: segment
    id: key-account
    when: {plam: commercial}  # here

Good:

    kind: segment
    id: key-account
    when: {plan: commercial}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.references import items
from servkit.lint.finding import Finding, at
from servkit.nearest import did_you_mean
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings

CODE = "SK202"
SEVERITY = "error"
SCOPE = "document"


def check(kinds: Mapping[str, Sequence[Entry]], settings: Settings) -> Iterator[Finding]:
    for entry in kinds["scenario"]:
        customer, given, expect = entry.prose.get("customer"), entry.prose["given"], entry.prose.get("expect") or {}
        for name in given.get("facts") or {}:
            if name not in settings.names:
                yield at(entry, ("given", "facts", name), _message(name, settings), key=True)
        for name, where in items(expect.get("ask"), ("expect", "ask")):
            if name not in settings.variables:
                yield at(entry, where, _message(name, settings))
        if isinstance(customer, dict) and isinstance(customer.get("attributes"), dict):
            for name in customer["attributes"]:
                where = ("customer", "attributes", name)
                if name not in settings.names:
                    yield at(entry, where, _message(name, settings), key=True)
                elif settings.names[name].fact:
                    message = (
                        f"{quoted(name)} is a fact, not an attribute of a customer. Write it under `given: facts`."
                    )
                    yield at(entry, where, message, key=True)


def _message(name: str, settings: Settings) -> str:
    advice = did_you_mean(name, settings.variables) or "Declare it in `servkit.yaml`."
    return f"This book has no attribute or fact {quoted(name)}. {advice}"
