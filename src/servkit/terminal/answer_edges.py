"""The first and the last lines of an answer: what is wrong with the book, and what the answer can be traced by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.text import clean, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.answer.result import Answer
    from servkit.book.problems import Problem
    from servkit.terminal.layout import Screen


def draw_problems(problems: Sequence[Problem], screen: Screen) -> None:
    """Loud and first."""
    if not problems:
        return
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    screen.put(f"{count}: the answer is given from the rest", "bold", "red", mark="! ", lead=("bold", "red"))
    for problem in problems:
        where = f"{problem.path}:{problem.line}" if problem.line else problem.path
        screen.put(problem.message, indent=2, mark=f"{where}  ", hang=2, lead=("red",))
    screen.gap()


def footer(answer: Answer, screen: Screen, book: dict[str, Any], fingerprint: str) -> None:
    """The account number, and what the answer can be traced by."""
    customer, case = answer.case.customer, answer.case
    screen.rule()
    given = [f"{name}={'' if value is None else value}" for name, value in sorted(case.given.items())]
    said = (("as ", case.role), ("by ", case.channel), ("at ", case.office), ("level ", case.level))
    asked = [*case.about, *(word + part for word, part in said if part), *given]
    if asked:
        screen.put(" · ".join(asked), "dim", mark="asked: ", hang=2, lead=("dim",))
    revision = (book["revision"] or "no revision") + ("+changes" if book["dirty"] else "")
    parts = [customer.id] if customer is not None else []
    screen.put(" · ".join([*parts, book["name"], revision, case.on.isoformat(), fingerprint[:19]]), "dim")


def matches_text(matches: Sequence[Any], wanted: str, screen: Screen, most: int) -> None:
    """Several people who may be meant, each with the id to ask by."""
    screen.put(f"{len(matches)} people match {wanted!r}; ask by id:", "bold")
    people(matches, screen, most)


def people(matches: Sequence[Any], screen: Screen, most: int = 20) -> None:
    """Ids and names, a line each."""
    column = min(max((width(clean(match.id)) for match in matches[:most]), default=8) + 4, 30)
    for match in matches[:most]:
        screen.pair(match.id, match.name or "", column=column)
    if len(matches) > most:
        screen.put(f"… and {len(matches) - most} more; write more of the name", "dim", indent=2)
