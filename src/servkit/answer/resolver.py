"""Resolution: from a book and a case to an answer (BOOK.md 6 and 9). Pure: no clock, no environment, no output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.answer.documents import by_kind, place
from servkit.answer.membership import belong
from servkit.answer.overrides import Movers
from servkit.answer.resolution import Inquiry
from servkit.answer.result import Answer, Trace
from servkit.answer.scope import select
from servkit.answer.term_selection import TermsFound
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
    inquiry = Inquiry(library, case, unreadable)
    chosen = select(library, case.about)
    belonging = belong(inquiry)
    world = belonging.world
    placed = place(inquiry, world, chosen.entries)
    documents = by_kind(inquiry, placed.sure)
    live = belonging.live
    movers = Movers(inquiry, world, live)
    found = TermsFound(inquiry, world, placed, movers)
    found.find()
    movers.tell_strays()
    for segment in belonging.might_be:
        if segment.entry.id in found.counting:
            inquiry.ask(segment.ask, segment.entry.name)
    return Answer(
        settings=inquiry.settings,
        case=case,
        segments=belonging.certain,
        might_be=belonging.might_be,
        ask=inquiry.asks(),
        terms=dict(sorted(found.terms.items())),
        documents=documents,
        left_out=placed.left_out,
        uncovered=_uncovered(inquiry, chosen.areas, documents),
        problems=_told(inquiry, unreadable, [*placed.involved(), *live]),
        trace=Trace(inquiry.values, world.record.segments, belonging.entries, movers.promised()),
    )


def _uncovered(inquiry: Inquiry, areas: Iterable[str], documents: Mapping[str, Sequence[Entry]]) -> list[str]:
    """The areas that no standard or policy covers; one kept to other channels than this is not missed here."""
    covered = {area for kind in inquiry.settings.owners for entry in documents[kind] for area in entry.list("areas")}
    channel, out = inquiry.case.channel, []
    for area in areas:
        channels = inquiry.settings.areas[area].get("channels")
        elsewhere = channel is not None and channels and channel not in channels
        if area not in covered and not elsewhere:
            out.append(area)
    return sorted(out)


def _told(inquiry: Inquiry, unreadable: Mapping[str, str], involved: Iterable[Entry]) -> list[Problem]:
    """Every problem once, by place: of the book, of what is on record, and of the files that were used."""
    customer = inquiry.case.customer
    problems = [*inquiry.problems, *(customer.problems if customer else ())]
    path, line = (customer.path, customer.line) if customer else ("", 0)
    problems += (Problem("SK302", path, line, 1, f"{why}; it counts as unknown") for why in unreadable.values())
    for path in sorted({entry.path for entry in involved}):
        problems += inquiry.library.remarks(path)
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.path, problem.line, problem.column, problem))
