"""Catalogues: servkit's own words in one language (GNU gettext, read through Babel).

English is what the code says, so an English book reads no file. Babel and gettext are imported for other languages
only, and for books with words of their own, because importing them takes longer than drawing an answer.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from servkit.book.files import read_bytes
from servkit.book.problems import Problem, ServkitError
from servkit.message import EitherDay
from servkit.message import Message as Message  # noqa: PLC0414 - who asks for words finds their texts here, too
from servkit.scripts.localization import locale_of, localize_date, localize_list
from servkit.text import enumeration, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from gettext import GNUTranslations

    from babel.messages.catalog import Catalog

#: The folder of a book with the words of the company.
FOLDER = "languages"
_SHIPPED = Path(__file__).parent


class Either(tuple[str, ...]):
    """Names of the book in a blank, of which each will do."""

    __slots__ = ()

    def __str__(self) -> str:
        return enumeration(self, "or")


class Names(tuple[str, ...]):
    """Names of attributes and facts in a blank."""

    __slots__ = ()

    def __str__(self) -> str:
        return ", ".join(self)


class Worded(str):
    """A value, several values or a condition in a blank. The text is what it says in English; without a ``meaning`` it
    is a value as the book writes it."""

    __slots__ = ("meaning",)
    meaning: Any

    def __new__(cls, text: str, meaning: Any = None) -> Self:
        self = super().__new__(cls, text)
        self.meaning = meaning
        return self


class Fault(NamedTuple):
    """What is wrong with a file of the company's words. ``line`` counts from 1; 0 where the whole file is meant."""

    path: str
    line: int
    message: str


class Catalogue:
    """servkit's own words in a language. A text without a translation stays English."""

    def __init__(self, language: str, translations: GNUTranslations | None = None) -> None:
        #: The language that was asked for, which dates and numbers follow.
        self.language = language
        self._translations = translations

    def gettext(self, text: str, /, **blanks: Any) -> str:
        """One of servkit's texts in the language, its blanks filled."""
        found = text if self._translations is None else self._translations.gettext(text)
        return found.format(**blanks) if blanks else found

    def say(self, message: Message) -> str:
        """A text whose blanks hold names and other texts."""
        return self.gettext(message.text, **{name: self._blank(blank) for name, blank in message.blanks.items()})

    def _blank(self, blank: Any) -> Any:
        if isinstance(blank, EitherDay) and self._translations is not None:
            return localize_list([localize_date(day, self.language) for day in blank], "or", self.language)
        return self.say(blank) if isinstance(blank, Message) else blank

    def ngettext(self, one: str, many: str, count: int, /, **blanks: Any) -> str:
        """A text that counts something, in the form that the language has for the number; it fills ``{count}``."""
        if self._translations is None:
            found = one if count == 1 else many
        else:
            try:
                found = self._translations.ngettext(one, many, count)
            except ArithmeticError:  # the company's rule for plurals divides by nothing
                found = one if count == 1 else many
        return found.format(count=count, **blanks)


ENGLISH = Catalogue("en")


def catalogue(language: str, root: Path | None = None) -> Catalogue:
    """The words in a language: the company's in the book at ``root``, else servkit's, else English.

    ``de-AT`` takes its own words before those of ``de``. Raises ServkitError for a file of the company that is broken.
    """
    short = language.partition("-")[0].lower()
    layers = [_translations(own) for own in _company_layers(language, root)]
    if short in shipped_languages():
        layers.append(_shipped_translations(short))
    if not layers:
        return Catalogue(language)
    first, *others = layers
    for translations in others:
        first.add_fallback(translations)
    return Catalogue(language, first)


def _layers(language: str, root: Path | None) -> list[Catalog]:
    """The catalogues of a language, the first one over the others."""
    short = language.partition("-")[0].lower()
    return [*_company_layers(language, root), *([_shipped(short)] if short in shipped_languages() else [])]


def _company_layers(language: str, root: Path | None) -> list[Catalog]:
    names = dict.fromkeys((language, language.partition("-")[0].lower()))
    return [read for name in names if root is not None and (read := _company(root, name)) is not None]


@cache
def shipped_languages() -> tuple[str, ...]:
    """The languages that servkit speaks beside English."""
    return tuple(sorted(path.stem for path in _SHIPPED.glob("*.po")))


