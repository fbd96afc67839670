"""Short names for bytes, and for what the file system says of a book."""

from __future__ import annotations

import marshal
from typing import Any


def digest(data: bytes, size: int = 16) -> str:
    """A short name for some bytes (BLAKE2b), so many bytes long: two hexadecimal digits each."""
    try:
        from _blake2 import blake2b  # the interpreter's own: OpenSSL takes longer to load than to use
    except ImportError:
        from hashlib import blake2b
    return str(blake2b(data, digest_size=size).hexdigest())


def stamp_of(stamps: list[Any]) -> str:
    """One short text for what the file system says of all files."""
    return digest(marshal.dumps(stamps, 2))
