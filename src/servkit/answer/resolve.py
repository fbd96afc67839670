"""Resolution: from a book and a case to an answer (BOOK.md 6 and 9). Pure: no clock, no environment, no output."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from servkit.answer.collect import Gathered, gather
from servkit.answer.diagram import TooManyCombinationsError
from servkit.answer.result import Answer, Ask, MightBe, Trace
from servkit.answer.selection import in_force, select
from servkit.answer.weighing import Weighing, World
from servkit.book.conditions import Condition, Incomparable, Record
from servkit.book.problem import Problem, ValueProblem
from servkit.book.values import Value, choice_value, date_value, text_value

if TYPE_CHECKING:
    from collections.abc import Iterable

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
            return _Resolution(library, case, unreadable).answer()
        except Incomparable as clash:
            if clash.name in case.given or clash.name in unreadable:
                raise ValueProblem(str(clash)) from None
            unreadable[clash.name] = str(clash)


class _Resolution:
    def __init__(self, library: Library, case: Case, unreadable: dict[str, str]) -> None:
        self.library, self.case, self.unreadable = library, case, unreadable
        self.settings = library.settings
        self.problems: list[Problem] = list(library.problems)
        self.today = case.on.toordinal()
        self.decides: dict[str, set[str]] = {}

    def answer(self) -> Answer:
        values = self._values()
        chosen = select(self.library, self.case.about)
        segments, verdicts, might_be = self._segments(values)
        record = Record(values, self.today, verdicts)
        world = World(record, self.settings.variables, {id_: when for id_, (_, when) in segments.items()})
        all_segments = {id_: entry for id_, (entry, _) in segments.items()}
        found = gather(self, world, chosen, all_segments)
        self._ask_segments(found, might_be)
        return Answer(
            settings=self.settings,
            case=self.case,
            segments=[all_segments[id_] for id_, verdict in verdicts.items() if verdict],
            might_be=might_be,
            ask=self._asks(),
            terms=dict(sorted(found.terms.items())),
            documents=found.documents,
            left_out=sorted(found.left_out, key=lambda out: (out.entry.id, out.entry.kind)),
            uncovered=self._uncovered(chosen.areas, found),
            problems=self._told(found),
            trace=Trace(values, verdicts, all_segments),
        )

    # --- what is known ----------------------------------------------------------------------------------------

    def _values(self) -> dict[str, Value]:
        case = self.case
        values: dict[str, Value] = dict(case.customer.attributes) if case.customer else {}
        for name, value in case.given.items():
            if value is None:
                values.pop(name, None)
            else:
                values[name] = value
        for name in self.unreadable:
            values.pop(name, None)
        values["today"] = date_value(case.on)
        if case.channel is not None:
            values["channel"] = text_value(case.channel)
        if case.role is not None:
            values["role"] = choice_value(case.role, self.settings.roles)
        if case.office is not None:
            values["office"] = text_value(case.office)
        return values

    def _segments(
        self, values: dict[str, Value]
    ) -> tuple[dict[str, tuple[Entry, Condition]], dict[str, bool | None], list[MightBe]]:
        """Who is in which segment: certainly, certainly not, or perhaps."""
        versions, problems = in_force(self.library.segments(), self.today)
        self.problems += problems
        found = {}
        verdicts: dict[str, bool | None] = {}
        might_be = []
        record = Record(values, self.today)
        for version in sorted(versions, key=lambda version: version.entry.id):
            entry, when = version.entry, version.entry.when
            if not version.speaks or when is None:
                continue
            found[entry.id] = (entry, when)
            verdict, names = self.verdict(World(record, self.settings.variables, {}), when)
            verdicts[entry.id] = verdict
            if verdict is None:
                might_be.append(MightBe(entry, tuple(sorted(names))))
        return found, verdicts, might_be

    def verdict(self, world: World, condition: Condition) -> tuple[bool | None, set[str]]:
        """Whether a condition holds however the unknowns are filled in, and the unknowns it hangs on."""
        known = condition.kleene(world.record)
        if known is not None:
            return known, set()
        weighing = self.weighing(world, [condition])
        diagram = weighing.condition(condition)
        if diagram < 0:
            return bool(weighing.diagrams.outcome(diagram)), set()
        return None, weighing.asked(diagram)

    def weighing(self, world: World, conditions: Iterable[Condition]) -> Weighing:
        """A weighing of conditions, exact where that is possible."""
        wanted = list(conditions)
        try:
            out = Weighing(world, wanted)
            for condition in wanted:
                out.condition(condition)
        except TooManyCombinationsError:
            self.inexact()
            return Weighing(world, wanted, exact=False)
        return out

    def inexact(self) -> None:
        """Say that the cap was reached."""
        self.problems.append(
            Problem("SK490", "servkit.yaml", 0, 0, "too many combinations of unknowns; more may be asked than necessary")
        )

    # --- what is told -----------------------------------------------------------------------------------------

    def ask(self, names: Iterable[str], decides: str) -> None:
        for name in names:
            self.decides.setdefault(name, set()).add(decides)

    def _ask_segments(self, found: Gathered, might_be: list[MightBe]) -> None:
        for segment in might_be:
            if segment.entry.id in found.counting:
                self.ask(segment.ask, segment.entry.name)

    def _asks(self) -> list[Ask]:
        variables = self.settings.variables
        return [Ask(name, variables[name].ask, tuple(sorted(what))) for name, what in sorted(self.decides.items())]

    def _uncovered(self, areas: list[str], found: Gathered) -> list[str]:
        covered = {area for kind in ("standard", "policy") for entry in found.documents[kind]
                   for area in entry.list("areas")}  # fmt: skip
        out = []
        for area in areas:
            channels = self.settings.areas[area].get("channels")
            elsewhere = self.case.channel is not None and channels and self.case.channel not in channels
            if area not in covered and not elsewhere:
                out.append(area)
        return sorted(out)

    def _told(self, found: Gathered) -> list[Problem]:
        customer = self.case.customer
        problems = [*self.problems, *(customer.problems if customer else ())]
        for reason in self.unreadable.values():
            path, line = (customer.path, customer.line) if customer else ("", 0)
            problems.append(Problem("SK302", path, line, 1, f"{reason}; it counts as unknown"))
        for path in sorted({entry.path for entry in found.involved}):
            problems += self.library.remarks(path)
        return sorted(dict.fromkeys(problems), key=lambda problem: (problem.path, problem.line, problem.column, problem))


def priority_of(entry: Entry) -> Decimal:
    """A segment's priority; higher wins."""
    return Decimal(entry.logic.get("priority", "0"))
