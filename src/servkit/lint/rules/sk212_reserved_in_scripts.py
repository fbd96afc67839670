"""A name means something else in the placeholder of a script.

These are the words of Liquid, such as `and`, `or`, `not`, `contains`, `true`, `empty` and `blank`, ids that begin with
a digit, and attributes called `id` or `name`, which every customer has anyway. Only names are checked that a
placeholder may hold: those of attributes, facts and terms, and the ids of the standards and policies that have terms.

Why: `{{ facts.blank }}` is not what somebody knows of the case, and nobody expects that. It would have to be
`{{ facts["blank"] }}`.

Fix: Choose another name: `servkit rename fact:blank form_empty` changes every place.

Bad:

    # file: servkit.yaml
    servkit: 1
    name: Example
    areas:
      returns: {title: Returns}
    attributes:
      name: {type: text, find: yes}  # here
    facts:
      blank: {type: flag, ask: Is the form empty?}  # here

    # file: returns.yaml
    kind: policy
    id: 24-hours  # here
    area: returns
    rule: fixed
    when: {blank: yes}
    terms:
      or: 30 days  # here

Good:

    # file: servkit.yaml
    servkit: 1
    name: Example
    areas:
      returns: {title: Returns}
    attributes:
      company: {type: text, find: yes}
    facts:
      form_empty: {type: flag, ask: Is the form empty?}

    # file: returns.yaml
    kind: policy
    id: within-24-hours
    area: returns
    rule: fixed
    when: {form_empty: yes}
    terms:
      window: 30 days
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.discovery import SETTINGS
from servkit.lint.finding import Finding, at
from servkit.names.reserved_words import meaning_in_scripts
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.book.source import Source

CODE = "SK212"
SEVERITY = "warning"


def check(entries: Sequence[Entry], settings: Settings, settings_source: Source) -> Iterator[Finding]:
    for name, variable in settings.names.items():
        kind = "fact" if variable.fact else "attribute"
        if message := _message(kind, name, name):
            yield Finding(SETTINGS, *settings_source.place((f"{kind}s", name), key=True), message)
    for entry in entries:
        terms = entry.logic.get("terms") if entry.owns_terms else None
        if not terms:
            continue
        if message := _message(entry.kind, entry.id, entry.id):
            yield at(entry, ("id",), message)
        for name in terms:
            if message := _message("term", f"{entry.id}.{name}", name):
                yield at(entry, ("terms", name), message, key=True)


def _message(kind: str, name: str, word: str) -> str | None:
    meaning = meaning_in_scripts(kind, word)
    return meaning and f"{quoted(word)} {meaning}. Give it another name: `servkit rename {kind}:{name} NEW`."
