"""YAML as editors and other validators read it, with every scalar typed at once, as JSON has it."""

from __future__ import annotations

import re
from typing import Any

import yaml


class Core(yaml.CSafeLoader):
    """YAML 1.2 with the core schema, which editors go by."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as PyYAML has it


class Old(yaml.CSafeLoader):
    """YAML 1.1, where ``yes`` is a flag and ``22:30`` a number."""


for _tag, _regex, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_regex})\Z"), _first)


def _decimal(loader: Core, node: yaml.ScalarNode) -> int:
    text = node.value
    return int(text, 0) if text[:2] in ("0o", "0x") else int(text)


Core.add_constructor("tag:yaml.org,2002:int", _decimal)
Core.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value))
#: A day is a text to JSON; some readers have it from a date, and an impossible one breaks them.
Old.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: str(node.value))


def as_read(text: str, loader: type[yaml.CSafeLoader]) -> Any:
    """One document, as JSON."""
    return _json(yaml.load(text, loader))


def _json(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(key): _json(item) for key, item in data.items()}
    if isinstance(data, list):
        return [_json(item) for item in data]
    return data
