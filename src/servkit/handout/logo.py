"""The company's logo: whether the bytes are a picture, before a format finds out in its own words."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from xml.parsers import expat

#: Logos by the ending of their files.
MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
#: A larger picture takes gigabytes when it is unpacked, and no logo needs it.
MAX_PIXELS = 16_000_000
#: Drawings nest a few groups; readers of SVG run out of stack in thousands of them.
MAX_DEPTH = 100
_PNG = b"\x89PNG\r\n\x1a\n"
#: The markers of a JPEG's segment that holds height and width: every "start of frame".
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True)
class Logo:
    """The bytes of the company's logo, and the ending of its file."""

    data: bytes
    suffix: str

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.suffix]

    @property
    def fault(self) -> str:
        """Why the bytes are no picture of their kind, or nothing."""
        kind = self.suffix.removeprefix(".").upper()
        try:
            if self.suffix == ".svg":
                return _svg_fault(self.data)
            width, height = _png_size(self.data) if self.suffix == ".png" else _jpeg_size(self.data)
        except (ValueError, IndexError, struct.error, zlib.error):
            return f"is not a {kind} picture, or is damaged. Export it again."
        if width * height > MAX_PIXELS:
            return f"has {width:,} × {height:,} pixels. Export it smaller, with at most {MAX_PIXELS:,} pixels."
        return ""


def _png_size(data: bytes) -> tuple[int, int]:
    """Width and height. Raises where a part is missing, damaged, or does not unpack."""
    if not data.startswith(_PNG):
        raise ValueError
    size, packed, place, name = (0, 0), b"", len(_PNG), b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, place)
        body = data[place + 8 : place + 8 + length]
        (check,) = struct.unpack_from(">I", data, place + 8 + length)
        if check != zlib.crc32(name + body):
            raise ValueError
        if name == b"IHDR":
            size = struct.unpack_from(">II", body)
        packed += body if name == b"IDAT" else b""
        place += length + 12
    if not all(size):
        raise ValueError
    if size[0] * size[1] <= MAX_PIXELS and not zlib.decompressobj().decompress(packed, 8 * MAX_PIXELS):
        raise ValueError
    return size


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height. Raises where there is no frame, or no end."""
    if not data.startswith(b"\xff\xd8") or b"\xff\xd9" not in data:
        raise ValueError
    place = 2
    while True:
        mark, kind, length = struct.unpack_from(">BBH", data, place)
        if mark != 0xFF:
            raise ValueError
        if kind in _FRAMES:
            height, width = struct.unpack_from(">HH", data, place + 5)
            if not width * height:
                raise ValueError
            return width, height
        place += length + 2


def _svg_fault(data: bytes) -> str:
    depth, deepest, root = 0, 0, ""

    def begin(name: str, _: dict[str, str]) -> None:
        nonlocal depth, deepest, root
        root, depth = root or name, depth + 1
        deepest = max(deepest, depth)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    def declare(*_: object) -> None:
        raise ValueError

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = begin, end, declare
    try:
        parser.Parse(data, True)
    except expat.ExpatError as fault:
        return f"is not an SVG drawing: {expat.ErrorString(fault.code)} in line {fault.lineno}. Export it again."
    except ValueError:
        return "declares entities, which a drawing does not need. Export it as plain SVG."
    if root != "http://www.w3.org/2000/svg svg":
        return "is not an SVG drawing. Export it again."
    return f"nests more than {MAX_DEPTH} groups. Simplify the drawing." if deepest > MAX_DEPTH else ""
