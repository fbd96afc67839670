"""A proposed change of the book: one text of a document is another one, and here is what follows from it. Nothing is
written to the book."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.files import MAX_BYTES
from servkit.book.problems import ServkitError, UnknownNameError
from servkit.cache.overlay import Overlay
from servkit.desk.edit_effect import EditEffect, effect_of_edit
from servkit.desk.phrases import DeskPhrases
from servkit.files import read_file
from servkit.languages.catalogue import Message
from servkit.languages.field_titles import field_title
from servkit.lint.engine import lint
from servkit.lint.loader import load
from servkit.names.scalars import Scalar, yaml_documents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.book.entries import Entry
    from servkit.book.source import PartPath
    from servkit.desk.session import Desk
    from servkit.languages.catalogue import Catalogue
    from servkit.lint.finding import Finding
    from servkit.names.scalars import YamlDocument

#: What is not edited: it says which document this is.
_FIXED = ("kind", "id")
_TERM_PLACES = {
    "value": Message("Value"),
    "limit": Message("Limit"),
    "better": Message("Better is"),
    "when": Message("If"),
}
#: Nobody types a longer text into a field.
LONGEST_TEXT = 20_000


class EditablePlace(NamedTuple):
    """A text of a document. ``where`` leads to it, ``label`` says so in words, below the title of its ``term``, if it
    is of one; ``long``: it has several lines."""

    where: PartPath
    term: str
    label: str
    text: str
    long: bool


class ProposedEdit(NamedTuple):
    """What a change comes to: the patch, the findings that it brings and those that it ends, and what it changes for
    whom."""

    path: str
    line: int
    patch: str
    brings: tuple[Finding, ...]
    ends: tuple[Finding, ...]
    effect: EditEffect


def editable_places(desk: Desk, kind: str, id_: str, words: Catalogue) -> list[EditablePlace]:
    """Every text of a document, in the author's order: those of each term first, because they decide what people get.

    Raises ServkitError."""
    entry, _, document = _document(desk, kind, id_)
    phrases = DeskPhrases(desk.settings, words, desk.today().toordinal())
    titles = {
        name: desk.settings.pick(term.title, words.language) or name.replace("-", " ").capitalize()
        for name, term in entry.terms.items()
    }
    places = [
        EditablePlace(
            where,
            titles.get(str(where[1]), "") if _is_of_term(where) else "",
            _term_label(where[2:], phrases) if _is_of_term(where) else _label(where, phrases),
            scalar.value,
            "\n" in scalar.value or len(scalar.value) > 70,
        )
        for (where, key), scalar in document.scalars.items()
        if not key and where and where[0] not in _FIXED
    ]
    return sorted(places, key=lambda place: not place.term)


def propose_edit(desk: Desk, kind: str, id_: str, where: PartPath, new: str) -> ProposedEdit:
    """What comes of writing something else in one place. Raises ServkitError where that cannot be done."""
    entry, text, document = _document(desk, kind, id_)
    scalar = document.at(where)
    if scalar is None:
        raise UnknownNameError("place", ".".join(map(str, where)), ())
    new = new.replace("\r\n", "\n")
    if len(new) > LONGEST_TEXT:
        blanks = {"count": len(new), "limit": LONGEST_TEXT}
        raise ServkitError(Message("This has {count} characters, and {limit} is the limit.", blanks))
    edited = _edited(text, scalar, new)
    _check(edited, entry, where, new)
    before, after = text.splitlines(keepends=True), edited.splitlines(keepends=True)
    patch = "".join(difflib.unified_diff(before, after, f"a/{entry.path}", f"b/{entry.path}"))
    brings, ends = _findings(desk, entry.path, edited)
    line = text.count("\n", 0, scalar.start) + 1
    about = (entry.id,) if entry.kind in desk.settings.applicable else ()
    effect = effect_of_edit(desk, entry.path, edited, about, desk.today())
    return ProposedEdit(entry.path, line, patch, brings, ends, effect)


def _document(desk: Desk, kind: str, id_: str) -> tuple[Entry, str, YamlDocument]:
    versions = desk.book.versions(kind, id_)
    if not versions:
        raise UnknownNameError("document", f"{kind}:{id_}", ())
    if len(versions) > 1:
        blanks = {"name": id_, "count": len(versions)}
        raise ServkitError(Message("{name} has {count} versions. Nobody can say here which one is meant.", blanks))
    try:
        raw = read_file(desk.book.root / versions[0].path, MAX_BYTES)
    except OSError as fault:
        why = Message("The file can't be read: {reason}.", {"reason": fault.strerror or fault})
        raise ServkitError(why, path=versions[0].path) from None
    text, documents = yaml_documents(raw)
    for document in documents:
        data = document.data
        if isinstance(data, dict) and data.get("id") == id_ and data.get("kind", kind) == kind:
            return versions[0], text, document
    raise ServkitError(Message("{file} has changed. Load the page again.", {"file": versions[0].path}))


def _label(where: PartPath, phrases: DeskPhrases) -> str:
    first, *rest = where
    return " › ".join([field_title(str(first), phrases.words), *_steps(rest, phrases)])


def _steps(steps: Sequence[str | int], phrases: DeskPhrases) -> list[str]:
    """Places inside a part: numbers, names of facts by their titles, and the author's own words."""
    named = phrases.settings.names
    return [
        f"{step + 1}" if isinstance(step, int) else phrases.name(step) if step in named else step.replace("_", " ")
        for step in steps
    ]


