"""Finding commands: each is a module of :mod:`servkit.cli`, and a function in it."""

from __future__ import annotations

import re
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING, Any

from servkit.modules import module_names

if TYPE_CHECKING:
    from collections.abc import Callable

_FOLDER = Path(__file__).parents[1]
#: The order of the help. A command that is not here comes last, under "More".
PANELS = {
    "At the desk": ("lookup", "say", "find", "show", "list"),
    "Write it down": ("note", "promise", "grant", "recover", "praise", "signoff", "due", "journal", "report"),
    "In a browser": ("desk", "serve"),
    "Check the book": ("lint", "rule", "test", "diff", "compare", "schema"),
    "For trainers": ("render",),
    "For all customers": ("assign",),
    "For authors": ("init", "new", "rename", "words"),
    "With other tools": ("import", "export", "lsp", "mcp"),
}


def command_names() -> list[str]:
    """Every command, in the order of the help."""
    modules = (name.removesuffix("_") for name in module_names([str(_FOLDER)]))
    existing = {name for name in modules if "_" not in name}
    ordered = [name for names in PANELS.values() for name in names if name in existing]
    return [*ordered, *sorted(existing - set(ordered))]


def part_names(name: str) -> list[str]:
    """The parts of a command: ``journal_check.py`` is the part ``check`` of ``journal``."""
    start = f"{name}_"
    found = (module.removeprefix(start) for module in module_names([str(_FOLDER)]) if module.startswith(start))
    return sorted(part.replace("_", "-") for part in found if part)


def panels() -> dict[str, list[str]]:
    """The commands under their headings."""
    names = command_names()
    shown = {title: [name for name in listed if name in names] for title, listed in PANELS.items()}
    more = [name for name in names if not any(name in listed for listed in shown.values())]
    return {title: members for title, members in (shown | {"More": more}).items() if members}


def command_function(name: str) -> Callable[..., Any]:
    """The function of a command (``journal``) or of a part of one (``journal check``); its module is imported."""
    module = _module_name(name)
    function: Callable[..., Any] = getattr(import_module(f"servkit.cli.{module}"), _function_name(module))
    return function


def command_summary(name: str) -> str:
    """The first sentence of a command's help, from its source: a list of commands imports none of them."""
    source = (_FOLDER / f"{_module_name(name)}.py").read_text("utf-8")
    found = re.search(rf'^def {_function_name(name)}\(.*?"""(.+?)(?:\n\n|""")', source, re.DOTALL | re.MULTILINE)
    return " ".join(found[1].split()).rstrip(".") if found else ""


def _module_name(name: str) -> str:
    """Where a command is called like a word of Python's language, its module has an underscore more."""
    return f"{name}_" if iskeyword(name) else name.replace(" ", "_").replace("-", "_")


def _function_name(name: str) -> str:
    """Where a command has a name that Python uses itself, its function has an underscore more."""
    return f"{name}_" if name == "list" or iskeyword(name) else name
