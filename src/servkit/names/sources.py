"""Names that stand in customers' files and databases, which a renaming does not change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError
from servkit.customers.cells import place_in
from servkit.text import quoted

if TYPE_CHECKING:
    from servkit.customers.customer_source import CustomerSource
    from servkit.customers.directory import Directory
    from servkit.names.symbols import Symbol


def check_sources(old: Symbol, new: Symbol, directory: Directory) -> None:
    """Raises ServkitError where customers' files know something by the old name, or would by the new one."""
    for spec, source in zip(directory.around.settings.sources, directory.sources, strict=True):
        if old.kind == "customer":
            for symbol in (old, new):
                if (known := source.exact(symbol.name)) is not None:
                    message = f"the customer {quoted(symbol.name)} is in this file too, which is not changed here"
                    raise ServkitError(message, path=source.shown, line=known.line)
        elif old.kind == "attribute" and spec.get("attributes") is None:
            _check_columns(old.name, new.name, source)


def _check_columns(old: str, new: str, source: CustomerSource) -> None:
    """Columns that servkit.yaml does not map are read as the attributes of their names."""
    columns = source.reader.columns
    if old in columns:
        mapping = ", ".join(f"{name}: {column.name}" for name, column in columns.items())
        message = (
            f"the column {quoted(old)} is read as the attribute of its name. First write in servkit.yaml which column"
            f" each attribute is in: `attributes: {{{mapping}}}`"
        )
        raise ServkitError(message, path=source.shown)
    if place_in(source.header, new) is not None:
        message = f"the column {quoted(new)} would be read as this attribute; choose another name"
        raise ServkitError(message, path=source.shown)
