"""Espanso: match files (YAML), with forms for what somebody has to fill in."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from servkit.book.yaml_reader import compose
from servkit.exchange.names import title_of
from servkit.exchange.reply import Layout, Reply, ToolFile
from servkit.exchange.source_file import LARGEST
from servkit.exchange.vocabulary import AGENT, FIRST_NAME, NAME, Vocabulary
from servkit.exchange.yaml_text import block, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.source import Source
    from servkit.exchange.reply import Outgoing
    from servkit.exchange.source_file import SourceFile

TITLE, FILE_NAME = "Espanso", "servkit.yml"
VOCABULARY = Vocabulary(
    "form",
    {"first_name": FIRST_NAME, "firstname": FIRST_NAME, "name": NAME, "customer_name": NAME, "agent_name": AGENT},
    has_fallback=True,
    has_blanks=True,
)
_TEXTS = ("replace", "form", "markdown", "html")
#: What a match may say of how it is typed, which a script has no need of.
_TYPING = frozenset({"word", "left_word", "right_word", "propagate_case", "uppercase_style", "force_clipboard",
                     "force_mode", "paragraph", "search_terms", "trigger", "triggers", "label", "form_fields", "regex",
                     "replace", "form", "markdown", "html", "vars"})  # fmt: skip
_ITEM = re.compile(r"^(\s*)-(\s*)")


def read(file: SourceFile) -> ToolFile:
    """The matches of a file."""
    problems: list[Any] = []
    sources = compose(file.path, file.data, problems, most=LARGEST)
    if problems:
        raise file.fault(problems[0].message, problems[0].line)
    if len(sources) != 1 or not isinstance(sources[0].data, dict) or not _matches(sources[0].data):
        raise file.fault("This isn't a match file: it should have a list under `matches`.", 1)
    source, text = sources[0], file.text()
    lines = text.splitlines(keepends=True)
    starts = [source.line(("matches", number)) for number in range(len(source.data["matches"]))]
    starts = [_dash(lines, start) for start in starts]
    pieces = _pieces(lines, starts)
    if pieces is None:
        raise file.fault("Write every match on lines of its own, behind `- `.", starts[0])
    head, raws, tail = pieces
    seen: dict[str, int] = {}
    replies = [
        _reply(file, match, raw, start, seen, source)
        for match, raw, start in zip(source.data["matches"], raws, starts, strict=True)
    ]
    indent = found[1] if (found := _ITEM.match(lines[starts[0] - 1])) else "  "
    return ToolFile(file.name, Layout(head, "", tail, {"indent": indent, "ending": "\n"}), replies)


def new_layout(name: str) -> Layout:
    """A match file of its own."""
    return Layout("matches:\n", "", "", {"indent": "  ", "ending": "\n"})


def write(script: Outgoing, layout: Layout, old: str | None) -> str:
    """A match: a form where something has to be filled in. What else a match says stays as it was."""
    indent = layout.style["indent"]
    inside = indent + "  "
    match = _old(old) if old is not None else {}
    entries: dict[str, str] = {}
    for key, value in match.items():
        if key not in ("form_fields", "vars", *_TEXTS):
            entries[key] = _written(value, inside)
    if old is None:
        entries = {"trigger": _quoted(f":{script.short or script.id}"), "label": scalar(script.title)}
    entries["form" if script.fields else "replace"] = block(script.text, inside + "  ")
    defaults = {name: fallback for name, fallback in script.fields if fallback}
    if script.fields and defaults:
        entries["form_fields"] = "".join(
            f"\n{inside}  {name}:\n{inside}    default: {_quoted(value)}" for name, value in defaults.items()
        )
    lines = [f"{key}:{value if value.startswith(chr(10)) else ' ' + value}" for key, value in entries.items()]
    return f"{indent}- " + f"\n{inside}".join(lines) + "\n"


def _matches(data: dict[str, Any]) -> bool:
    found = data.get("matches")
    return isinstance(found, list) and bool(found) and all(isinstance(match, dict) for match in found)


def _dash(lines: list[str], line: int) -> int:
    """The line of the dash before an item."""
    while line > 1 and not _ITEM.match(lines[line - 1]):
        line -= 1
    return line


def _pieces(lines: list[str], starts: list[int]) -> tuple[str, list[str], str] | None:
    """The text before the matches, that of each, and that behind them; None where two share a line."""
    if len(set(starts)) < len(starts) or not all(_ITEM.match(lines[start - 1]) for start in starts):
        return None
    column = len(lines[starts[0] - 1]) - len(lines[starts[0] - 1].lstrip())
    end = next((number for number in range(starts[-1], len(lines)) if _is_behind(lines[number], column)), len(lines))
    bounds = [start - 1 for start in starts] + [end]
    raws = ["".join(lines[start:stop]) for start, stop in pairwise(bounds)]
    return "".join(lines[: bounds[0]]), raws, "".join(lines[end:])


def _is_behind(line: str, column: int) -> bool:
    """Whether a line is no part of the list any more: a key of the file."""
    body = line.lstrip()
    return bool(body) and not body.startswith("#") and len(line) - len(body) <= column and not body.startswith("-")


def _old(raw: str) -> dict[str, Any]:
    sources = compose("", ("matches:\n" + raw).encode(), [], most=LARGEST)
    match: dict[str, Any] = sources[0].data["matches"][0] if sources else {}
    return match


def _reply(file: SourceFile, match: dict[str, Any], raw: str, line: int, seen: dict[str, int], source: Source) -> Reply:
    triggers = match.get("triggers")
    trigger = match.get("trigger") or (triggers[0] if isinstance(triggers, list) and triggers else match.get("regex"))
    if not isinstance(trigger, str) or not trigger:
        raise file.fault("A match needs a `trigger`.", line)
    seen[trigger] = seen.get(trigger, 0) + 1
    id_ = trigger if seen[trigger] == 1 else f"{trigger}#{seen[trigger]}"
    key = next((key for key in _TEXTS if isinstance(match.get(key), str)), None)
    text = match[key] if key else ""
    variables = list(_variables(match.get("vars"), source.data.get("global_vars")))
    worked_out = [
        name
        for name, kind, _ in variables
        if kind not in ("form", "echo") and re.search(rf"\{{\{{\s*{re.escape(name)}\b", text)
    ]
    for name, kind, layout in variables:
        if kind == "form":
            text = re.sub(rf"\{{\{{\s*{re.escape(name)}\.(\w+)\s*\}}\}}", r"[[\1]]", text)
        elif kind == "echo":
            text = re.sub(rf"\{{\{{\s*{re.escape(name)}\s*\}}\}}", lambda _, layout=layout: layout, text)
    why = "it has no text" if not text.strip() else "its trigger is a pattern" if match.get("regex") else ""
    if worked_out:
        why = f"Espanso works out `{worked_out[0]}` in it"
    label = match.get("label")
    title = label if isinstance(label, str) and label.strip() else title_of(trigger)
    losses = [f"`{name}`" for name in match if name not in _TYPING]
    losses += ["more triggers"] if isinstance(triggers, list) and len(triggers) > 1 else []
    short = trigger.lstrip(":;/!.,\\#@=-") or None
    return Reply(id_, " ".join(title.split()), text.strip("\n"), raw, line, short=short, left_out=why,
                 losses=tuple(losses), details=tuple(_defaults(match)))  # fmt: skip


def _variables(*lists: Any) -> Iterator[tuple[str, str, str]]:
    """The name, kind and text of every variable that a match may use."""
    for found in lists:
        for one in found if isinstance(found, list) else ():
            if isinstance(one, dict) and isinstance(one.get("name"), str):
                params = one.get("params")
                echo = params.get("echo") if isinstance(params, dict) else None
                yield one["name"], str(one.get("type")), echo if isinstance(echo, str) else ""


def _defaults(match: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What a form takes for a field where nothing is typed."""
    fields = match.get("form_fields")
    for name, field in fields.items() if isinstance(fields, dict) else ():
        if isinstance(field, dict) and isinstance(field.get("default"), str):
            yield f"default:{name}", field["default"]


def _written(value: Any, inside: str) -> str:
    """An entry of a match as YAML, as it was."""
    if isinstance(value, list):
        return "".join(f"\n{inside}  - {_flow(item)}" for item in value)
    if isinstance(value, dict):
        return _flow(value)
    if value in ("true", "false"):
        return str(value)
    return _quoted(value) if isinstance(value, str) and value[:1] in ":;/" else block(value or "", inside + "  ")


def _flow(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)


def _quoted(text: str) -> str:
    written = scalar(text)
    return written if written.startswith('"') else f'"{written}"'
