"""Short names for bytes, and for what the file system says of a book."""

from __future__ import annotations

import marshal
from hashlib import blake2b
from typing import Any


def digest(data: bytes, size: int = 16) -> str:
    """A short name for some bytes (BLAKE2b), as hexadecimal digits; ``size`` is in bytes."""
    return blake2b(data, digest_size=size).hexdigest()


def stamp_of(stamps: list[Any]) -> str:
    """One short text for what the file system says of all files."""
    return digest(marshal.dumps(stamps, 2))
