"""A script compares, or works with, what can't be compared or worked with.

For example, a text with a number, or a plan with an amount. `<`, `>`, `<=` and `>=` take two numbers or amounts, or two
texts. Filters such as `plus` and `times` take plain numbers, and `date` takes a date. `divided_by` can't take 0.

Why: For some customers the desk would show an error instead of the script.

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

from servkit.lint.fixtures.places import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.settings import Settings
    from servkit.lint.finding import Finding
    from servkit.lint.fixtures.places import Places
    from servkit.lint.fixtures.templates import Template
    from servkit.lint.fixtures.terms import Terms

CODE = "SK516"
SEVERITY = "error"
SCOPE = "names"


def check(templates: Sequence[Template], settings: Settings, terms: Terms, places: Places) -> Iterator[Finding]:
    for template in templates:
        if template.tree is None:
            continue
        from servkit.scripts.failures import failures

        named = frozenset(placeholder.name for placeholder in template.placeholders)
        for failure in failures(template.tree, template.text, lambda name: _kind(name, settings, terms), named):
            word, before = template.text[failure.start :], template.text[: failure.start]
            word = word[: next((at for at, sign in enumerate(word) if sign in " |}%<>=:,)"), len(word))] or "{"
            nth = sum(1 for _ in whole(word).finditer(before))
            yield places.within(template.entry, template.where, word, failure.message, nth=nth)


def _kind(name: str, settings: Settings, terms: Terms) -> str | None:
    """The type of what a name stands for; empty for what is no name of the book, None where nobody can tell."""
    root, *rest = name.split(".")
    if root == "terms":
        ref = ".".join(rest)
        return terms[ref][0].term.type if ref in terms else "names" if len(rest) < 2 else "" if len(rest) > 2 else None
    if root in ("customer", "facts", "agent", "book"):
        if not rest:
            return "names"
        if len(rest) > 1:
            return ""
        return _written(settings.names[rest[0]].type) if root != "agent" and rest[0] in settings.names else "text"
    return "text" if not rest else ""


def _written(type_: str) -> str:
    """Choices and times of day are texts to a script."""
    return "text" if type_ in ("choice", "time") else type_
