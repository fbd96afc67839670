"""What every part of a document needs while it is read: the book's settings, the places, and the problems found."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.comparisons import items
from servkit.book.literals import doubt, read, read_as
from servkit.book.problems import Problem, ValueProblem
from servkit.book.values import Value, list_value, nfc, text_value
from servkit.book.written_form import clock_form
from servkit.nearest import did_you_mean
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.book.settings import Settings
    from servkit.book.source import PartPath, Source
    from servkit.book.vocabulary import Vocabulary


class _TypedText(NamedTuple):
    """A text as a value, and the code and message of a warning where it was hardly meant so."""

    value: Value
    warning: tuple[str, str] | None = None


@lru_cache(4096)
def _typed(
    text: str, type_: str | None, of: tuple[str, ...], vocabulary: Vocabulary, currency: str | None
) -> _TypedText:
    """A text as a value of a type, or of whatever type it looks like. The same few texts fill a whole book."""
    if type_ == "list":
        value = list_value([text])
    else:
        value = read(text, vocabulary) if type_ is None else read_as(type_, text, of, vocabulary)
    if value.type == "money" and (slip := doubt(value)):
        return _TypedText(value, ("SK313", slip))
    if value.type == "text" and type_ is None and (slip := doubt(value, vocabulary, currency)):
        return _TypedText(value, ("SK314", f"{quoted(text)} was read as text. {slip} Or set `type: text` to keep it."))
    if type_ is None and value.type in ("text", "number") and (form := clock_form(text)):
        return _TypedText(value, ("SK314", f"{quoted(text)} was not read as a time of day. Write {quoted(form)}."))
    return _TypedText(value)


class DocumentContext:
    """One document being read. A document with *errors* is left out of the book; *warnings* are only reported."""

    __slots__ = ("has_errors", "problems", "settings", "source", "texts")

    def __init__(self, settings: Settings, source: Source, texts: Mapping[str, str] | None = None) -> None:
        self.settings, self.source = settings, source
        #: Terms that read as times of day here, and are texts because of another document: what it says, and where.
        self.texts = texts or {}
        self.problems: list[Problem] = []
        self.has_errors = False

    def error(self, code: str, message: str, where: PartPath, *, key: bool = False) -> None:
        """Report what makes the document's meaning uncertain, so that it is left out of every answer."""
        self.problems.append(self.source.problem(code, message, where, key=key))
        self.has_errors = True

    def warn(self, code: str, message: str, where: PartPath, *, key: bool = False) -> None:
        """Report what leaves the document's meaning certain."""
        self.problems.append(self.source.problem(code, message, where, key=key))

    def line(self, where: PartPath) -> int:
        """The line of a part."""
        return self.source.line(where)

    def value(self, data: Any, where: PartPath, type_: str | None = None, of: Sequence[str] = ()) -> Value | None:
        """A plain value, of a type where that is known; None with a problem where it can't be read."""
        if isinstance(data, str):
            try:
                typed = _typed(data, type_, tuple(of), self.settings.vocabulary, self.settings.currency)
            except ValueProblem as bad:
                self.error("SK301", str(bad), where)
                return None
            if typed.warning:
                self.warn(*typed.warning, where)
            return typed.value
        if isinstance(data, list) and type_ in (None, "list"):
            return self._list(data, where)
        name = quoted(str(next((step for step in reversed(where) if isinstance(step, str)), "")))
        if data is None:
            self.error("SK301", f"{name} is empty. Write its value.", where)
        else:
            what = "a list" if isinstance(data, list) else "a mapping"
            self.error("SK301", f"{name} should be one plain value such as `30 days`, not {what}.", where)
        return None

    def _list(self, data: list[Any], where: PartPath) -> Value | None:
        for index, item in enumerate(data):
            if not isinstance(item, str):
                self.error("SK301", "Each item of this list should be text.", (*where, index))
                return None
        return list_value(data)

    def text(self, data: Any, where: PartPath) -> Value | None:
        """A text; None with a problem where it is something else."""
        if isinstance(data, str):
            return text_value(data)
        self.error("SK301", "This should be one text.", where)
        return None

    def is_declared(self, key: str, name: str, where: PartPath, *, at_key: bool = False) -> bool:
        """Whether ``servkit.yaml`` declares a channel or role; a problem where it does not. ``key`` is plural."""
        known: Sequence[str] = getattr(self.settings, key)
        if nfc(name) in known:
            return True
        parts = items(name)
        if parts and all(nfc(part) in known for part in parts):
            rest = f"Write `[{', '.join(parts)}]`."
        else:
            rest = did_you_mean(name, known) or (f"Write one of {', '.join(known)}." if known else _DECLARE)
        self.error("SK201", f"{quoted(name)} is not a {key[:-1]} of this book. {rest}", where, key=at_key)
        return False


_DECLARE = "Declare it in `servkit.yaml`."
