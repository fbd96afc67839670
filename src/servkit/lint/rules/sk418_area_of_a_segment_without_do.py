"""A segment has an `area`, but no `do`.

The `area` of a segment says where its `do` is told. Who is in the segment, and what it sets, doesn't depend on it.

Why: The author may think that the segment counts only in this area. It counts everywhere.

Fix: Say under `do` what staff do for these customers there. To change a value in one area only, set terms of that area.

Bad:

    # file: servkit.yaml
    servkit: 1
    name: Example
    areas:
      meals: {title: Meals}
    attributes:
      diet: {type: text}

    # file: coeliac.yaml
    kind: segment
    id: coeliac
    area: meals  # here
    when: {diet: gluten-free}
    sets: {bread.kinds: 3}
    ---
    kind: policy
    id: bread
    rule: flexible
    terms: {kinds: 1}

Good:

    # file: servkit.yaml
    servkit: 1
    name: Example
    areas:
      meals: {title: Meals}
    attributes:
      diet: {type: text}

    # file: coeliac.yaml
    kind: segment
    id: coeliac
    area: meals
    when: {diet: gluten-free}
    sets: {bread.kinds: 3}
    do: Bring the other menu.
    ---
    kind: policy
    id: bread
    rule: flexible
    terms: {kinds: 1}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, at
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry

CODE = "SK418"
SEVERITY = "warning"


def check(kinds: Mapping[str, Sequence[Entry]]) -> Iterator[Finding]:
    for entry in kinds["segment"]:
        if entry.list("areas") and not entry.logic.get("tells"):
            message = (
                f"{quoted(entry.id)} has an `area`, which says where its `do` is told, but no `do`. "
                "Add one; what a segment sets, it sets everywhere."
            )
            yield at(entry, ("area",), message, key=True)
