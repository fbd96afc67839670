"""What every part of a document needs while its texts get their meaning: the settings, the place, the problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.kept import LONGEST
from servkit.book.literals import doubt, read, read_as
from servkit.book.problems import Problem, ValueProblem
from servkit.book.values import Value, encode, list_value, nfc, text_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servkit.book.settings import Attribute, Settings
    from servkit.book.source import Source

Where = tuple[str | int, ...]
_NO_VALUE = "this is empty; write a value or take the key away"


def near(name: str, known: Iterable[str]) -> str:
    """``; did you mean …?`` where a known name is close, else nothing."""
    from difflib import get_close_matches

    found = get_close_matches(name, known, 1)
    return f"; did you mean {found[0]!r}?" if found else ""


class Meaning(NamedTuple):
    """What a text is: its value, that as data, and the code and message of a remark where it was hardly meant so."""

    value: Value
    encoded: list[Any]
    doubt: tuple[str, str] | None = None


class Reading:
    """One document being read. ``fatal`` problems take the document out of the book; the others are told and passed."""

    __slots__ = ("broken", "problems", "settings", "source")

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
        return self.source.line(where)

    def value(self, data: Any, where: Where, kind: str | None = None, of: Sequence[str] = ()) -> Value | None:
        """A plain value, of type ``kind`` where that is said; None with a problem where it cannot be read."""
        found = self.meaning(data, where, kind, of)
        return None if found is None else found.value

    def meaning(self, data: Any, where: Where, kind: str | None = None, of: Sequence[str] = ()) -> Meaning | None:
        """A plain value as :meth:`value` reads it, and as data. A text is read once under the same settings."""
        if not isinstance(data, str):
            return self._textless(data, where, kind)
        key = (tuple(of) if kind == "choice" else kind, data)
        found = self.settings.meanings.get(key)
        if found is None:
            try:
                found = self._meaning(data, kind, of)
            except ValueProblem as bad:
                self.note("SK301", str(bad), where)
                return None
            if len(data) <= LONGEST and len(of) <= LONGEST:
                self.settings.meanings.keep(key, found)
        if found.doubt:
            self.remark(*found.doubt, where)
        return found

    def _meaning(self, text: str, kind: str | None, of: Sequence[str]) -> Meaning:
        clocks = self.settings.clocks
        if kind == "list":
            value = list_value([text])
        else:
            value = read(text, clocks) if kind is None else read_as(kind, text, of, clocks)
        return Meaning(value, encode(value), self._doubt(value, said=kind is not None))

    def _textless(self, data: Any, where: Where, kind: str | None) -> Meaning | None:
        if isinstance(data, list) and kind in (None, "list"):
            value = self._list(data, where)
            return None if value is None else Meaning(value, encode(value))
        self.note("SK301", _NO_VALUE if data is None else "one plain value is wanted here, such as 30 days", where)
        return None

    def _list(self, data: list[Any], where: Where) -> Value | None:
        for index, item in enumerate(data):
            if not isinstance(item, str):
                self.note("SK301", "a text is wanted here", (*where, index))
                return None
        return list_value(data)

    def _doubt(self, value: Value, *, said: bool) -> tuple[str, str] | None:
        """What to remark where a text is read as something that the author hardly meant; ``said`` is whether a type
        was stated."""
        if value.type == "money" and (slip := doubt(value)):
            return "SK313", f"{slip}; correct the code"
        if value.type == "text" and not said and (slip := doubt(value, self.settings.clocks)):
            return "SK314", f"{value.amount!r} is read as text, for {slip}; `type: text` keeps it so"
        return None

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
