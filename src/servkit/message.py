"""One of servkit's own texts before it is said in any language (:mod:`servkit.languages.catalogue` says it)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Message(NamedTuple):
    """One of servkit's own texts in no language yet, and what fills its blanks."""

    text: str
    blanks: Mapping[str, Any] = {}

    def __str__(self) -> str:
        return self.text.format(**self.blanks) if self.blanks else self.text
