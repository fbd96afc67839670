"""Digests: of bytes, and of the stats of a book's files."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any


def digest(data: bytes, size: int = 16) -> str:
    """The BLAKE2b digest of some bytes as hexadecimal digits; ``size`` is in bytes."""
    return blake2b(data, digest_size=size).hexdigest()


def stamp_of(stamps: list[Any]) -> str:
    """One digest of the stats of all files: the cache key of a book."""
    return digest(json.dumps(stamps).encode())
