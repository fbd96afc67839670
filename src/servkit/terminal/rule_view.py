"""A rule's page, and the list of all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markdown import Markdown

from servkit.lint.rule_page import page_markdown
from servkit.terminal.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.lint.rule import Rule


def rule_page(rule: Rule) -> Markdown:
    """What a rule finds, why it matters, how to fix it, a bad and a good example."""
    return Markdown(page_markdown(rule), code_theme="ansi_light", hyperlinks=False)


def rule_list(rules: Sequence[Rule]) -> Screen:
    """A line each: code, severity and title."""
    screen = Screen()
    for rule in rules:
        screen.pair(f"{rule.code} {rule.severity}", rule.title, column=18)
    return screen
