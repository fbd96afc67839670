"""One value looks like several.

`needs: nut-allergy or gluten` asks for one value that is called `nut-allergy or gluten`. Several values are a list.

Why: Nobody has such a value, so the rule does nothing.

Fix: Write a list, such as `[nut-allergy, gluten]`.

Bad:

    # file: servkit.yaml
    servkit: 1
    name: Example
    attributes:
      needs: {type: list}
    # file: a.yaml
    kind: customer
    id: C-1
    attributes: {needs: "nuts, gluten"}  # here
    ---
    kind: script
    id: menu
    say: I'll bring you another menu.
    when: {needs: nut-allergy or gluten}  # here

Good:

    # file: servkit.yaml
    servkit: 1
    name: Example
    attributes:
      needs: {type: list}
    # file: a.yaml
    kind: script
    id: menu
    say: I'll bring you another menu.
    when: {needs: [nut-allergy, gluten]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.comparisons import items
from servkit.lint.finding import at
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.lint.finding import Finding

CODE = "SK320"
SEVERITY = "warning"
SCOPE = "document"


def check(entries: Sequence[Entry], settings: Settings) -> Iterator[Finding]:
    """The reader checks conditions."""
    for entry in entries:
        for where, text in _listed(entry, settings):
            parts = items(text) if isinstance(text, str) else []
            if parts:
                message = f"{quoted(text)} is one value. If several are meant, write `[{', '.join(parts)}]`."
                yield at(entry, where, message)


def _listed(entry: Entry, settings: Settings) -> Iterator[tuple[tuple[str, ...], Any]]:
    """What stands alone where a list may stand."""
    yield ("tags",), entry.prose.get("tags")
    for name, value in (entry.prose.get("attributes") or {}).items() if entry.kind == "customer" else ():
        if name in settings.names and settings.names[name].type == "list":
            yield ("attributes", name), value
