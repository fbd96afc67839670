"""A book whose every name and note tries to be more than text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from pathlib import Path

#: Markup, an emoji code, a placeholder, an escape sequence, an override of direction, wide characters, and a picture.
NASTY = r"[red]Bo[/red] :smile: {{ x }} {% raw %} \e[31m\e]0;t\a \u202Eabc\u202C 山田太郎 שלום 👩‍🔧 é"
SETTINGS = f"""
servkit: 1
name: "{NASTY}"
areas: {{desk: {{title: "{NASTY}"}}}}
roles: [clerk, boss]
attributes:
  plan: {{type: text, ask: "{NASTY}"}}
"""
BOOK = f"""
kind: customer
id: C-1
name: "{NASTY}"
attributes: {{plan: "{NASTY}"}}
priorities: ["{NASTY}", {{say: "{NASTY}", by: "{NASTY}"}}]
promised: {{help.note: "{NASTY}"}}
---
kind: segment
id: odd
title: "{NASTY}"
why: "{NASTY}"
when: {{plan: {{known: yes}}}}
do: ["{NASTY}"]
sets: {{help.note: "{NASTY}"}}
---
kind: policy
id: help
title: "{NASTY}"
why: "{NASTY}"
rule: flexible
area: desk
statement: "{NASTY}"
expectation: "{NASTY}"
terms:
  note: {{title: "{NASTY}", value: "{NASTY}", cases: [{{when: {{plan: "{NASTY}"}}, value: "{NASTY}"}}]}}
---
kind: policy
id: never
title: "{NASTY}"
why: "{NASTY}"
rule: fixed
area: desk
instead: "- {NASTY}\\n- {NASTY}"
---
kind: standard
id: manners
title: "{NASTY}"
why: "{NASTY}"
area: desk
do: ["{NASTY}"]
wording: {{"{NASTY}": "{NASTY}"}}
step_away: [{{if: "{NASTY}", then: "{NASTY}"}}]
say: [hello]
---
kind: script
id: hello
title: "{NASTY}"
why: "{NASTY}"
area: desk
short: hi
say: "{{% raw %}}{NASTY.replace("{% raw %}", "")}{{% endraw %}} {{{{ customer.name }}}}"
ask: ["{NASTY}"]
---
kind: recovery
id: mend
title: "{NASTY}"
why: "{NASTY}"
area: desk
trigger: "{NASTY}"
steps: ["{NASTY}"]
"""
_STYLE = re.compile(r"\x1b\[(?:[0-9]{1,2})(?:;[0-9]{1,2})*m")


def book(folder: Path) -> Path:
    (folder / "servkit.yaml").write_text(SETTINGS, "utf-8")
    (folder / "book.yaml").write_text(BOOK, "utf-8")
    return folder


def assert_only_text(text: str, columns: int, *, styled: bool = False) -> None:
    """No control characters but line ends (and our own styles), nothing reordered, no line too wide."""
    plain = _STYLE.sub("", text) if styled else text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", plain)
    for line in plain.split("\n"):
        assert cell_len(line) <= columns, line
