"""The workbench: hands every rule what it asks for by name, and works each thing out once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.lint.fixture import all_needs, hangs_on_documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.lint.finding import Finding


class Workbench:
    """What the rules of one run work on, by name.

    ``gleaned`` is what the needs found in the parts of the book (see :mod:`servkit.lint.fixtures`), by the need's name.
    """

    def __init__(self, things: Mapping[str, Any], *, above: Workbench | None = None) -> None:
        #: What could not be looked at or proved, in words; rules and needs that ask for ``skipped`` add to it.
        self.skipped: list[str] = []
        self._things: dict[str, Any] = {"skipped": self.skipped, **things}
        self._above = above

    def part(self, entries: Sequence[Entry]) -> Workbench:
        """A workbench for a part of the book; what does not hang on the documents is worked out once for all parts."""
        return Workbench({"entries": entries}, above=self)

    def whole(self, things: Mapping[str, Any]) -> Workbench:
        """A workbench for the whole book."""
        return Workbench(things, above=self)

    def thing(self, name: str) -> Any:
        """What goes by this name; LookupError where nothing does, which is a fault of the rule's."""
        if name in self._things:
            return self._things[name]
        if self._above is not None and not hangs_on_documents(name):
            return self._above.thing(name)
        need = all_needs().get(name)
        if need is None:
            raise LookupError(f"no rule can ask for {name!r}")
        found = self._things[name] = self._call(need.provide, need.asks, {"gleaned": self._gleaned(name)})
        return found

    def _gleaned(self, name: str) -> Sequence[Any]:
        gleaned: Mapping[str, Sequence[Any]] = self._things.get("gleaned", {})
        return gleaned.get(name, ())

    def _call(self, function: Callable[..., Any], asks: Sequence[str], own: Mapping[str, Any]) -> Any:
        return function(**{name: own[name] if name in own else self.thing(name) for name in asks})

    def run(
        self, check: Callable[..., Iterator[Finding]], asks: Sequence[str], options: Mapping[str, Any]
    ) -> Iterator[Finding]:
        """What a rule finds that asks for these things."""
        found: Iterator[Finding] = self._call(check, asks, {"options": options})
        return found

    def glean(self, names: Sequence[str]) -> dict[str, Any]:
        """What the needs of these names find in this part of the book."""
        needs = all_needs()
        return {name: self._call(needs[name].glean, needs[name].gleans or (), {}) for name in names}

    def close(self) -> None:
        """Let go of what was opened."""
        for thing in self._things.values():
            if hasattr(thing, "close"):
                thing.close()
