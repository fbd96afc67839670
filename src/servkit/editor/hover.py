"""What an author reads while pointing at something: the meaning of a key, what a name stands for, who a condition holds
for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.analysis.case_space import CaseSpace
from servkit.analysis.satisfiability import satisfying_assignment
from servkit.analysis.witness import case_at
from servkit.answer.rule_wording import rule_words
from servkit.book.condition_parser import read_condition
from servkit.book.context import DocumentContext
from servkit.book.discovery import SETTINGS
from servkit.book.values import write
from servkit.book.yaml_reader import compose
from servkit.domains.diagram import TooManyCombinationsError
from servkit.editor.navigation import name_at
from servkit.editor.shapes import shapes_of
from servkit.names.renaming import place_at
from servkit.names.scalars import yaml_documents
from servkit.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servkit.answer.case import Case
    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.book.source import PartPath, Source
    from servkit.book.terms import Term
    from servkit.editor.open_book import OpenBook
    from servkit.names.scalars import Scalar, YamlDocument
    from servkit.names.symbols import Symbol


class Hover(NamedTuple):
    """A text (Markdown) about some characters of a file."""

    text: str
    start: int
    end: int


def hover(book: OpenBook, path: str, offset: int, today: int) -> Hover | None:
    """What there is to say about an offset of a file; ``today`` is an ordinal."""
    raw = book.read(path)
    if raw is None:
        return None
    text, documents = yaml_documents(raw)
    found = _scalar_at(documents, offset)
    if found is None:
        return None
    document, scalar = found
    pieces: list[str] = []
    named = name_at(book, path, offset) if book.settings is not None else None
    if named is not None:
        pieces += _about(book, named.symbol, today)
    if scalar.key and (named is None or named.occurrence.declares):
        kind = "settings" if path == SETTINGS else document.data.get("kind")
        pieces.insert(0, shapes_of(str(kind)).meaning(scalar.where))
        if scalar.where[-1] == "when" and book.settings is not None:
            pieces.append(_who(book, path, raw, place_at(text, document.start)[0], scalar.where, today))
    shown = "\n\n".join(piece for piece in pieces if piece)
    start, end = (named.start, named.end) if named is not None else (scalar.start, scalar.end)
    return Hover(shown, start, end) if shown else None


def _scalar_at(documents: list[YamlDocument], offset: int) -> tuple[YamlDocument, Scalar] | None:
    for document in documents:
        if document.start <= offset <= document.end and isinstance(document.data, dict):
            around = [one for one in document.scalars.values() if one.start <= offset <= one.end and one.value]
            if around:
                return document, min(around, key=lambda one: one.end - one.start)
    return None


# --- what a name stands for ---------------------------------------------------------------------------------------


def _about(book: OpenBook, symbol: Symbol, today: int) -> list[str]:
    settings = book.book.settings
    kind, name = symbol
    if kind == "term":
        return _term(book, name)
    if kind in settings.kinds:
        return _document(book, symbol, today)
    if kind in ("attribute", "fact"):
        variable = settings.names[name]
        of = f": {', '.join(variable.of)}" if variable.of else ""
        least = f", {variable.floor} at least" if variable.floor is not None else ""
        head = f"**{settings.pick(variable.title) or name}** ({kind}, {variable.type}{of}{least})"
        return [head, settings.pick(variable.ask)]
    if kind == "area":
        area = settings.areas[name]
        return [f"**{settings.pick(area.get('title')) or name}** (area)", settings.pick(area.get("why"))]
    if kind == "clock":
        clock = settings.clocks[name]
        return [f"**{name}** (clock): `{clock.hours}`"]
    if kind == "role":
        above = [role for role in settings.roles if settings.authority[role] > settings.authority[name]]
        return [f"**{name}** (role)", f"Above it: {', '.join(above)}." if above else "Nobody has more authority."]
    return [f"**{name}** ({kind})"]


def _document(book: OpenBook, symbol: Symbol, today: int) -> list[str]:
    settings = book.book.settings
    pieces = []
    for entry in book.book.versions(*symbol):
        title = settings.pick(entry.prose.get("title")) or str(entry.prose.get("name") or entry.id)
        pieces.append(f"**{title}** ({entry.kind} `{entry.id}`, {entry.path}:{entry.line})")
        pieces.append(settings.pick(entry.prose.get("why")) or settings.pick(entry.prose.get("statement")))
        if entry.kind == "segment" and entry.when is not None:
            pieces.append(_holds_for(book, entry, entry.when, today))
    return pieces


def _term(book: OpenBook, ref: str) -> list[str]:
    id_, _, name = ref.partition(".")
    settings, pieces = book.book.settings, []
    for owner in settings.owners:
        for entry in book.book.versions(owner, id_):
            term = entry.terms.get(name)
            if term is not None:
                written = entry.prose["terms"][name]
                prose: Mapping[str, Any] = written if isinstance(written, dict) else {}
                pieces.append(
                    f"**{settings.pick(prose.get('title')) or name}** (`{ref}`, {entry.kind} at {entry.path})"
                )
                pieces.append("\n".join(f"- {line}" for line in _values(book, term, settings)))
                pieces.append(settings.pick(prose.get("why")))
    return pieces


def _values(book: OpenBook, term: Term, settings: Settings) -> Iterator[str]:
    if term.value is not None:
        yield f"Everybody: {rule_words(term.value)}"
    for row in term.rows:
        value = "nothing" if row.value is None else rule_words(row.value)
        yield f"Where {' and '.join(atom.words() for atom in row.when.atoms())}: {value}"
    for segment in book.book.segments():
        amount = segment.overrides.get(term.ref)
        if amount is not None:
            yield f"Segment `{segment.id}`: {rule_words(amount)}"
    for role in settings.roles:
        if role in term.grant:
            yield f"{role} may go to {rule_words(term.grant[role])}"
    if term.limit is not None:
        yield f"Nobody goes past {rule_words(term.limit)}"


# --- who a condition holds for -----------------------------------------------------------------------------------


def _who(book: OpenBook, path: str, raw: bytes, line: int, where: PartPath, today: int) -> str:
    """Somebody for whom a condition holds, which is in the document that begins on a line of a file; empty where the
    condition can't be read."""
    settings = book.book.settings
    for source in compose(path, raw):
        condition = _at(source, where)
        entry = next((one for one in book.book.entries if (one.path, one.line) == (path, source.line())), None)
        if condition is not None and entry is not None and source.line() == line:
            read = read_condition(
                condition, DocumentContext(settings, source), where, in_segment=entry.kind == "segment"
            )
            return "" if read is None else _holds_for(book, entry, read, today)
    return ""


def _holds_for(book: OpenBook, entry: Entry, condition: Any, today: int) -> str:
    cases = CaseSpace(book.book, today)
    try:
        assignment = satisfying_assignment(cases, (condition,), (entry,))
    except TooManyCombinationsError:
        return ""
    if assignment is None:
        return "This holds for nobody."
    return f"Holds, for example, for {_words(case_at(assignment, book.book))}."


def _words(case: Case) -> str:
    known = {} if case.customer is None else case.customer.attributes
    said = [f"{name} `{write(value)}`" for name, value in {**known, **case.given}.items() if value is not None]
    said += [f"{name} `{value}`" for name, value in (("role", case.role), ("channel", case.channel)) if value]
    said += [f"office `{case.office}`"] if case.office else []
    return f"{enumeration(said)} on {case.on.isoformat()}" if said else f"anybody on {case.on.isoformat()}"


def _at(source: Source, where: PartPath) -> Any:
    data = source.data
    for step in where:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):  # one item in the place of a list
            if step != 0:
                return None
    return data
