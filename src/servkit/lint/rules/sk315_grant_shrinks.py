"""A grant gives a role nothing more, or less than a role below it.

`roles` in `servkit.yaml` lists the roles with the least authority first. A role above one with a grant may give at
least as much. So a smaller grant further up has no effect, and neither has a grant of no more than everybody gets.

Why: The supervisor who reads it believes that they may not help, and sends the customer back to the agent.

Fix: Raise the grant, or remove it.

Bad:

    kind: policy
    id: returns
    rule: flexible
    terms:
      window:
        value: 30 days
        better: more
        limit: 90 days
        grant:
          supervisor: 60 days
          owner: 45 days  # here

Good:

    kind: policy
    id: returns
    rule: flexible
    terms:
      window:
        value: 30 days
        better: more
        limit: 90 days
        grant:
          supervisor: 60 days
          owner: 90 days
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, at
from servkit.lint.timelines import all_past, on_day
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.amounts import Expression
    from servkit.book.settings import Settings
    from servkit.lint.fixtures.owned_terms import OwnedTerm

CODE = "SK315"
SEVERITY = "error"
SCOPE = "document"


def check(owned_terms: Sequence[OwnedTerm], settings: Settings) -> Iterator[Finding]:
    for owned in owned_terms:
        term = owned.term
        if term.better is None:
            continue
        if term.grant:
            # if rows decide the value, the term's own grants may be meant for the rows without any
            base = term.value if all(row.grant is not None for row in term.rows) else None
            yield from _grants(owned, ("grant",), term.grant, base, settings)
        for index, row in enumerate(term.rows):
            if row.grant:
                base = row.value if row.value is not None else term.value
                yield from _grants(owned, ("cases", index, "grant"), row.grant, base, settings)


def _grants(
    owned: OwnedTerm,
    where: tuple[str | int, ...],
    grants: Mapping[str, Expression],
    base: Expression | None,
    settings: Settings,
) -> Iterator[Finding]:
    better, below = str(owned.term.better), list[str]()
    for group in settings.role_groups:
        granted = [role for role in group if role in grants]
        for role in granted:
            amount = grants[role]
            shrinks = next(
                ((other, *past) for other in below for past in all_past(grants[other], amount, better)), None
            )
            useless = next(iter(all_past(base, amount, better)), None)
            if shrinks:
                other, day, more, less = shrinks
                message = (
                    f"`{role}: {less}` gives less than `{other}: {more}`, a role with less authority."
                    f" Give {quoted(role)} at least as much."
                )
                yield at(owned.owner, owned.at(*where, role, *on_day(amount, day)), message)
            elif useless:
                day, value, own = useless
                message = (
                    f"`{role}: {own}` gives nothing more than the `{value}` that everybody gets."
                    " Raise it, or remove the grant."
                )
                yield at(owned.owner, owned.at(*where, role, *on_day(amount, day)), message)
        below = granted or below
