"""How paths and documents are written into the tables of a compiled book."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
#: What the name of a file begins with whose path is not text.
_NO_TEXT = "\0"


def name_of_path(path: str) -> str:
    """A path as the database can hold it. A name with characters that are not text is stored as its bytes."""
    return path if path.isprintable() else _NO_TEXT + os.fsencode(path).hex()


def path_of(name: str) -> str:
    """The inverse of :func:`name_of_path`."""
    return os.fsdecode(bytes.fromhex(name[1:])) if name.startswith(_NO_TEXT) else name


def encoded(data: Any) -> str:
    """Data as JSON."""
    return _encode(data)


def decoded_all(texts: Iterable[str]) -> list[Any]:
    """The data of many texts, decoded at once, which is faster."""
    data: list[Any] = json.loads(f"[{','.join(texts)}]")
    return data
