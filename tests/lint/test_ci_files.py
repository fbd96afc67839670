"""The files by which others call the checks, and the page of rules."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from servkit.lint.rule import all_rules

REPO = Path(__file__).parents[2]


def test_the_hooks_call_commands_that_there_are() -> None:
    hooks = yaml.safe_load((REPO / ".pre-commit-hooks.yaml").read_text())
    assert {hook["id"] for hook in hooks} == {"servkit-lint", "servkit-fix", "servkit-test"}
    for hook in hooks:
        assert hook["entry"].split()[0] == "servkit"
        assert hook["language"] == "python"
        assert hook["pass_filenames"] is False


def test_the_action_passes_nothing_through_a_shell_unquoted() -> None:
    action = yaml.safe_load((REPO / "action.yml").read_text())
    assert action["runs"]["using"] == "composite"
    for step in action["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert "uses" in step or step["shell"] == "bash"
    used = set(re.findall(r"inputs\.([a-z-]+)", (REPO / "action.yml").read_text()))
    assert used == set(action["inputs"])


def test_the_rules_page_is_what_the_rules_say() -> None:
    from servkit.lint.rule_page import as_markdown

    assert (REPO / "docs" / "rules.md").read_text() == as_markdown(all_rules().values())
