"""Templates: what a handler shows becomes HTML here. Everything is escaped, and an unknown name is an error."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_FOLDER = Path(__file__).parent
STATIC = _FOLDER / "static"


@cache
def environment() -> Environment:
    """The templates of this package."""
    templates = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    templates.globals["static"] = static
    return templates


def render(template: str, **values: Any) -> str:
    """A template, filled."""
    return environment().get_template(template).render(**values)


@cache
def static(name: str) -> str:
    """The address of a file in ``static/``. It changes with the file, so that browsers may keep it for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"
