"""The workbench: hands every rule what it asks for by name, and works each thing out once."""

from __future__ import annotations

from importlib import import_module
from inspect import signature
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from servkit.lint import needs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from servkit.book.library import Book
    from servkit.lint.finding import Finding
    from servkit.lint.rule import Rule


class Workbench:
    """What the rules of one run work on."""

    def __init__(self, book: Book, today: date, **more: Any) -> None:
        #: What could not be looked at or proved, in words; rules and needs that ask for ``skipped`` add to it.
        self.skipped: list[str] = []
        self._things: dict[str, Any] = {
            "skipped": self.skipped,
            "book": book,
            "settings": book.settings,
            "entries": book.entries,
            "today": today.toordinal(),
            **more,
        }

    def thing(self, name: str) -> Any:
        """What goes by this name; LookupError where nothing does, which is a fault of the rule's."""
        if name not in self._things:
            if name not in {module.name for module in iter_modules(needs.__path__)}:
                raise LookupError(f"no rule can ask for {name!r}")
            provider = getattr(import_module(f"{needs.__name__}.{name}"), name)
            self._things[name] = provider(**{need: self.thing(need) for need in signature(provider).parameters})
        return self._things[name]

    def close(self) -> None:
        """Let go of what was opened."""
        for thing in self._things.values():
            if hasattr(thing, "close"):
                thing.close()

    def run(self, rule: Rule, options: Mapping[str, Any]) -> Iterator[Finding]:
        """What a rule finds."""
        if rule.check is None:
            return iter(())
        return rule.check(**{name: options if name == "options" else self.thing(name) for name in rule.needs})
