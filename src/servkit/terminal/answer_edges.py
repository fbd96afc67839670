"""The first and the last lines of an answer: what is wrong with the book, and how the answer can be traced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.answer.result import Answer
    from servkit.book.problems import Problem
    from servkit.terminal.screen import Screen


def draw_problems(problems: Sequence[Problem], screen: Screen) -> None:
    """What is wrong with the book, before everything else."""
    if not problems:
        return
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    screen.put(
        f"{count} in the book: this answer comes from the rest of it", "bold red", mark="! ", mark_style="bold red"
    )
    for problem in problems:
        where = f"{problem.path}:{problem.line}" if problem.line else problem.path
        screen.put(problem.message, indent=2, mark=f"{where}  ", mark_style="red", hang=2)
    screen.gap()


def draw_footer(answer: Answer, screen: Screen, book: dict[str, Any], fingerprint: str) -> None:
    """What was asked, the account number, and the book's name, revision and date with the answer's fingerprint."""
    customer, case = answer.case.customer, answer.case
    screen.rule()
    given = [f"{name}={'' if value is None else value}" for name, value in sorted(case.given.items())]
    roles = (("as ", case.role), ("by ", case.channel), ("at ", case.office), ("level ", case.level))
    circumstances = [*case.about, *(word + name for word, name in roles if name), *given]
    if circumstances:
        screen.put(" · ".join(circumstances), "dim", mark="asked: ", mark_style="dim", hang=2)
    revision = (book["revision"] or "no revision") + ("+changes" if book["dirty"] else "")
    parts = [customer.id] if customer is not None else []
    screen.put(" · ".join([*parts, book["name"], revision, case.on.isoformat(), fingerprint[:19]]), "dim")
