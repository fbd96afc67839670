"""How paths and documents are written into the tables of a compiled book."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from servkit.cache.digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Characters of the digest in front of each row.
_SEAL = 8
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
#: What the name of a file begins with whose path is not text.
_NO_TEXT = "\0"


def name_of_path(path: str) -> str:
    """A path as the database can hold it. A name with characters that are not text is stored as its bytes."""
    return path if path.isprintable() else _NO_TEXT + os.fsencode(path).hex()


def path_of(name: str) -> str:
    """The inverse of :func:`name_of_path`."""
    return os.fsdecode(bytes.fromhex(name[1:])) if name.startswith(_NO_TEXT) else name


def sealed(data: Any) -> str:
    """Data as JSON with a digest in front, so that a damaged row is never taken for a document."""
    text = _encode(data)
    return digest(text.encode("utf-8", "surrogatepass"))[:_SEAL] + text


def unsealed(text: str) -> Any:
    """The data of :func:`sealed`. Raises ValueError where the digest does not fit."""
    return json.loads(_checked(text))


def unsealed_all(texts: Iterable[str]) -> list[Any]:
    """The data of many texts, decoded at once, which is faster."""
    data: list[Any] = json.loads(f"[{','.join(map(_checked, texts))}]")
    return data


def _checked(text: str) -> str:
    data = text[_SEAL:]
    if text[:_SEAL] != digest(data.encode())[:_SEAL]:
        raise ValueError("a compiled book is broken")
    return data
