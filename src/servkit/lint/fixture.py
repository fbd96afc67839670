"""Needs: what rules may ask for by the name of a parameter (see :mod:`servkit.lint.fixtures`), one module each."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.lint import fixtures
from servkit.modules import module_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

#: What there is of some documents only: of a part of the book, or of the whole.
_OF_DOCUMENTS = frozenset({"entries", "book", "broken", "paths", "gleaned"})
_known: dict[str, Need] = {}


class Need(NamedTuple):
    """One need: what it asks for in turn, and what its ``glean`` does, None where it has none."""

    name: str
    asks: tuple[str, ...]
    gleans: tuple[str, ...] | None

    @property
    def provide(self) -> Callable[..., Any]:
        """The function that works it out."""
        found: Callable[..., Any] = getattr(self._module, self.name)
        return found

    @property
    def glean(self) -> Callable[..., Any]:
        """The function that looks for what it is made of in a part of the book."""
        found: Callable[..., Any] = self._module.glean
        return found

    @property
    def _module(self) -> Any:
        return import_module(f"{fixtures.__name__}.{self.name}")


def parameters(function: Any) -> tuple[str, ...]:
    """The names of a function's parameters. (``inspect`` would take longer to load than the rules.)"""
    code = function.__code__
    return tuple(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])


def all_needs() -> Mapping[str, Need]:
    """Every need by its name: as they were kept, else as their modules are."""
    if not _known:
        know(map(_need, module_names(fixtures.__path__)))
    return _known


def know(kept: Iterable[Sequence[Any]]) -> None:
    """Use what was kept of the needs, so that only those are loaded that somebody asks for."""
    for name, asks, gleans in kept:
        _known[name] = Need(name, tuple(asks), None if gleans is None else tuple(gleans))


def _need(name: str) -> Need:
    module = import_module(f"{fixtures.__name__}.{name}")
    glean = getattr(module, "glean", None)
    return Need(name, parameters(getattr(module, name)), None if glean is None else parameters(glean))


@cache
def hangs_on_documents(name: str) -> bool:
    """Whether a thing is another one where there are other documents."""
    if name in _OF_DOCUMENTS:
        return True
    need = all_needs().get(name)
    return need is not None and any(map(hangs_on_documents, need.asks))


@cache
def gleaning(name: str) -> frozenset[str]:
    """The needs behind a need (or itself) that glean something from the parts of a book."""
    need = all_needs().get(name)
    if need is None:
        return frozenset()
    behind = frozenset[str]().union(*map(gleaning, need.asks))
    return behind if need.gleans is None else behind | {name}


@cache
def load(name: str) -> None:
    """Load what works a need out, and what that asks for."""
    need = all_needs().get(name)
    if need is not None:
        _ = need.provide
        for asked in need.asks:
            load(asked)
