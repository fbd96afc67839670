"""Text that YAML cuts or joins: told at its place, and nothing else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from servkit import lint_book

from .books import TODAY, write

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "kind: standard\nid: greeting\n"


def lost(root: Path, text: str, *codes: str) -> list[tuple[str, str]]:
    found = lint_book(write(root, {"a.yaml": HEAD + text}), on=TODAY, select=codes).findings
    assert not [finding for finding in found if finding.path != "a.yaml"]
    return [(f"{finding.line - 2}:{finding.column}", finding.message) for finding in found]


@pytest.mark.parametrize(
    ("text", "place", "whole"),
    [
        ("why: Your order #4711 is on its way.\n", "1:17", '"Your order #4711 is on its way."'),
        ("do:\n  - Quote case #1, and wait\n", "2:16", '"Quote case #1, and wait"'),
        ("why: #1 in service\n", "1:6", '"#1 in service"'),
        ("do:\n  - #1 first\n", "2:5", '"#1 first"'),
        ("why: Two lines\n  of case #4711\nowner: a\n", "2:11", '"Two lines of case #4711"'),
        ('why: We say "hello" to #1  # now\n', "1:24", "'We say \"hello\" to #1'"),
    ],
)
def test_a_text_that_is_cut_is_told_where_it_is_cut(tmp_path: Path, text: str, place: str, whole: str) -> None:
    ((where, message),) = lost(tmp_path, text, "SK112")
    assert where == place
    assert message.endswith(f"Put the whole text in quotes: `{whole}`.")


@pytest.mark.parametrize(
    "text",
    [
        "why: A reason.  # since May\n",
        'why: "Your order #4711 is on its way"\n',
        "why: |\n  Your order #4711\n",
        "why: Room#5 is\n",
        "#a comment of its own\nwhy: x\n",
        "why: x\n#---- more ----\nowner: a\n",
        "why: x #servkit: ignore[SK602] it is\n",
        "why: x #----\n",
    ],
)
def test_a_comment_stays_untold(tmp_path: Path, text: str) -> None:
    assert lost(tmp_path, text, "SK112") == []


@pytest.mark.parametrize(
    ("text", "place", "advice"),
    [
        ("do:\n  -Say hello\n  -Say bye\n", "2:3", "Write `- Say hello`"),
        ("do:\n  -Say hello\n", "2:3", "Write `- Say hello`"),
        ("do:\n  • Say hello\n  • Say bye\n", "2:3", "Write `- Say hello`"),
        ("do:\n  – Say hello\n  – Say bye\n", "2:3", "Write `- Say hello`"),
        ("do:\n  1. Say hello\n  2. Say bye\n", "2:3", "Write `- Say hello`"),
        ("do:\n  1) Say hello\n  2) Say bye\n", "2:3", "Write `- Say hello`"),
        ("do: • Say hello\n  • Say bye\n", "1:5", "Write `- Say hello`"),
        ("do:\n  -\u00a0Say hello\n  -\u00a0Say bye\n", "2:3", "Write `- Say hello`"),
        ("do:\n  - Smile\n    - Ask\n", "3:5", "with `- ` in the column where the other items begin"),
        ("do: Smile\n  - Ask\n", "2:3", "with `- ` in the column where the other items begin"),
        ("do: >\n  - Smile\n  - Ask\n", "1:5", "Write the items directly under `do:`"),
        ("do: |\n  1. Smile\n  2. Ask\n", "1:5", "Write the items directly under `do:`"),
        ("why: >\n  Three things:\n  - Smile\n  - Ask\n", "1:6", "Write `|`, which keeps them"),
        ("why: One \\\n  two\n", "1:10", "write the text under `|`"),
    ],
)
def test_lines_that_are_joined_are_told(tmp_path: Path, text: str, place: str, advice: str) -> None:
    ((where, message),) = lost(tmp_path, text, "SK113")
    assert (where, advice in message) == (place, True), message


@pytest.mark.parametrize(
    "text",
    [
        "do:\n  - Smile\n  - Ask\n",
        "do:\n- Smile at\n  the guest\n- Ask\n",
        "why: >\n  A text - with a dash -\n  over two lines\n",
        "why: |\n  Three things:\n  - Smile\n  - Ask\n",
        "why: >\n  Three things:\n\n  - Smile\n\n  - Ask\n",
        "why: We come at 5 -\n  or at 6.\n",
        "why: On the day\n  5. is no item here\n",
        "title: –\n",
        "terms:\n  credit: -5 USD\n",
    ],
)
def test_what_is_no_list_stays_untold(tmp_path: Path, text: str) -> None:
    assert lost(tmp_path, text, "SK113") == []
