"""Why an answer is not what a scenario expects: what decided it, in a line or two, with file and line."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from servkit.answer.answer_json import as_list
from servkit.answer.condition_reasons import because
from servkit.book.conditions import comparable_verdict
from servkit.book.values import write
from servkit.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.answer.result import Answer, Origin, TermAnswer
    from servkit.answer.scenario import Difference
    from servkit.book.entries import Entry
    from servkit.book.library import Library


def reasons(scenario: Entry, answer: Answer, found: Difference, book: Library) -> Iterator[str]:
    """The reasons for one difference."""
    key = str(found.where[1])
    if key == "segments":
        yield from _segments(answer, set(as_list(scenario.prose["expect"]["segments"])))
    elif key in ("terms", "may_be", "you_may", "you_may_be", "due"):
        yield from _unread(book, str(found.where[2])) or _term(answer, str(found.where[2]))
        if key in ("you_may", "you_may_be"):
            yield from _reach(answer, str(found.where[2]))
    elif key == "ask":
        for ask in answer.ask:
            yield f"{ask.name} decides {', '.join(ask.decides)}"
    elif key == "might_be":
        for might in answer.might_be:
            yield f"{might.entry.id} depends on {', '.join(might.ask)} ({_place(might.entry)})"
    elif key in ("applies", "does_not_apply", "say", "uncovered"):
        yield from _document(answer, key, found.expected.removeprefix("not "))


def _unread(book: Library, ref: str) -> list[str]:
    """Where the document of a term cannot be read, what keeps it from being read."""
    id_ = ref.partition(".")[0]
    if not book.problems or any(book.versions(kind, id_) for kind in book.settings.owners):
        return []
    named = [problem for problem in book.problems if PurePosixPath(problem.path).stem == id_]
    told = [f"{problem.where}: {problem.message}" for problem in named or book.problems[:1]]
    return [f"{id_} is in no document that can be read", *told]


def _place(entry: Entry) -> str:
    """The place of a document's condition, or of the document."""
    line = entry.source.place(("when",), key=True).line if entry.source is not None and entry.when else entry.line
    return f"{entry.path}:{line}"


def _segments(answer: Answer, expected: set[str]) -> Iterator[str]:
    there = {entry.id: entry for entry in answer.segments}
    record = answer.trace.record(answer.case)
    for id_, entry in sorted(there.items()):
        if id_ not in expected and entry.when is not None:
            yield f"in {id_}: {because(entry.when, record)} ({_place(entry)})"
    for id_ in sorted(expected - there.keys()):
        segment = answer.trace.all_segments.get(id_)
        if segment is None or segment.when is None:
            yield f"no segment {id_} is in force on {answer.case.on}"
            continue
        might = next((found for found in answer.might_be if found.entry.id == id_), None)
        if might is not None:
            yield f"perhaps in {id_}; not known yet: {', '.join(might.ask)} ({_place(segment)})"
        else:
            yield f"not in {id_}: {because(segment.when, record, truth=False)} ({_place(segment)})"


def _term(answer: Answer, ref: str) -> Iterator[str]:
    term = answer.terms.get(ref)
    if term is None:
        yield from _no_term(answer, ref)
        return
    if term.origin is not None:
        yield from _origin(answer, term, term.origin)
    for amount, origin in term.between:
        yield f"{amount} from {_source(origin)}"
    if term.state == "open":
        open_names = [ask.name for ask in answer.ask if ref in ask.decides]
        yield f"open; not known yet: {', '.join(open_names) or 'what decides whether the documents apply'}"
    if term.clipped is not None:
        yield f"{write(term.clipped)} is past the limit {term.limit}"


def _reach(answer: Answer, ref: str) -> Iterator[str]:
    term, role = answer.terms.get(ref), answer.case.role
    if term is None:
        return
    if term.term.fixed:
        yield f"{ref} is fixed, so nobody may change it"
    elif term.you_may is not None:
        who = role or "no role is given; without one, anybody"
        yield f"{who} may go as far as {term.you_may}"
    if term.then is not None:
        yield f"{term.then.role} may go as far as {term.then.may}"


def _origin(answer: Answer, term: TermAnswer, origin: Origin) -> Iterator[str]:
    record = answer.trace.record(answer.case)
    if origin.kind == "segment":
        segment = answer.trace.all_segments[origin.id]
        why = f": {because(segment.when, record)}" if segment.when is not None else ""
        yield f"{_source(origin)}{why}"
        return
    for number, row in enumerate(term.term.rows, 1):
        truth = comparable_verdict(row.when, record)
        if truth is None or truth:
            how = because(row.when, record) if truth else "perhaps"
            yield f"{_source(origin)}, row {number}: {how}"
            return
    yield _source(origin) + (", because no row holds" if term.term.rows else "")


def _source(origin: Origin) -> str:
    return f"{origin.kind} {origin.id} ({origin.file}:{origin.line})"


def _no_term(answer: Answer, ref: str) -> Iterator[str]:
    id_ = ref.partition(".")[0]
    for left in answer.left_out:
        if left.entry.id == id_ and left.entry.kind in ("standard", "policy"):
            yield f"{left.entry.name} is left out: {left.because} ({_place(left.entry)})"
            return
    for kind in ("standard", "policy"):
        for entry in answer.documents[kind]:
            if entry.id == id_:
                there = ref.partition(".")[2] in entry.terms
                what = "offers no value here" if there else "has no such term"
                yield f"{entry.name} {what} ({_place(entry)})"
                return
    yield f"{id_} is not part of what was asked ({', '.join(answer.case.about) or 'everything'})"


def _document(answer: Answer, key: str, name: str) -> Iterator[str]:
    for left in answer.left_out:
        if name in (left.entry.id, left.entry.name):
            yield f"left out: {left.because} ({_place(left.entry)})"
    if key == "does_not_apply":
        for entries in answer.documents.values():
            for entry in entries:
                if name in (entry.id, entry.name):
                    yield f"{_applying(answer, entry)} ({_place(entry)})"


def _applying(answer: Answer, entry: Entry) -> str:
    record = answer.trace.record(answer.case)
    parts = [f"in force on {date.fromordinal(record.today)}"]
    if segments := [id_ for id_ in entry.list("segments") if record.segments.get(id_)]:
        parts.append(f"in segment {enumeration(segments)}")
    if entry.when is not None:
        parts.append(str(because(entry.when, record)))
    return "it applies: " + "; ".join(parts)
