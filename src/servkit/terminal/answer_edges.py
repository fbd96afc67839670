"""The first and the last lines of an answer: what is wrong with the book, and how the answer can be traced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.answer.result import Answer
    from servkit.book.problems import Problem
    from servkit.desk.phrases import DeskPhrases
    from servkit.languages.catalogue import Catalogue
    from servkit.terminal.screen import Screen


def draw_problems(problems: Sequence[Problem], screen: Screen, words: Catalogue) -> None:
    """What is wrong with the book, before everything else."""
    if not problems:
        return
    heading = words.ngettext(
        "{count} problem with the book or the record: read it first",
        "{count} problems with the book or the record: read them first",
        len(problems),
    )
    screen.put(heading, "bold red", mark="! ", mark_style="bold red")
    for problem in problems:
        where = f"{problem.path}:{problem.line}" if problem.line else problem.path
        screen.put(problem.message, indent=2, mark=f"{where}  ", mark_style="red", hang=2)
    screen.gap()


def draw_footer(answer: Answer, screen: Screen, phrases: DeskPhrases, book: dict[str, Any], fingerprint: str) -> None:
    """What was asked, the account number, and the book's name, revision and date with the answer's fingerprint."""
    customer, case, gettext = answer.case.customer, answer.case, phrases.words.gettext
    screen.rule()
    given = [f"{name}={'' if value is None else value}" for name, value in sorted(case.given.items())]
    circumstances = [*case.about]
    if case.role:
        circumstances.append(gettext("as {role}", role=case.role))
    if case.channel:
        circumstances.append(gettext("by {channel}", channel=case.channel))
    if case.office:
        circumstances.append(gettext("at {office}", office=case.office))
    if case.level:
        circumstances.append(gettext("level {level}", level=case.level))
    if circumstances or given:
        asked = gettext("asked:") + " "
        screen.put(" · ".join([*circumstances, *given]), "dim", mark=asked, mark_style="dim", hang=2)
    revision = book["revision"] or gettext("no revision")
    if book["dirty"]:
        revision = gettext("{revision}+changes", revision=revision)
    parts = [customer.id] if customer is not None else []
    screen.put(" · ".join([*parts, book["name"], revision, phrases.date(case.on), fingerprint[:19]]), "dim")
