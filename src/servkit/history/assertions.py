"""Assertions about an edit: what may not happen, so that a pipeline stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError, UnknownNameError
from servkit.history.words import told_words, when_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.book.library import Library
    from servkit.history.changes import Change, Comparison

_AT_MOST = "at-most="
RULES = ("nobody-worse", "fixed-unmoved", f"{_AT_MOST}N", "no-new-questions")


def check_rules(rules: Sequence[str], *, counted: bool) -> None:
    """Raise for a rule that there is not, or that cannot be checked."""
    for rule in rules:
        number = rule.removeprefix(_AT_MOST) if rule.startswith(_AT_MOST) else None
        if number is not None:
            if not (number.isascii() and number.isdecimal()):
                raise ServkitError(f"--assert {rule}: write a number, such as {_AT_MOST}100")
            if not counted:
                raise ServkitError(f"--assert {rule} needs the customers to be counted; leave out --no-customers")
        elif rule not in RULES:
            raise UnknownNameError("assertion", rule, RULES, f"choose from {', '.join(RULES)}")


def failed_rules(rules: Sequence[str], comparison: Comparison, libraries: Sequence[Library]) -> list[str]:
    """A line for each rule that does not hold, with what breaks it."""
    checks: dict[str, Callable[[], Iterator[str]]] = {
        "nobody-worse": lambda: _worse(comparison),
        "fixed-unmoved": lambda: _fixed(comparison, libraries),
        "no-new-questions": lambda: (question.name for question in comparison.questions),
    }
    out = []
    for rule in dict.fromkeys(rules):
        if rule.startswith(_AT_MOST):
            found = (
                [f"{comparison.customers:,} customers"]
                if (comparison.customers or 0) > int(rule.removeprefix(_AT_MOST))
                else []
            )
        else:
            found = list(checks[rule]())
        if found:
            more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
            out.append(f"{rule}: {found[0]}{more}")
    return out


def _worse(comparison: Comparison) -> Iterator[str]:
    for change in comparison.changes:
        if change.part.part == "value" and change.direction == "stricter":
            yield f"{_words(change)} for {when_words(change.when)}"


def _fixed(comparison: Comparison, libraries: Sequence[Library]) -> Iterator[str]:
    for change in comparison.changes:
        id_, _, name = change.part.id.partition(".")
        owners = (library.versions(kind, id_) for library in libraries for kind in library.settings.owners)
        if change.part.what == "term" and any(_is_fixed(entry, name) for entries in owners for entry in entries):
            yield _words(change)


def _is_fixed(entry: Entry, name: str) -> bool:
    return name in entry.terms and entry.terms[name].fixed


def _words(change: Change) -> str:
    return f"{change.part.id}: {told_words(change.before)} → {told_words(change.after)}"
