"""The tools that servkit exchanges files with: one module each, found by being there.

A module holds

- ``TITLE``, what people call the tool, ``FILE_NAME``, what its file is called in a folder, and ``VOCABULARY``, what its
  placeholders mean;
- ``read(file)``: the replies of a :class:`~servkit.exchange.source_file.SourceFile`. Raises ServkitError with the line
  where the file isn't one of this tool;
- ``new_layout(name)``: the :class:`~servkit.exchange.reply.Layout` of a new file that gets this name;
- ``write(script, layout, old)``: the piece of the file for a script; ``old`` is the piece that it came from, of which
  everything stays that a script says nothing about. None for a new one.

A spreadsheet has ``IS_TABLE = True`` and a ``SUFFIX``, and reads and writes tables as well: ``read_table(file)`` and
``write_tables(tables)`` (:mod:`servkit.exchange.tables`). A file that is not text is made by
``packed(layout, pieces)``.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from servkit.modules import module_names


def tool_names() -> tuple[str, ...]:
    """The names of all tools, in alphabetical order."""
    return tuple(module_names(__path__))


def tool(name: str) -> Any:
    """The module of a tool. Raises KeyError where there is none."""
    if name not in tool_names():
        raise KeyError(name)
    return import_module(f"{__name__}.{name}")
