"""Records: plain data with names, that never changes.

What :mod:`dataclasses` would make of them, without what loading it and making thirty classes with it takes: as long as
setting a page does.
"""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar, dataclass_transform

_R = TypeVar("_R", bound="Record")


@dataclass_transform(frozen_default=True)
class Record:
    """A base for records: annotated names of the class are its fields, with what they are assigned as defaults."""

    _fields: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        own = list(cls.__annotations__)
        cls._fields = (*cls._fields, *own)
        cls._defaults = {**cls._defaults, **{name: cls.__dict__[name] for name in own if name in cls.__dict__}}

    def __init__(self, *args: Any, **named: Any) -> None:
        values = self.__dict__
        values.update(self._defaults)
        values.update(zip(self._fields, args, strict=False))
        values.update(named)
        if len(values) != len(self._fields) or len(args) > len(values):
            raise TypeError(f"{type(self).__name__} is made of {', '.join(self._fields)}")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} never changes")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} never changes")

    def __eq__(self, other: object) -> bool:
        return self.__dict__ == other.__dict__ if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), *(value for _, value in held(self))))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in held(self))})"


def held(record: Record) -> list[tuple[str, Any]]:
    """Every field with what it holds, in the order in which they are declared."""
    values = record.__dict__
    return [(name, values[name]) for name in record._fields]


def but(record: _R, **changes: Any) -> _R:
    """The same record with other values in some fields."""
    return type(record)(**{**record.__dict__, **changes})
