"""Adding to ``servkit.yaml``: attributes and a file of customers, with all else as its author wrote it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from servkit.book.discovery import SETTINGS
from servkit.book.settings_file import read_settings
from servkit.book.yaml_reader import compose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servkit.book.source import Source

_DASH = re.compile(r"( *)- ")


def with_customers(raw: bytes, file: str | None, attributes: Mapping[str, str]) -> bytes | None:
    """The settings with one more file of customers and with attributes, each as YAML writes what is known of it. None
    where they are laid out so that nothing can be added safely."""
    for name, written in attributes.items():
        done = _added(raw, "attributes", f"{name}: {written}", item=False)
        if done is None:
            return None
        raw = done
    done = _added(raw, "customers", file, item=True) if file is not None else raw
    return done if done is not None and _is_fine(done) else None


def _added(raw: bytes, key: str, line: str, *, item: bool) -> bytes | None:
    """The settings with one line more under a key."""
    sources = compose(SETTINGS, raw)
    if len(sources) != 1 or not isinstance(sources[0].data, dict):
        return None
    source, lines = sources[0], raw.decode().splitlines(keepends=True)
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += ending
    before = source.data.get(key)
    if before is None and key not in source.data:
        mark = "- " if item else ""
        lines += [f"{key}:{ending}", f"  {mark}{line}{ending}"]
    else:
        place = _last(source, key, before, lines)
        if place is None:
            return None
        after, indent = place
        lines.insert(after, f"{indent}{'- ' if item else ''}{line}{ending}")
    done = "".join(lines).encode()
    now = compose(SETTINGS, done)
    added = now[0].data.get(key) if len(now) == 1 else None
    rest = {name: value for name, value in (now[0].data if now else {}).items() if name != key}
    same = rest == {name: value for name, value in source.data.items() if name != key}
    grown = isinstance(added, (dict, list)) and len(added) == len(before or ()) + 1
    return done if same and grown else None


def _last(source: Source, key: str, before: Any, lines: list[str]) -> tuple[int, str] | None:
    """Behind which line something can be added under a key, and how far to the right; None for what is written on one
    line."""
    if not before or not isinstance(before, (dict, list)):
        return None
    names = list(before) if isinstance(before, dict) else list(range(len(before)))
    first, last = (source.place((key, name), key=True) for name in (names[0], names[-1]))
    if first.line == source.place((key,), key=True).line:
        return None
    if isinstance(before, list):
        found = _DASH.match(lines[first.line - 1])
        if found is None:
            return None
        indent = found[1]
    else:
        indent = " " * (first.column - 1)
    end = last.line
    while end < len(lines) and (body := lines[end].lstrip(" ")) and len(lines[end]) - len(body) > len(indent):
        end += 1  # what belongs to the last
    return end, indent


def _is_fine(raw: bytes) -> bool:
    problems: list[Any] = []
    sources = compose(SETTINGS, raw, problems)
    return len(sources) == 1 and read_settings(sources[0], problems) is not None
