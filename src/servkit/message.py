"""One of servkit's own texts before it is said in any language (:mod:`servkit.languages.catalogue` says it)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Mapping

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip


class Message(NamedTuple):
    """One of servkit's own texts in no language yet, and what fills its blanks."""

    text: str
    blanks: Mapping[str, Any] = {}

    def __str__(self) -> str:
        return self.text.format(**self.blanks) if self.blanks else self.text


class EitherDay(tuple[date, ...]):
    """Days in a blank, of which one is meant."""

    __slots__ = ()

    def __str__(self) -> str:
        return enumeration((f"{day.day} {_MONTHS[day.month - 1]} {day.year}" for day in self), "or")
