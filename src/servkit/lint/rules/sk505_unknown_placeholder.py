"""A script has a placeholder that nobody can fill.

`customer.` is followed by `name`, `first_name`, `id` or an attribute, `facts.` by a fact, and `terms.` by a term. There
are also `agent.name` and `book.name`. A single word such as `order_no` is a blank that the desk asks for, but not if an
attribute or fact has that name.

Why: The desk would ask for it in the middle of a sentence.

Fix: Correct the name.

Bad:

    kind: script
    id: hello
    say: >
      Your plan is {{ customer.plam | default: "with us" }}.  # here

Good:

    kind: script
    id: hello
    say: >
      Your plan is {{ customer.plan | default: "with us" }}.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.nearest import did_you_mean
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.settings import Settings
    from servkit.lint.finding import Finding
    from servkit.lint.fixtures.broken_documents import BrokenDocuments
    from servkit.lint.fixtures.places import Places
    from servkit.lint.fixtures.templates import Template
    from servkit.lint.fixtures.terms import Terms

CODE = "SK505"
SEVERITY = "error"
SCOPE = "names"
_ROOTS = ("customer", "agent", "book", "facts", "terms")
_OF_CUSTOMER = ("name", "first_name", "id")


def check(
    templates: Sequence[Template], settings: Settings, terms: Terms, places: Places, broken_documents: BrokenDocuments
) -> Iterator[Finding]:
    for template in templates:
        for name in dict.fromkeys(placeholder.name for placeholder in template.placeholders):
            message = _message(name, settings, terms, broken_documents)
            if message is not None:
                yield places.within(template.entry, template.where, name, message)


def _message(name: str, settings: Settings, terms: Terms, broken_documents: BrokenDocuments) -> str | None:
    root, *rest = name.split(".")
    facts = [known for known, variable in settings.names.items() if variable.fact]
    attributes = [known for known, variable in settings.names.items() if not variable.fact]
    if root not in _ROOTS:
        if rest:
            advice = did_you_mean(root, _ROOTS) or f"Begin with one of {', '.join(_ROOTS)}."
            return f"Nothing can fill {quoted(name)}. {advice}"
        if root in settings.names:
            place = "facts" if settings.names[root].fact else "customer"
            return f"The desk would ask for {quoted(root)}, although the book knows it. Write `{place}.{root}`."
        return None
    if root == "terms":
        ref = ".".join(rest[:2])
        if ref in terms or broken_documents.has(ref):
            return None
        if len(rest) < 2:
            return f"{quoted(name)} names no term. Write `terms.ID.TERM`."
        return f"There is no term {quoted(ref)}. {did_you_mean(ref, terms)}".rstrip()
    known = {
        "customer": (*_OF_CUSTOMER, *attributes), "facts": tuple(facts), "agent": ("name",), "book": ("name",),
    }[root]  # fmt: skip
    if rest and rest[0] in known:
        return None
    what = rest[0] if rest else ""
    advice = did_you_mean(what, known) or (f"It has {', '.join(known)}." if known else "The book declares none.")
    problem = f"has no {quoted(what)}" if rest else "alone shows nothing"
    return f"{quoted(root)} {problem}. {advice}"
