"""Resolution: from a book and a case to an answer (BOOK.md 6 and 9). Pure: no clock, no environment, no output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.answer.documents import by_kind, sort_documents
from servkit.answer.membership import find_membership
from servkit.answer.overrides import CaseOverrides
from servkit.answer.resolution import Resolution
from servkit.answer.result import Answer, Trace
from servkit.answer.scope import select
from servkit.answer.term_selection import TermSelection
from servkit.book.conditions import Incomparable
from servkit.book.problems import Problem, ValueProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from servkit.answer.case import Case
    from servkit.book.entries import Entry
    from servkit.book.library import Library


def resolve(library: Library, case: Case) -> Answer:
    """The answer for a case.

    Raises :class:`UnknownNameError` for an area or id that the book does not have, and :class:`ValueProblem` where a
    value given for this very case does not compare with what the book holds it against.
    """
    unreadable: dict[str, str] = {}
    while True:
        try:
            return _answer(library, case, unreadable)
        except Incomparable as clash:
            if clash.name in case.given or clash.name in unreadable:
                raise ValueProblem(str(clash)) from None
            unreadable[clash.name] = str(clash)


def _answer(library: Library, case: Case, unreadable: Mapping[str, str]) -> Answer:
    resolution = Resolution(library, case, unreadable)
    chosen = select(library, case.about, resolution.today)
    membership = find_membership(resolution)
    context = membership.context
    sorted_documents = sort_documents(resolution, context, chosen.entries)
    documents = by_kind(resolution, sorted_documents.applying)
    possible_segments = membership.possible_segments
    overrides = CaseOverrides(resolution, context, possible_segments)
    selection = TermSelection(resolution, context, sorted_documents, overrides, chosen)
    selection.select()
    overrides.report_unknown_terms()
    for segment in membership.might_be:
        if segment.entry.id in selection.relevant_segments:
            resolution.ask(segment.ask, segment.entry.name)
    return Answer(
        settings=resolution.settings,
        case=case,
        segments=membership.certain,
        might_be=membership.might_be,
        ask=resolution.asks(),
        terms=dict(sorted(selection.terms.items())),
        documents=documents,
        left_out=sorted_documents.left_out,
        uncovered=_uncovered(resolution, chosen.areas, documents),
        problems=_all_problems(resolution, unreadable, [*sorted_documents.involved(), *possible_segments]),
        told=frozenset(entry.id for entry in membership.certain if chosen.tells(entry)),
        trace=Trace(
            resolution.values,
            context.record.segments,
            membership.entries,
            overrides.promised(),
            overrides.promised_titles(),
        ),
    )


def _uncovered(resolution: Resolution, areas: Iterable[str], documents: Mapping[str, Sequence[Entry]]) -> list[str]:
    """The areas that no standard or policy covers, except areas for other channels than this."""
    covered = {area for kind in resolution.settings.owners for entry in documents[kind] for area in entry.list("areas")}
    channel, out = resolution.case.channel, []
    for area in areas:
        channels = resolution.settings.areas[area].get("channels")
        elsewhere = channel is not None and channels and channel not in channels
        if area not in covered and not elsewhere:
            out.append(area)
    return sorted(out)


def _all_problems(resolution: Resolution, unreadable: Mapping[str, str], involved: Iterable[Entry]) -> list[Problem]:
    """Every problem once, by place: of the book, of what is on record, and of the files that were used."""
    customer = resolution.case.customer
    problems = [*resolution.problems, *(customer.problems if customer else ())]
    path, line = (customer.path, customer.line) if customer else ("", 0)
    problems += (Problem("SK302", path, line, 1, f"{why}, so it counts as unknown") for why in unreadable.values())
    document = [customer.entry] if customer is not None and customer.entry is not None else []
    for path in sorted({entry.path for entry in (*involved, *document)}):
        problems += resolution.library.remarks(path)
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.path, problem.line, problem.column, problem))
