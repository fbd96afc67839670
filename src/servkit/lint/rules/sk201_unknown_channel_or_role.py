"""A channel, role or level is unknown.

`servkit.yaml` declares the channels and roles. The levels are `synthetic`, `genuine` and `super`.

Why: A document for a channel that doesn't exist applies to nobody.

Fix: Correct the name, or declare it in `servkit.yaml`.

Bad:

    kind: script
    id: hello
    channels: [fone]  # here
    say: Good morning.

Good:

    kind: script
    id: hello
    channels: [phone]
    say: Good morning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.references import steps
from servkit.book.settings import LEVELS
from servkit.lint.finding import Finding, at
from servkit.nearest import did_you_mean
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings

CODE = "SK201"
SEVERITY = "error"
SCOPE = "document"


def check(kinds: Mapping[str, Sequence[Entry]], settings: Settings) -> Iterator[Finding]:
    for kind in ("procedure", "recovery"):
        for entry in kinds[kind]:
            for index, step in steps(entry):
                role = step.get("role")
                if role is not None and role not in settings.roles:
                    yield at(entry, ("steps", index, "role"), _message(role, "role", settings.roles))
    for entry in kinds["scenario"]:
        given = entry.prose["given"]
        for key, known in (("role", settings.roles), ("channel", settings.channels), ("level", LEVELS)):
            name = given.get(key)
            if name is not None and name not in known:
                yield at(entry, ("given", key), _message(name, key, known))


def _message(name: str, what: str, known: Sequence[str]) -> str:
    known_names = f"Write one of {', '.join(known)}." if known else "Declare it in `servkit.yaml`."
    return f"{quoted(name)} is not a {what} of this book. {did_you_mean(name, known) or known_names}"
