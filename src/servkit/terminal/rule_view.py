"""A rule's page, and the list of all rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.markdown import CodeBlock, Markdown
from rich.syntax import Syntax

from servkit.lint.rule_page import page_markdown
from servkit.terminal.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console, ConsoleOptions, RenderResult

    from servkit.lint.rule import Rule


class _Example(CodeBlock):
    """An example without the empty lines that Rich puts above and below one."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Syntax(str(self.text).rstrip(), self.lexer_name, theme=self.theme, word_wrap=True, padding=(0, 2))


class _Page(Markdown):
    elements: ClassVar = {**Markdown.elements, "fence": _Example}


def rule_page(rule: Rule) -> Markdown:
    """What a rule finds, why it matters, how to fix it, a bad and a good example, and how to accept a finding."""
    accept = f"**To accept a finding:** write `# servkit: ignore[{rule.code}]` and the reason on its line or above it."
    return _Page(f"{page_markdown(rule)}\n{accept}", code_theme="ansi_light", hyperlinks=False)


def rule_list(rules: Sequence[Rule]) -> Screen:
    """A line each: code, severity and title."""
    screen = Screen()
    for rule in rules:
        screen.pair(f"{rule.code} {rule.severity}", rule.title, column=18)
    return screen
