"""Scenarios that would exercise what none does: found by the analysis, put to resolution, and ready to paste."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from servkit.analysis.assignments import filled
from servkit.analysis.coverage import Covered, Item, Key, exercised
from servkit.analysis.universe import TooManyCombinationsError, Universe
from servkit.analysis.value_sources import member, setters_of, settled_spot
from servkit.analysis.witness import Story, Witness, about_document, case_at, witness
from servkit.book.amounts import Plain
from servkit.book.conditions import OneOf
from servkit.book.values import choice_value, write

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
    universe = Universe(book, since)
    suggestions: dict[Key, Witness] = {}
    missing = {item.key for item in covered.missing}
    taken = {entry.id for entry in book.entries if entry.kind == "scenario"}
    for item in covered.missing:
        if item.key in suggestions:
            continue
        found = _first(universe, item, taken)
        if found is None:
            continue
        for key in exercised(found.case, found.answer):
            if (
                key in missing and key[1:3] == item.key[1:3]
            ):  # of the same term, so that it is what the scenario is about
                suggestions.setdefault(key, found)
    return replace(covered, suggestions=suggestions)


def _first(universe: Universe, item: Item, taken: set[str]) -> Witness | None:
    """The first scenario that does exercise the item."""
    for case, story in _tries(universe, item):
        named = story._replace(id=_free(story.id, taken))
        found = witness(universe.book, case, named)
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


def _tries(universe: Universe, item: Item) -> Iterator[tuple[Case, Story]]:
    try:
        if item.kind == "segment":
            yield from _segment(universe, item)
        elif item.kind == "script":
            yield from _script(universe, item)
        else:
            yield from _term(universe, item)
    except TooManyCombinationsError:
        return


def _segment(universe: Universe, item: Item) -> Iterator[tuple[Case, Story]]:
    spot = universe.find([member(item.entry.id)], (), (item.entry,))
    if spot is not None:
        about = _about_a_move(universe, item)
        terms = tuple(ref for ref in item.entry.moves if ref.partition(".")[0] in about)
        yield (
            case_at(spot, universe.book, about),
            Story(f"in-{item.entry.id}", f"In {item.entry.id}", segments=True, terms=terms),
        )


def _about_a_move(universe: Universe, item: Item) -> tuple[str, ...]:
    """A document whose term the segment sets, to ask about; else anything, so that the answer stays short."""
    for ref in item.entry.moves:
        for _, owner in universe.terms(ref):
            return about_document(owner, universe.book)
    return ()


def _script(universe: Universe, item: Item) -> Iterator[tuple[Case, Story]]:
    whole = universe.restriction(item.entry)
    spot = universe.find([] if whole is None else [whole], (), (item.entry,))
    if spot is not None:
        about = about_document(item.entry, universe.book)
        yield (
            case_at(spot, universe.book, about),
            Story(f"say-{item.entry.id}", f"{item.entry.id} is offered", says=(item.entry.id,)),
        )


def _term(universe: Universe, item: Item) -> Iterator[tuple[Case, Story]]:
    term = item.entry.terms[item.term]
    whole = universe.restriction(item.entry)
    wanted, avoided = _deciding(term, item)
    if whole is not None:
        wanted.append(whole)
    setters = [setter.when for setter in setters_of(universe, term)]
    others = [*(row.when for row in term.rows), *setters]
    ingredients = [term.value, *(row.value for row in term.rows)]
    roles: tuple[str | None, ...] = (None,)
    if item.kind == "grant":
        roles = (item.role,)
    elif item.kind == "limit":
        roles = tuple(reversed(universe.settings.roles)) or roles
    about = about_document(item.entry, universe.book)
    parts = (*term.ref.split("."), item.kind, "" if item.row is None else str(item.row + 1), item.role)
    name = "-".join(re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in parts if part)
    story = Story(name, item.name, terms=(term.ref,), you_may=(term.ref,) if item.kind != "case" else ())
    for role in roles:
        also = [_as(universe, role)] if role is not None else []
        spot = settled_spot(universe, [*wanted, *also], avoided, others, (item.entry,))
        if spot is not None:
            yield filled(case_at(spot, universe.book, about), ingredients, universe.settings), story
    if item.kind == "limit":
        # a segment may go as far as the limit
        for setter in setters:
            spot = universe.find([*wanted, setter], avoided, (item.entry,))
            if spot is not None:
                yield case_at(spot, universe.book, about), story
        # and so may a promise, where nobody's grant does
        limit = term.limit if item.row is None else term.rows[item.row].limit
        spot = settled_spot(universe, wanted, avoided, others, (item.entry,))
        if spot is not None and isinstance(limit, Plain):
            case = filled(case_at(spot, universe.book, about), ingredients, universe.settings)
            yield case, story._replace(you_may=(), promised=((term.ref, write(limit.value)),))


def _as(universe: Universe, role: str) -> Condition:
    return OneOf("is", "role", (choice_value(role, universe.settings.roles),))


def _deciding(term: Term, item: Item) -> tuple[list[Condition], list[Condition]]:
    """What has to hold, and what must not, for the row (or the term itself) to decide."""
    if item.row is not None:
        return [term.rows[item.row].when], [row.when for row in term.rows[: item.row]]
    part = {"grant": "grant", "limit": "limit"}[item.kind]
    return [], [row.when for row in term.rows if getattr(row, part) is not None]
