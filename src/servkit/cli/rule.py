"""``servkit rule``."""

from typing import Annotated, Any

import typer

from servkit.book.problems import UnknownNameError
from servkit.cli.shared import options
from servkit.cli.shared.output import check_format, print_json, print_screen
from servkit.lint.rule import Rule, all_rules


def rule(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="A code such as SK606, the beginning of some, or a name.")
    ] = None,
    format_: options.Format = "text",
    no_pager: options.NoPager = False,
) -> None:
    """Explain a rule: what it finds, why it matters, a bad and a good example.

    \b
    servkit rule               all rules
    servkit rule SK3           all whose codes begin with SK3
    servkit rule SK606
    """
    check_format(format_)
    rules = all_rules()
    found = [one for one in rules.values() if code is None or _matches(one, code)]
    if not found:
        known = (*rules, *(one.name for one in rules.values()))
        raise UnknownNameError("rule", code or "", known, "see servkit rule")
    if format_ == "json":
        print_json({"schema": "servkit/rules/1", "rules": [_json(one) for one in found]})
        return
    from servkit.terminal.rule_view import rule_list, rule_page  # load Rich, which JSON does without

    print_screen(rule_page(found[0]) if len(found) == 1 and code else rule_list(found), pager=not no_pager)


def _matches(one: Rule, code: str) -> bool:
    return one.code.startswith(code.upper()) or one.name == code.lower()


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
