"""A script compares, or counts with, what can't be compared or counted.

For example, a text with a number, or a plan with an amount. `<`, `>`, `<=` and `>=` take two numbers or amounts, or two
texts. Filters such as `plus` and `times` take plain numbers.

Why: The desk would show an error instead of the script.

Fix: Compare values of one kind. A choice or a text is compared with `==`.

Bad:

    kind: script
    id: hello
    say: "{% if customer.name > 12 %}Welcome back.{% endif %}"  # here

Good:

    kind: script
    id: hello
    say: "{% if customer.name == 'Ann' %}Welcome back.{% endif %}"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from servkit.book.settings import Settings
    from servkit.lint.finding import Finding
    from servkit.lint.fixtures.places import Places
    from servkit.lint.fixtures.templates import Operand, Template
    from servkit.lint.fixtures.terms import Terms

CODE = "SK516"
SEVERITY = "error"
_AMOUNTS = ("number", "money", "percent", "duration")


def check(templates: Sequence[Template], settings: Settings, terms: Terms, places: Places) -> Iterator[Finding]:
    for template in templates:
        outside = {placeholder.name for placeholder in template.placeholders}
        for use in template.uses:
            kinds = [_kind(operand, outside, settings, terms) for operand in use.operands]
            message = _filter(use.word, kinds) if use.is_filter else _comparison(use.word, kinds)
            if message is not None:
                yield places.within(template.entry, template.where, use.operands[0].text, message)


def _kind(operand: Operand, outside: Collection[str], settings: Settings, terms: Terms) -> str:
    """The type of what stands in a comparison; empty where nobody knows."""
    if operand.kind:
        return operand.kind
    if operand.text not in outside:
        return ""  # the script's own variable
    root, *rest = operand.text.split(".")
    if root == "terms":
        ref = ".".join(rest)
        return terms[ref][0].term.type if ref in terms else ""
    if len(rest) > 1:
        return ""
    if root in ("customer", "facts") and rest and rest[0] in settings.names:
        return settings.names[rest[0]].type
    return "text"


def _comparison(sign: str, kinds: Sequence[str]) -> str | None:
    left, right = kinds
    if not left or not right:
        return None
    sorts = ["amount" if kind in (*_AMOUNTS, "flag") else "list" if kind == "list" else "text" for kind in kinds]
    if sorts[0] != sorts[1] or "list" in sorts:
        return f"{quoted(sign)} can't compare a {left} with a {right}. Compare values of one kind, or use `==`."
    if left != right and "number" not in kinds and "amount" in sorts:
        return f"A {left} and a {right} don't compare, so this is never true. Compare amounts of one kind."
    return None


def _filter(name: str, kinds: Sequence[str]) -> str | None:
    wrong = next((kind for kind in kinds if kind and kind != "number"), None)
    return f"{quoted(name)} takes plain numbers, not a {wrong}." if wrong else None
