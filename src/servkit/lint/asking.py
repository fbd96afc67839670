"""Asking the rules, those that prove things in a second process where the book is large."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from servkit.lint.aside import Aside, worth_it

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.lint.finding import Finding
    from servkit.lint.rule import Rule
    from servkit.lint.workbench import Workbench

#: Of a book of fewer files, all is found before a second process has begun.
MANY = 300

Asked = tuple["Rule", "Mapping[str, Any]"]
#: What one rule found, and what it or its needs had to skip.
Told = tuple[str, "list[Finding]", list[str]]


def ask(bench: Workbench, asked: Sequence[Asked], *, aside: bool) -> list[Finding]:
    """What the rules find, in their order; what had to be skipped is in the workbench afterwards."""
    there = [one for one in asked if "proofs" in one[0].needs] if aside and worth_it() else []
    here = [one for one in asked if one not in there]
    told = _shared_out(bench, here, there) if there else list(_told(bench, here))
    told.sort(key=lambda one: one[0])
    bench.skipped[:] = [words for _, _, skipped in told for words in skipped]
    return [finding for _, found, _ in told for finding in found]


def _shared_out(bench: Workbench, here: Sequence[Asked], there: Sequence[Asked]) -> list[Told]:
    second = Aside(lambda: [pickle.dumps(list(_told(bench, there)))])
    try:
        told = list(_told(bench, here))
        packed = second.result()
    finally:
        second.stop()
    if packed is None:
        return told + list(_told(bench, there))
    return told + pickle.loads(packed)  # type: ignore[no-any-return]  # noqa: S301 - our own child's, over our own pipe


def _told(bench: Workbench, asked: Sequence[Asked]) -> Iterator[Told]:
    for rule, options in asked:
        before = len(bench.skipped)
        found = [replace(finding, code=rule.code) for finding in bench.run(rule, options)]
        yield rule.code, found, bench.skipped[before:]
