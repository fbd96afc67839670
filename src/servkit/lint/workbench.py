"""The workbench: hands every rule what it asks for by name, and works each thing out once."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from servkit.lint import needs
from servkit.modules import module_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.lint.finding import Finding

#: What is there of some documents only: of a part of the book, or of the whole.
_OF_DOCUMENTS = frozenset({"entries", "book", "broken", "paths", "gleaned"})


class Workbench:
    """What the rules of one run work on, by name.

    ``gleaned`` is what the needs found in the parts of the book (see :mod:`servkit.lint.needs`), by the need's name.
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
        found = self._things[name] = self.call(provider(name), {"gleaned": self._gleaned(name)})
        return found

    def _gleaned(self, name: str) -> Sequence[Any]:
        gleaned: Mapping[str, Sequence[Any]] = self._things.get("gleaned", {})
        return gleaned.get(name, ())

    def call(self, function: Callable[..., Any], own: Mapping[str, Any]) -> Any:
        """What a function says that names as its parameters what it needs."""
        return function(**{name: own[name] if name in own else self.thing(name) for name in parameters(function)})

    def run(self, check: Callable[..., Iterator[Finding]], options: Mapping[str, Any]) -> Iterator[Finding]:
        """What a rule finds."""
        found: Iterator[Finding] = self.call(check, {"options": options})
        return found

    def glean(self, names: Sequence[str]) -> dict[str, Any]:
        """What the needs of these names find in this part of the book."""
        return {name: self.call(gleaner(name), {}) for name in names}

    def close(self) -> None:
        """Let go of what was opened."""
        for thing in self._things.values():
            if hasattr(thing, "close"):
                thing.close()


def parameters(function: Any) -> tuple[str, ...]:
    """The names of a function's parameters."""
    code = function.__code__
    return tuple(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])


@cache
def _names() -> frozenset[str]:
    return frozenset(module_names(needs.__path__))


@cache
def _module(name: str) -> Any:
    if name not in _names():
        raise LookupError(f"no rule can ask for {name!r}")
    return import_module(f"{needs.__name__}.{name}")


def provider(name: str) -> Any:
    """The function that works a need out."""
    return getattr(_module(name), name)


def gleaner(name: str) -> Any:
    """The function that looks for what a need is made of in a part of the book; None where it has none."""
    return getattr(_module(name), "glean", None)


@cache
def hangs_on_documents(name: str) -> bool:
    """Whether a need is another one where there are other documents."""
    if name in _OF_DOCUMENTS:
        return True
    return name in _names() and any(map(hangs_on_documents, parameters(provider(name))))


@cache
def gleaning(name: str) -> frozenset[str]:
    """The needs behind a need (or itself) that glean something from the parts of a book."""
    if name not in _names():
        return frozenset()
    behind = frozenset().union(*map(gleaning, parameters(provider(name))))
    return behind | {name} if gleaner(name) is not None else behind
