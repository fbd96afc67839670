"""The words of a book's own in its values: the names of its clocks, and the forms of the nouns that it counts."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from servkit.book.units import both_forms

if TYPE_CHECKING:
    from collections.abc import Iterator


class Vocabulary:
    """The names of clocks; it is a collection of them. ``nouns`` are pairs of the form for one and for several."""

    def __init__(self, clocks: tuple[str, ...] = (), nouns: tuple[tuple[str, str], ...] = ()) -> None:
        self.clocks, self.nouns = clocks, nouns

    def __contains__(self, name: object) -> bool:
        return name in self.clocks

    def __iter__(self) -> Iterator[str]:
        return iter(self.clocks)

    def __len__(self) -> int:
        return len(self.clocks)

    @cached_property
    def units(self) -> dict[str, str]:
        """By any form of a declared noun, without case: the unit that has both."""
        return {form.casefold(): both_forms(*pair) for pair in self.nouns for form in pair}
