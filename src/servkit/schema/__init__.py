"""JSON Schema (draft 2020-12) for the files of a book, made from the models that read them.

Editors complete and explain with it while an author types; ``servkit lint`` judges. Both agree wherever a schema can
judge at all (``tests/schema``): what a text means in one book, what it refers to and whether values compare, only the
checks can tell.

Two things follow from editors' reading YAML themselves. ``30``, ``yes`` and ``1.10`` reach the schema as a number or a
flag, where servkit reads text, so a place for text takes all three. And a plain ``null`` or ``~`` reaches it as
nothing, where servkit reads the word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book import kinds
from servkit.book.settings_shape import SettingsFile
from servkit.schema.models import Definitions

if TYPE_CHECKING:
    from typing import Any

#: The name under which the schema of ``servkit.yaml`` goes.
SETTINGS = "settings"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def names() -> tuple[str, ...]:
    """What there is a schema for: every kind of document, and ``settings``."""
    return (*kinds.names(), SETTINGS)


def schema_of(name: str | None = None) -> dict[str, Any]:
    """The schema of one kind of document, of ``settings``, or of any document. KeyError where there is no such kind."""
    definitions = Definitions()
    if name is None:
        head, body = ("document", "A servkit document"), _any(definitions)
    elif name == SETTINGS:
        head, body = (SETTINGS, "servkit.yaml"), definitions.body(SettingsFile)
    else:
        head, body = (name, f"A servkit {name}"), definitions.body(kinds.model(name))
    identity = {"$schema": _DIALECT, "$id": f"urn:servkit:schema:1:{head[0]}", "title": head[1]}
    return identity | body | {"$defs": dict(sorted(definitions.found.items()))}


def _any(definitions: Any) -> dict[str, Any]:
    """A document of any kind: the key ``kind`` says which."""
    branches = [
        {
            "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
            "then": definitions.model(kinds.model(kind)),
        }
        for kind in kinds.names()
    ]
    return {
        "description": "A document of a service book; `kind` says which sort it is.",
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"description": "Which sort of document this is.", "enum": list(kinds.names())}},
        "allOf": branches,
    }
