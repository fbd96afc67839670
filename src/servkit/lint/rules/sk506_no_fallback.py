"""A script shows an attribute that may be unknown, and has no fallback.

A name or an attribute may be unknown unless the script's own `when` requires it. Facts and terms are not checked: the
desk asks for facts, and terms are in the book.

Why: Staff would stop in the middle of the sentence, in front of the customer.

Fix: Add a fallback with `default`, or require the attribute in `when`.

Bad:

    kind: script
    id: hello
    say: Good morning, {{ customer.first_name }}.  # here

Good:

    kind: script
    id: hello
    say: >
      Good morning, {{ customer.first_name | default: "and welcome" }}.
    ---
    kind: script
    id: plan
    when: {plan: {known: yes}}
    say: You are on {{ customer.plan }}.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.conditions import All, Known, Not
from servkit.lint.fixtures.places import whole
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.conditions import Condition
    from servkit.book.settings import Settings
    from servkit.lint.finding import Finding
    from servkit.lint.fixtures.places import Places
    from servkit.lint.fixtures.templates import Template

CODE = "SK506"
SEVERITY = "warning"
SCOPE = "document"
_NAMES = ("name", "first_name")


def check(templates: Sequence[Template], settings: Settings, places: Places) -> Iterator[Finding]:
    for template in templates:
        first_unsafe = {hole.name: hole.start for hole in reversed(template.placeholders) if not hole.safe}
        for name, start in first_unsafe.items():
            root, _, attribute = name.partition(".")
            variable = settings.names.get(attribute)
            if root != "customer" or not (attribute in _NAMES or (variable is not None and not variable.fact)):
                continue
            if attribute not in _known_attributes(template.entry.when):
                message = f'{quoted(name)} may be unknown. Add a fallback: `{{{{ {name} | default: "…" }}}}`.'
                before = sum(hit.start() < start for hit in whole(name).finditer(template.text))
                yield places.within(template.entry, template.where, name, message, nth=before)


def _known_attributes(when: Condition | None) -> set[str]:
    """The attributes that are known wherever the condition is true."""
    if when is None:
        return set()
    if type(when) is All:
        return set().union(*map(_known_attributes, when.parts))
    if isinstance(when, Not):
        inner: Any = when.part
        return {inner.name} if isinstance(inner, Known) and not inner.args[0].amount else set()
    name: str = getattr(when, "name", "")
    if isinstance(when, Known):
        return {name} if when.args[0].amount else set()
    return {name} if name else set()
