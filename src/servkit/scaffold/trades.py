"""What customers of a trade come for: the areas that a new book begins with."""

from __future__ import annotations

from functools import cache
from typing import Any

from servkit.book.problems import UnknownNameError
from servkit.book.yaml_reader import compose
from servkit.scaffold import TEMPLATES
from servkit.scaffold.new_document import quoted_scalar

_EVERYBODY = "any"


@cache
def _areas() -> dict[str, dict[str, dict[str, Any]]]:
    sources = compose("trades.yaml", (TEMPLATES / "trades.yaml").read_bytes())
    data: dict[str, dict[str, dict[str, Any]]] = sources[0].data
    return data


def trades() -> tuple[str, ...]:
    """The trades there are areas for."""
    return tuple(name for name in _areas() if name != _EVERYBODY)


def trade_of(text: str) -> str:
    """A trade by its name. Raises UnknownNameError."""
    name = "-".join(text.casefold().split())
    if name not in trades():
        raise UnknownNameError("trade", text, trades(), f"choose from {', '.join(trades())}")
    return name


def areas_text(trade: str, language: str) -> str:
    """The areas of a trade for ``servkit.yaml``, with their titles in a language, in English where it has none."""
    areas = {**_areas()[_EVERYBODY], **_areas()[trade]}
    main = language.partition("-")[0]
    lines = [
        f"  {name}: {{title: {quoted_scalar(titles.get(main) or titles['en'])}}}" for name, titles in areas.items()
    ]
    remark = "# What your customers come for. `servkit lint` names each area until a document is about it."
    return "\n".join([remark, "areas:", *lines, ""])
