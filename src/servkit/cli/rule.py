"""``servkit rule``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servkit.cli.shared import options  # noqa: TC001 - Typer reads the annotations
from servkit.cli.shared.output import check_format

if TYPE_CHECKING:
    from servkit.lint.rule import Rule
    from servkit.terminal.layout import Screen


def rule(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="A code such as SK606, the beginning of some, or a name.")
    ] = None,
    format_: options.Format = "text",
) -> None:
    """Explain a rule: what it finds, why, a bad and a good example.

    \b
    servkit rule               all rules
    servkit rule SK3           those that begin so
    servkit rule SK606
    """
    from servkit.book.problems import UnknownNameError
    from servkit.lint.rule import all_rules

    check_format(format_, ("text", "json"))
    rules = all_rules()
    found = [one for one in rules.values() if code is None or _is(one, code)]
    if not found:
        known = (*rules, *(one.name for one in rules.values()))
        raise UnknownNameError("rule", code or "", known, "servkit rule lists them")
    if format_ == "json":
        from servkit.cli.shared.output import print_json

        print_json({"schema": "servkit/rules/1", "rules": [_json(one) for one in found]})
        return
    from servkit.terminal.layout import Screen

    screen = Screen()
    if len(found) == 1 and code is not None:
        _page(screen, found[0])
    else:
        _list(screen, found)
    sys.stdout.write(screen.text())


def _is(one: Rule, code: str) -> bool:
    return one.code.startswith(code.upper()) or one.name == code.lower()


def _list(screen: Screen, rules: list[Rule]) -> None:
    for one in rules:
        screen.pair(f"{one.code} {one.severity}", one.title, column=18)


def _page(screen: Screen, one: Rule) -> None:
    page = one.page
    screen.heading(f"{one.code} {one.name} ({one.severity})")
    screen.put(page.title + ".")
    for text in (page.what, f"Why: {page.why}", f"Fix: {page.fix}"):
        for paragraph in text.split("\n\\n"):
            if paragraph.strip():
                screen.gap()
                screen.put(" ".join(paragraph.split()))
    if page.options:
        screen.heading("Options")
        for line in page.options.splitlines():
            screen.put(line.strip(), indent=2)
    for head, text, color in (("Bad", page.bad, "red"), ("Good", page.good, "green")):
        if text:
            screen.heading(head, color)
            for line in text.rstrip("\\n").splitlines():
                screen.lines.append(f"  {line}")
    screen.gap()
    screen.put(f"In a file: # servkit: ignore[{one.code}] and the reason", "dim")


def _json(one: Rule) -> dict[str, Any]:
    page = one.page
    return {
        "code": one.code,
        "name": one.name,
        "severity": one.severity,
        "title": page.title,
        "what": page.what,
        "why": page.why,
        "fix": page.fix,
        "options": dict(one.options),
        "bad": page.bad or None,
        "good": page.good or None,
        "url": one.url,
    }
