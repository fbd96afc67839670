"""The results of a book's scenarios as one value. Text, JSON and JUnit are views of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.analysis.coverage import Covered
    from servkit.analysis.scenario_runs import ScenarioRun
    from servkit.book.problems import Problem


@dataclass(frozen=True)
class ScenarioReport:
    """The runs of a book's scenarios. ``unread`` are problems of documents that could not be read, scenarios perhaps
    among them; ``noted`` are problems in the files of customers. ``covered`` is None where it was not requested."""

    book: str
    runs: Sequence[ScenarioRun]
    unread: Sequence[Problem] = ()
    noted: Sequence[Problem] = ()
    covered: Covered | None = None

    @property
    def failed(self) -> bool:
        return bool(self.unread) or any(run.state != "holds" for run in self.runs)

    def covers(self, percent: float) -> bool:
        """Whether coverage reaches a percentage."""
        return self.covered is not None and self.covered.percent >= percent

    def count(self, state: str) -> int:
        """How many runs ended so: ``holds``, ``fails`` or ``error``."""
        return sum(run.state == state for run in self.runs)