def _is_of_term(where: PartPath) -> bool:
    return len(where) > 2 and where[0] == "terms"


def _term_label(steps: PartPath, phrases: DeskPhrases) -> str:
    """A place of a term: its value, what a role may grant, the limit, or one of these in a case."""
    words = phrases.words
    if steps[0] == "cases" and len(steps) > 2 and isinstance(steps[1], int):
        case = words.gettext("Case {number}", number=steps[1] + 1)
        return f"{case} › {_term_label(steps[2:], phrases)}"
    if steps[0] == "grant" and len(steps) == 2:
        return words.gettext("{role} may grant", role=steps[1])
    first, *rest = steps
    title = words.gettext(_TERM_PLACES[first].text) if first in _TERM_PLACES else field_title(str(first), words)
    return " › ".join([title, *_steps(rest, phrases)])


def _edited(text: str, scalar: Scalar, new: str) -> str:
    if scalar.style in ("|", ">"):
        start, end, raw = scalar.start, scalar.end, _block(text, scalar, new)
    else:
        start, end, raw = scalar.written(text, [(0, len(scalar.value), new)])
    return text[:start] + raw + text[end:]


def _block(text: str, scalar: Scalar, new: str) -> str:
    """A text over several lines, as far in as the one before."""
    head, _, body = text[scalar.start : scalar.end].partition("\n")
    lines = body.split("\n")
    indent = next((line[: len(line) - len(line.lstrip())] for line in lines if line.strip()), "  ")
    joint = "\n\n" if scalar.style == ">" else "\n"  # folded: one break is a space
    written = joint.join(new.rstrip("\n").split("\n"))
    out = "\n".join(indent + line if line.strip() else "" for line in written.split("\n"))
    return f"{head}\n{out}" + ("\n" if body.endswith("\n") else "")


def _check(edited: str, entry: Entry, where: PartPath, new: str) -> None:
    """Whether the edited file says what was typed, there and nowhere else."""
    _, documents = yaml_documents(edited.encode("utf-8"))
    for document in documents:
        if isinstance(document.data, dict) and document.data.get("id") == entry.id:
            scalar = document.at(where)
            if scalar is not None and scalar.value.rstrip("\n") == new.rstrip("\n"):
                return
    raise ServkitError(Message("This text can't be written in that place. Edit the file instead."), path=entry.path)


def _findings(desk: Desk, path: str, edited: str) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that an edit brings, and those that it ends."""
    root, cache, today = desk.book.root, desk.open_book.cache, desk.today()
    before = lint(load(root, cache), today).findings
    overlay = Overlay(root, {path: edited.encode("utf-8")}, "-proposal")
    after = lint(load(root, cache, files=overlay), today).findings
    return _new(after, before), _new(before, after)


def _new(findings: Sequence[Finding], others: Sequence[Finding]) -> tuple[Finding, ...]:
    known = {(one.code, one.path, one.message) for one in others}
    return tuple(one for one in findings if (one.code, one.path, one.message) not in known)
