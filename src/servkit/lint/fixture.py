"""Fixtures: what a rule is given because it names it as a parameter.

A fixture is a module of :mod:`servkit.lint.fixtures`: a module ``references.py`` holds a function ``references``, which
names in turn what it needs. It is called when a rule first asks for it, once a run.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING, Any, Self, TypeVar

from servkit.lint import fixtures
from servkit.modules import module_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_T = TypeVar("_T")


class Fixtures:
    """The fixtures of one run, beginning with those that the engine has itself; use it in a ``with``, which closes
    those that are made here."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given
        self._values = dict(given)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for name, value in self._values.items():
            if name not in self._given and hasattr(value, "close"):
                value.close()

    def call(self, function: Callable[..., _T], **own: Any) -> _T:
        """Call a function with what its parameters name; ``own`` is for this call only."""
        names = _parameters(function)
        return function(**{name: own[name] if name in own else self._value(name) for name in names})

    def _value(self, name: str) -> Any:
        if name not in self._values:
            self._values[name] = self.call(_function(name))
        return self._values[name]


@cache
def _parameters(function: Callable[..., Any]) -> tuple[str, ...]:
    return tuple(signature(function).parameters)


def _function(name: str) -> Callable[..., Any]:
    if name not in _names():
        raise LookupError(f"a rule or fixture asks for {name!r}, and no fixture has this name")
    found: Callable[..., Any] = getattr(import_module(f"{fixtures.__name__}.{name}"), name)
    return found


@cache
def _names() -> frozenset[str]:
    return frozenset(module_names(fixtures.__path__))
