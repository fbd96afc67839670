"""What there is to know of a kind of document, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The way to a part of a document: keys, ``[]`` for the items of a list and ``*`` for the values of a mapping.
Path = tuple[str, ...]


class ReferencePath(NamedTuple):
    """Where documents of a kind refer to something else. ``kinds`` are what it may be: kinds of documents, ``term`` or
    ``area``. ``keys`` says that the keys of a mapping refer, ``prefixed`` that ``kind:id`` may be written."""

    path: Path
    kinds: tuple[str, ...]
    keys: bool = False
    prefixed: bool = False


class Kind(NamedTuple):
    """What there is to know of a kind, as plain data."""

    name: str
    #: Where documents of several kinds are listed, those of a lower number come first.
    order: int
    #: Whether its documents may be restricted to some areas, channels, roles, segments or cases.
    applicable: bool
    #: Whether its documents own terms, and so cover their areas.
    owns_terms: bool
    #: Whether its documents may have a period in which they are in force.
    dated: bool
    #: The keys that every document of the kind should have.
    expected: tuple[str, ...]
    references: tuple[ReferencePath, ...]
    #: Where conditions are written.
    conditions: tuple[Path, ...]
    #: Where text for people is written.
    prose: tuple[Path, ...]

    @classmethod
    def decoded(cls, data: Sequence[Any]) -> Kind:
        """A kind from its fields as JSON gives them back."""
        name, order, applicable, owns_terms, dated, expected, references, conditions, prose = data
        return cls(
            name,
            order,
            applicable,
            owns_terms,
            dated,
            tuple(expected),
            tuple(ReferencePath(tuple(path), tuple(kinds), *marks) for path, kinds, *marks in references),
            tuple(map(tuple, conditions)),
            tuple(map(tuple, prose)),
        )
