"""Rule pages as Markdown: one of them, and all of them for ``docs/rules.md``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.rule import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servkit.lint.rule import Rule

#: Headings of the rules by the beginning of their codes.
GROUPS = {
    "SK1": "Files and their form",
    "SK2": "Names and references",
    "SK3": "Values, terms and conditions",
    "SK4": "Contradictions and gaps",
    "SK5": "Wording and customer files",
    "SK6": "Upkeep",
}


def as_markdown(rules: Iterable[Rule]) -> str:
    """All pages as one, for ``docs/rules.md``: a table of contents by group, then rule by rule."""
    rules = list(rules)
    out = [
        "# Rules",
        "",
        "What `servkit lint` checks. `servkit rule SK203` shows one of these pages in the terminal.",
        "",
        "<!-- Written by `python -m servkit.lint.rule_page` from the docstrings of the rules. -->",
    ]
    for prefix, heading in GROUPS.items():
        group = [rule for rule in rules if rule.code.startswith(prefix)]
        out += [
            "",
            f"**{prefix}: {heading}**",
            "",
            *(f"- [{rule.code}](#{rule.code.lower()}) {rule.title}" for rule in group),
        ]
    return "\n".join([*out, "", *(page_markdown(rule) for rule in rules)])


def page_markdown(rule: Rule) -> str:
    """The page of one rule."""
    page = rule.page
    out = [f"## {rule.code}", f"**{page.title}.** `{rule.name}`, {rule.severity}", page.what]
    out += [f"**Why:** {page.why}", f"**Fix:** {page.fix}"]
    if page.options:
        out += ["**Options:**", "\n".join(f"- {_option(line)}" for line in page.options.splitlines())]
    for head, text in (("Bad", page.bad), ("Good", page.good)):
        if text:
            out += [f"**{head}:**", f"```yaml\n{text.rstrip()}\n```"]
    return "\n\n".join(filter(None, out)) + "\n"


def _option(line: str) -> str:
    name, _, what = line.strip().partition("  ")
    return f"`{name}`: {what.strip()}"


if __name__ == "__main__":
    print(as_markdown(all_rules().values()), end="")  # noqa: T201 - a program of its own
