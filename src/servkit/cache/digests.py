"""Digests: of bytes, and of the stats of a book's files."""

from __future__ import annotations

import json
from hashlib import blake2b, sha1
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


def digest(data: bytes, size: int = 16) -> str:
    """The BLAKE2b digest of some bytes as hexadecimal digits; ``size`` is in bytes."""
    return blake2b(data, digest_size=size).hexdigest()


def blob_id(data: bytes) -> str:
    """Git's id of some content, so that a file and a blob of git compare without reading either again."""
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def stamp_of(stamps: Sequence[Any]) -> str:
    """One digest of the stats of all files: the cache key of a book."""
    return digest(json.dumps(list(stamps)).encode())