def po_text(language: str, root: Path | None = None) -> str:
    """Every text with its translation, as a PO file to change."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    layers = _layers(language, root)
    out = Catalog(language.replace("-", "_"))
    if layers:
        out.mime_headers = layers[-1].mime_headers
    for id_, forms in texts().items():
        key = id_ if len(forms) == 1 else forms
        found = next((entry.string for layer in layers if (entry := layer.get(key)) is not None and entry.string), "")
        out.add(key, found)
    written = io.BytesIO()
    write_po(written, out, width=0, omit_header=True)
    plural = f"nplurals={out.num_plurals}; plural={out.plural_expr};"
    header = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {plural}\\n"\n\n'
    return header + written.getvalue().decode()


def placeholders(text: str) -> set[str]:
    """The blanks of a text. Raises ValueError where its braces do not match."""
    from string import Formatter  # only who checks translations needs it

    parts = [(field, spec, conversion) for _, field, spec, conversion in Formatter().parse(text) if field is not None]
    if any(spec or conversion or not field.isidentifier() for field, spec, conversion in parts):
        raise ValueError(text)
    return {field for field, _, _ in parts}


@cache
def texts() -> dict[str, tuple[str, ...]]:
    """Every text of servkit by its id, with its plural where it has one."""
    every = (message.id for name in shipped_languages()[:1] for message in _shipped(name) if message.id)
    return {_forms(id_)[0]: _forms(id_) for id_ in every}


def _forms(text: str | Iterable[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@cache
def _shipped(language: str) -> Catalog:
    return _parsed((_SHIPPED / f"{language}.po").read_bytes())


@cache  # a server asks for them in every request
def _shipped_translations(language: str) -> GNUTranslations:
    return _translations(_parsed((_SHIPPED / f"{language}.po").read_bytes()))


def faults(root: Path) -> Iterator[Fault]:
    """Everything that is wrong with the company's words in the book at ``root``, by file."""
    for path in sorted((root / FOLDER).glob("*.po")):
        name = f"{FOLDER}/{path.name}"
        if locale_of(path.stem) is None:
            yield Fault(name, 1, f"{quoted(path.stem)} is the code of no language. Name the file like `de.po`.")
        else:
            yield from _read(root, name)[1]


def _company(root: Path, language: str) -> Catalog | None:
    """A company's words in a language, checked; None where it has none."""
    path = f"{FOLDER}/{language}.po"
    if not language.replace("-", "").isalnum() or not (root / path).exists():
        return None
    read, found = _read(root, path)
    if found:
        raise ServkitError(found[0].message, path=path, line=found[0].line)
    return read


def _read(root: Path, path: str) -> tuple[Catalog | None, list[Fault]]:
    """A file of the company's words, and what is wrong with it."""
    problems: list[Problem] = []
    raw = read_bytes(str(root), path, problems)
    if raw is None:
        return None, [Fault(path, 0, problems[0].message)]
    try:
        raw.decode()  # Babel decodes line by line, and loses the place
        read = _parsed(raw)
        _translations(_parsed(raw))
    except Exception as fault:  # noqa: BLE001 - Babel raises anything for a file that is none
        return None, [_unreadable(path, raw, fault)]
    told = ((entry.lineno or 0, _error(_forms(entry.id), _forms(entry.string or ""))) for entry in read)
    return read, [Fault(path, line, message) for line, message in told if message]


def _unreadable(path: str, raw: bytes, fault: Exception) -> Fault:
    """What to write where a file is no catalogue. What Babel says is for programmers."""
    line = getattr(fault, "lineno", None)
    if isinstance(fault, UnicodeDecodeError):
        return Fault(path, raw.count(b"\n", 0, fault.start) + 1, "This is not a text in UTF-8. Save it as UTF-8.")
    if line is None:
        message = f"The line `Plural-Forms` can't be read. Copy it from `servkit words {Path(path).stem}`."
        return Fault(path, raw.count(b"\n", 0, max(raw.find(b"Plural-Forms"), 0)) + 1, message)
    message = 'This line can\'t be read. Write pairs such as `msgid "Ask"` and `msgstr "Questions"`.'
    return Fault(path, line + 1, message)


def _error(ids: tuple[str, ...], strings: tuple[str, ...]) -> str:
    """What is wrong with a translation of the company, or nothing."""
    if not ids[0] or not any(strings):
        return ""
    if ids[0] not in texts():
        from servkit.nearest import did_you_mean

        advice = did_you_mean(ids[0], tuple(texts())) or "Copy the text from `servkit words`."
        return f"servkit says nothing like {quoted(ids[0])}. {advice}"
    blanks = placeholders(" ".join(texts()[ids[0]]))
    for string in strings:
        try:
            if placeholders(string) <= blanks:
                continue
        except ValueError:
            pass
        allowed = ", ".join(quoted(f"{{{name}}}") for name in sorted(blanks))
        there = f"It may have these and no other braces: {allowed}" if allowed else "This text has no blanks"
        return f"Nothing fills the blanks of {quoted(string)}. {there}."
    return ""


def _parsed(raw: bytes) -> Catalog:
    from babel.messages.pofile import read_po

    return read_po(io.BytesIO(raw), charset="utf-8", abort_invalid=True)


def _translations(read: Catalog) -> GNUTranslations:
    from gettext import GNUTranslations

    from babel.messages.mofile import write_mo

    for message in list(read):  # one that is left empty is no translation
        if message.id and not all(_forms(message.string or "")):
            read.delete(message.id)
    compiled = io.BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return GNUTranslations(compiled)
