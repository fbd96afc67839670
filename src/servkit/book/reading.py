"""What every part of a document needs while its texts get their meaning: the settings, the place, the problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.problem import Problem, ValueProblem
from servkit.book.values import Value, nfc, read, read_as, text_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.book.settings import Attribute, Settings
    from servkit.book.yamltext import Source

Where = tuple[str | int, ...]


class Reading:
    """One document being read. ``fatal`` problems take the document out of the book; the others are told and passed."""

    def __init__(self, settings: Settings, source: Source) -> None:
        self.settings, self.source = settings, source
        self.problems: list[Problem] = []
        self.broken = False

    def note(self, code: str, message: str, where: Where, *, key: bool = False) -> None:
        """A problem that makes the document's meaning uncertain: the document is left out of every answer."""
        self.problems.append(self.source.problem(code, message, where, key=key))
        self.broken = True

    def remark(self, code: str, message: str, where: Where, *, key: bool = False) -> None:
        """A problem that leaves the document's meaning certain."""
        self.problems.append(self.source.problem(code, message, where, key=key))

    def line(self, where: Where) -> int:
        return self.source.place(where).line

    def value(self, data: Any, where: Where, kind: str | None = None, of: Sequence[str] = ()) -> Value | None:
        """A plain value, of type ``kind`` where that is said; None with a problem where it cannot be read."""
        try:
            if isinstance(data, list) and kind in (None, "list"):
                return self._list(data, where)
            if not isinstance(data, str):
                self.note("SK301", "a value is wanted here", where)
                return None
            if kind == "list":
                return self._list([data], where)
            if kind is None:
                return read(data, self.settings.clocks)
            return read_as(kind, data, of, self.settings.clocks)
        except ValueProblem as bad:
            self.note("SK301", str(bad), where)
            return None

    def _list(self, data: list[Any], where: Where) -> Value | None:
        for index, item in enumerate(data):
            if not isinstance(item, str):
                self.note("SK301", "a text is wanted here", (*where, index))
                return None
        texts = tuple(dict.fromkeys(map(nfc, data)))
        return Value("list", texts, "", "list", frozenset(texts))

    def of_variable(self, data: Any, variable: Attribute, where: Where) -> Value | None:
        """A value as the attribute or fact of this name types it; undeclared roles, channels and choices are told."""
        value = self.value(data, where, variable.type, variable.of)
        if value is not None and variable.name == "channel" and variable.of and value.amount not in variable.of:
            self.note("SK201", f"{data!r} is not one of the channels {', '.join(variable.of)}", where)
            return None
        return value

    def text(self, data: Any, where: Where) -> Value | None:
        if isinstance(data, str):
            return text_value(data)
        self.note("SK301", "a text is wanted here", where)
        return None
