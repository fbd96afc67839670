"""A script names what nobody can fill: an attribute, fact or term that there is not.

``customer.`` goes before ``name``, ``first_name``, ``id`` and the attributes, ``facts.`` before the facts, ``terms.``
before terms; ``agent.name`` and ``book.name`` there are. A single word, such as ``order_no``, is a blank that the desk
is asked to fill, unless it is the name of an attribute or fact.

Why: the desk would be asked for it in the middle of a sentence.

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
            return f"nothing goes by {root!r}{did_you_mean(root, _ROOTS) or '; there are ' + ', '.join(_ROOTS)}"
        if root in settings.names:
            place = "facts" if settings.names[root].fact else "customer"
            return f"{root!r} alone is a blank that the desk would be asked for; write {place}.{root}"
        return None
    if root == "terms":
        ref = ".".join(rest[:2])
        if ref in terms or broken_documents.has(ref):
            return None
        return f"there is no term {ref!r}{did_you_mean(ref, terms)}" if len(rest) > 1 else "write terms.ID.TERM"
    known = {
        "customer": (*_OF_CUSTOMER, *attributes), "facts": tuple(facts), "agent": ("name",), "book": ("name",),
    }[root]  # fmt: skip
    if rest and rest[0] in known:
        return None
    what = rest[0] if rest else ""
    near = did_you_mean(what, known) or f"; {root} has {', '.join(known) or 'nothing'}"
    return f"{root} has no {what!r}{near}" if rest else f"{root!r} alone says nothing{near}"
