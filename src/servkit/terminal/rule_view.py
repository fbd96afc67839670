"""A rule's page, and the list of all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.terminal.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.lint.rule import Rule


def rule_list(rules: Sequence[Rule]) -> Screen:
    """A line each: code, severity and title."""
    screen = Screen()
    for rule in rules:
        screen.pair(f"{rule.code} {rule.severity}", rule.title, column=18)
    return screen


def rule_page(rule: Rule) -> Screen:
    """What a rule finds, why, a bad and a good example."""
    screen, page = Screen(), rule.page
    screen.heading(f"{rule.code} {rule.name} ({rule.severity})")
    screen.put(page.title + ".")
    for text in (page.what, f"Why: {page.why}"):
        screen.gap()
        screen.put("\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n")))
    return screen
