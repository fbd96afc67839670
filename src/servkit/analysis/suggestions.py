"""Scenarios that would exercise what none does: found by search, answered by resolution, and ready to paste."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from servkit.analysis.case_completion import complete
from servkit.analysis.case_space import CaseSpace, member
from servkit.analysis.coverage import CoverageItem, Covered, Key, exercised
from servkit.analysis.witness import Story, Witness, about_document, case_at, witness
from servkit.book.amounts import Plain
from servkit.book.conditions import OneOf
from servkit.book.values import choice_value, write
from servkit.domains.diagram import TooManyCombinationsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.answer.case import Case
    from servkit.book.conditions import Condition
    from servkit.book.library import Book
    from servkit.book.terms import Term


def suggest(book: Book, covered: Covered, since: int | None = None) -> Covered:
    """The coverage with a scenario for every item that none exercises, where there is one.

    A scenario that exercises several items of one term stands for all of them.
    """
    cases = CaseSpace(book, since)
    suggestions: dict[Key, Witness] = {}
    missing = {item.key for item in covered.missing}
    taken = {entry.id for entry in book.entries if entry.kind == "scenario"}
    for item in covered.missing:
        if item.key in suggestions:
            continue
        found = _first(cases, item, taken)
        if found is None:
            continue
        for key in exercised(found.case, found.answer):
            if (
                key in missing and key[1:3] == item.key[1:3]
            ):  # of the same term, so that it is what the scenario is about
                suggestions.setdefault(key, found)
    return replace(covered, suggestions=suggestions)


def _first(cases: CaseSpace, item: CoverageItem, taken: set[str]) -> Witness | None:
    """The first scenario that does exercise the item."""
    for case, story in _tries(cases, item):
        named = story._replace(id=_free(story.id, taken))
        found = witness(cases.book, case, named)
        if found is not None and item.key in set(exercised(found.case, found.answer)):
            taken.add(named.id)
            return found
    return None


def _free(id_: str, taken: set[str]) -> str:
    number, out = 1, id_
    while out in taken:
        number += 1
        out = f"{id_}-{number}"
    return out


def _tries(cases: CaseSpace, item: CoverageItem) -> Iterator[tuple[Case, Story]]:
    try:
        if item.kind == "segment":
            yield from _segment(cases, item)
        elif item.kind == "script":
            yield from _script(cases, item)
        else:
            yield from _term(cases, item)
    except TooManyCombinationsError:
        return


def _segment(cases: CaseSpace, item: CoverageItem) -> Iterator[tuple[Case, Story]]:
    assignment = cases.find([member(item.entry.id)], (), (item.entry,))
    if assignment is not None:
        about = _terms_of_override(cases, item)
        terms = tuple(ref for ref in item.entry.overrides if ref.partition(".")[0] in about)
        yield (
            case_at(assignment, cases.book, about),
            Story(f"in-{item.entry.id}", f"In {item.entry.id}", segments=True, terms=terms),
        )


def _terms_of_override(cases: CaseSpace, item: CoverageItem) -> tuple[str, ...]:
    """A document whose term the segment sets, to ask about; else anything, so that the answer stays short."""
    for ref in item.entry.overrides:
        for _, owner in cases.terms(ref):
            return about_document(owner, cases.book)
    return ()


def _script(cases: CaseSpace, item: CoverageItem) -> Iterator[tuple[Case, Story]]:
    whole = cases.restriction(item.entry)
    assignment = cases.find([] if whole is None else [whole], (), (item.entry,))
    if assignment is not None:
        about = about_document(item.entry, cases.book)
        yield (
            case_at(assignment, cases.book, about),
            Story(f"say-{item.entry.id}", f"{item.entry.id} is offered", says=(item.entry.id,)),
        )


def _term(cases: CaseSpace, item: CoverageItem) -> Iterator[tuple[Case, Story]]:
    term = item.entry.terms[item.term]
    whole = cases.restriction(item.entry)
    required, avoided = _deciding(term, item)
    if whole is not None:
        required.append(whole)
    overrides = [override.when for override in cases.overrides(term)]
    others = [*(row.when for row in term.rows), *overrides]
    ingredients = [term.value, *(row.value for row in term.rows)]
    roles: tuple[str | None, ...] = (None,)
    if item.kind == "grant":
        roles = (item.role,)
    elif item.kind == "limit":
        roles = tuple(reversed(cases.settings.roles)) or roles
    about = about_document(item.entry, cases.book)
    parts = (*term.ref.split("."), item.kind, "" if item.row is None else str(item.row + 1), item.role)
    name = "-".join(re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in parts if part)
    story = Story(name, item.name, terms=(term.ref,), you_may=(term.ref,) if item.kind != "case" else ())
    for role in roles:
        also = [_as(cases, role)] if role is not None else []
        assignment = cases.find_decided([*required, *also], avoided, others, (item.entry,))
        if assignment is not None:
            yield complete(case_at(assignment, cases.book, about), ingredients, cases.settings), story
    if item.kind == "limit":
        # a segment may go as far as the limit
        for override in overrides:
            assignment = cases.find([*required, override], avoided, (item.entry,))
            if assignment is not None:
                yield case_at(assignment, cases.book, about), story
        # and so may a promise, where nobody's grant does
        limit = term.limit if item.row is None else term.rows[item.row].limit
        assignment = cases.find_decided(required, avoided, others, (item.entry,))
        if assignment is not None and isinstance(limit, Plain):
            case = complete(case_at(assignment, cases.book, about), ingredients, cases.settings)
            yield case, story._replace(you_may=(), promised=((term.ref, write(limit.value)),))


def _as(cases: CaseSpace, role: str) -> Condition:
    return OneOf("is", "role", (choice_value(role, cases.settings.roles),))


def _deciding(term: Term, item: CoverageItem) -> tuple[list[Condition], list[Condition]]:
    """What has to hold, and what must not, for the row (or the term itself) to decide."""
    if item.row is not None:
        return [term.rows[item.row].when], [row.when for row in term.rows[: item.row]]
    part = {"grant": "grant", "limit": "limit"}[item.kind]
    return [], [row.when for row in term.rows if getattr(row, part) is not None]
