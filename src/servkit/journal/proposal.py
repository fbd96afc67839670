"""The smallest edit of the book that would have covered nine in ten of the grants of a term."""

from __future__ import annotations

import difflib
import math
from typing import TYPE_CHECKING, NamedTuple

import yaml

from servkit.book.library import Book
from servkit.book.problems import ServkitError
from servkit.book.reader import read_documents
from servkit.book.values import Value, write
from servkit.languages.catalogue import Message, Worded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from servkit.answer.result import TermAnswer
    from servkit.book.library import Library
    from servkit.book.terms import Term

#: The share of the grants that an edit has to cover.
SHARE = 0.9


class Granted(NamedTuple):
    """One grant, as far as an edit can cover it. ``beyond``: somebody else had to approve it. ``answered`` answers the
    same case by another book."""

    value: Value
    role: str
    beyond: bool
    answered: Callable[[Library], TermAnswer | None]


class Proposal(NamedTuple):
    """An edit of one scalar of a document: what it says, its place, how many grants it covers, and the patch.

    ``effect`` says in a few lines what it changes, and for whom."""

    edit: Message
    path: str
    line: int
    covers: int
    of: int
    patch: str
    text: str
    effect: tuple[Message, ...] = ()


class _Place(NamedTuple):
    """Where an edit goes in a text (offsets of characters), and what is written there."""

    start: int
    end: int
    written: str
    line: int


def propose(library: Library, path: str, raw: str, term: Term, grants: Sequence[Granted]) -> Proposal | None:
    """The smallest edit of a grant or of the value that covers nine in ten of the ``grants`` of a term. None where the
    document has no place for one. ``raw`` is the text of the file at ``path``.

    Where grants went beyond a role, the edit is of that role's grant, and those are what it covers. Otherwise it is of
    the value, which is what everybody gets."""
    beyond = [grant for grant in grants if grant.beyond]
    if term.better is None or term.fixed:
        return None
    if beyond:
        roles = sorted({grant.role for grant in beyond}, key=library.settings.roles.index)
        for role in roles:
            if found := _edit(library, path, raw, term, beyond, ("grant", role)):
                return found
        return None
    return _edit(library, path, raw, term, list(grants), ("value",))


def _edit(
    library: Library, path: str, raw: str, term: Term, grants: Sequence[Granted], where: tuple[str, ...]
) -> Proposal | None:
    of = [grant for grant in grants if where == ("value",) or grant.role == where[-1]]
    if len(of) < math.ceil(SHARE * len(grants)):
        return None
    value = _least_that_covers([grant.value for grant in of], term.better or "more", math.ceil(SHARE * len(grants)))
    place = _find(raw, term.ref, where, write(value)) if value is not None else None
    if place is None or value is None:
        return None
    text = raw[: place.start] + place.written + raw[place.end :]
    edited = edited_book(library, path, text)
    if edited is None:
        return None
    covers = sum(_is_covered(grant, grant.answered(edited), where, term.better or "more") for grant in grants)
    if covers < SHARE * len(grants):
        return None
    blanks = {"term": term.ref, "value": Worded(write(value), value)}
    edit = Message("`value` of {term}: {value}", blanks)
    if where != ("value",):
        edit = Message("what {role} may grant of {term}: {value}", blanks | {"role": where[-1]})
    patch = "".join(
        difflib.unified_diff(
            raw.splitlines(keepends=True), text.splitlines(keepends=True), f"a/{path}", f"b/{path}", n=1
        )
    )
    return Proposal(edit, path, place.line, covers, len(grants), patch, text)


def _least_that_covers(values: Sequence[Value], better: str, count: int) -> Value | None:
    """The least kind value that is at least as kind as ``count`` of the values."""
    if len({value.family for value in values}) != 1:
        return None
    ascending = sorted(values, key=lambda value: value.size, reverse=better == "less")
    return ascending[min(count, len(ascending)) - 1]


def _is_covered(grant: Granted, answer: TermAnswer | None, where: tuple[str, ...], better: str) -> bool:
    """Whether the grant would have been what everybody gets, or within what the role may give."""
    found = None if answer is None else answer.value if where == ("value",) else answer.you_may
    if found is None or found.family != grant.value.family:
        return False
    return bool(found.size >= grant.value.size if better == "more" else found.size <= grant.value.size)


def edited_book(library: Library, path: str, text: str) -> Library | None:
    """The book with another text in one of its files; None where that does not read."""
    try:
        content = read_documents(path, text.encode("utf-8"), library.settings)
    except ServkitError:
        return None
    if not content.entries or content.problems:
        return None
    others = [entry for entry in (*library.everything(), *library.segments()) if entry.path != path]
    return Book(library.settings, [*others, *content.entries], root=library.root)


def _find(raw: str, ref: str, where: tuple[str, ...], written: str) -> _Place | None:
    """Where a term's value or grant stands in a text. A role that the grants do not name is added to them."""
    id_, _, name = ref.partition(".")
    lines = raw.split("\n")

    def offset(mark: yaml.Mark) -> int:
        return sum(len(line) + 1 for line in lines[: mark.line]) + mark.column

    try:
        documents = [node for node in yaml.compose_all(raw, yaml.SafeLoader) if isinstance(node, yaml.MappingNode)]
    except (yaml.YAMLError, RecursionError):
        return None
    for document in documents:
        if _scalar(_child(document, "id")) != id_:
            continue
        term = _child(_child(document, "terms"), name)
        if isinstance(term, yaml.ScalarNode) and where == ("value",):
            return _Place(offset(term.start_mark), offset(term.end_mark), written, term.start_mark.line + 1)
        node = _child(term, where[0])
        if len(where) == 2 and isinstance(node, yaml.MappingNode):
            own = _child(node, where[1])
            if own is None:
                return _added(node, where[1], written, offset)
            node = own
        if isinstance(node, yaml.ScalarNode):
            return _Place(offset(node.start_mark), offset(node.end_mark), written, node.start_mark.line + 1)
    return None


def _added(node: yaml.MappingNode, key: str, written: str, offset: Callable[[yaml.Mark], int]) -> _Place | None:
    last = node.value[-1][1] if node.value else None
    if last is None or not isinstance(last, yaml.ScalarNode):
        return None
    end = offset(last.end_mark)
    indent = "\n" + " " * node.value[-1][0].start_mark.column
    text = f", {key}: {written}" if node.flow_style else f"{indent}{key}: {written}"
    return _Place(end, end, text, last.start_mark.line + 1)


def _child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    pairs: Iterator[tuple[yaml.Node, yaml.Node]] = iter(node.value if isinstance(node, yaml.MappingNode) else ())
    return next((value for name, value in pairs if _scalar(name) == key), None)


def _scalar(node: yaml.Node | None) -> str | None:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else None
