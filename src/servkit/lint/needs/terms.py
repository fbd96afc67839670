"""The terms of the whole book by reference, with the documents that own them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from servkit.book.entries import OWNERS
from servkit.lint.needs.owned import Owned, owned_by

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from servkit.book.entries import Entry


class Terms(Mapping[str, "Sequence[Owned]"]):
    """Terms by reference, several where there are several versions of a document. A term is made of its document when
    it is asked for: most are never referred to."""

    def __init__(self, owners: Mapping[str, Sequence[Entry]]) -> None:
        self._owners = owners

    def __contains__(self, ref: object) -> bool:
        id_, _, name = str(ref).partition(".")
        return any(name in _names(entry) for entry in self._owners.get(id_, ()))

    def __getitem__(self, ref: str) -> Sequence[Owned]:
        id_, _, name = ref.partition(".")
        found = [owned_by(entry, name) for entry in self._owners.get(id_, ()) if name in _names(entry)]
        if not found:
            raise KeyError(ref)
        return found

    def __iter__(self) -> Iterator[str]:
        names = ((id_, name) for id_, found in self._owners.items() for entry in found for name in _names(entry))
        return iter(dict.fromkeys(f"{id_}.{name}" for id_, name in names))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _names(entry: Entry) -> Collection[str]:
    names: Collection[str] = entry.logic.get("terms", ())
    return names


def terms(kinds: Mapping[str, Sequence[Entry]]) -> Terms:
    """Every term by its reference."""
    owners: dict[str, list[Entry]] = {}
    for kind in OWNERS:
        for entry in kinds[kind]:
            owners.setdefault(entry.id, []).append(entry)
    return Terms(owners)
