"""What every part of a document needs while its texts get their meaning: the settings, the place, the problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.problem import Problem, ValueProblem
from servkit.book.typed import doubt, read, read_as
from servkit.book.values import Value, list_value, nfc, text_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servkit.book.settings import Attribute, Settings
    from servkit.book.yamltext import Source

Where = tuple[str | int, ...]
_NO_VALUE = "this is empty; write a value or take the key away"


def near(name: str, known: Iterable[str]) -> str:
    """``; did you mean …?`` where a known name is close, else nothing."""
    from difflib import get_close_matches

    found = get_close_matches(name, known, 1)
    return f"; did you mean {found[0]!r}?" if found else ""


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
                self.note(
                    "SK301", _NO_VALUE if data is None else "one plain value is wanted here, such as 30 days", where
                )
                return None
            if kind == "list":
                return list_value([data])
            value = read(data, self.settings.clocks) if kind is None else read_as(kind, data, of, self.settings.clocks)
        except ValueProblem as bad:
            self.note("SK301", str(bad), where)
            return None
        self._doubt(value, where, said=kind is not None)
        return value

    def _list(self, data: list[Any], where: Where) -> Value | None:
        for index, item in enumerate(data):
            if not isinstance(item, str):
                self.note("SK301", "a text is wanted here", (*where, index))
                return None
        return list_value(data)

    def _doubt(self, value: Value, where: Where, *, said: bool) -> None:
        """Remarks on what is read as something that the author hardly meant; ``said`` is whether a type was stated."""
        if value.type == "money" and (slip := doubt(value)):
            self.remark("SK313", f"{slip}; correct the code", where)
        elif value.type == "text" and not said and (slip := doubt(value, self.settings.clocks)):
            self.remark("SK314", f"{value.amount!r} is read as text, for {slip}; `type: text` keeps it so", where)

    def of_variable(self, data: Any, variable: Attribute, where: Where) -> Value | None:
        """A value as the attribute or fact of this name types it."""
        return self.value(data, where, variable.type, variable.of)

    def declared(self, key: str, name: str, where: Where, *, at_key: bool = False) -> bool:
        """Whether ``servkit.yaml`` declares a channel, role or area; a problem where it does not."""
        known: Iterable[str] = getattr(self.settings, key)
        if nfc(name) in known:
            return True
        self.note("SK201", f"{name!r} is not one of the {key} {', '.join(known)}{near(name, known)}", where, key=at_key)
        return False

    def text(self, data: Any, where: Where) -> Value | None:
        if isinstance(data, str):
            return text_value(data)
        self.note("SK301", "a text is wanted here", where)
        return None
