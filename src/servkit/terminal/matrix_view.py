"""The consistency matrix as a table: areas down, channels across, a letter for what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.problems import BookError
from servkit.clocks.today import today_in
from servkit.lint.fixtures.kinds import kinds
from servkit.lint.fixtures.matrix import NEEDS, Matrix
from servkit.lint.loader import load
from servkit.text import clean, width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

SCHEMA = "servkit/matrix/1"
_RED, _DIM, _BOLD = "1;31", "2", "1"


def matrix_of(root: Path, today: date | None, cache: Path | None = None) -> tuple[Matrix, str]:
    """The matrix of the book in a folder, and the book's name. Raises BookError where there is no such book."""
    loaded = load(root, cache)
    if loaded.book is None:
        raise BookError("servkit.yaml cannot be used; `servkit lint` says why", path=str(root))
    day = (today or today_in(loaded.timezone)).toordinal()
    return Matrix(loaded.book.settings, kinds(loaded.book.entries), day), loaded.book.settings.name


def matrix_json(matrix: Matrix, name: str) -> dict[str, Any]:
    """The matrix for programs."""
    areas = []
    for area in matrix.settings.areas:
        cells = {
            channel or "any": {kind: matrix.count(area, kind, channel) for kind in NEEDS}
            for channel in matrix.channels_of(area)
        }
        required = [kind for kind in NEEDS if matrix.required(area, kind)]
        areas.append({"id": area, "required": required, "channels": cells})
    lacks = [
        {"area": area, "kind": kind, "channels": [channel or "any" for channel in channels]}
        for area, kind, channels in matrix.gaps()
    ]
    return {"schema": SCHEMA, "book": name, "areas": areas, "lacks": lacks}


def draw_matrix(matrix: Matrix, columns: int, *, styled: bool) -> str:
    """The matrix for people, within so many columns; where they do not fit, one block an area."""
    drawing = _Drawing(matrix, styled=styled)
    names = max((width(clean(area)) for area in matrix.settings.areas), default=4)
    wide = max((width(clean(channel or "any")) for channel in matrix.channels), default=3)
    fits = names + 2 + len(matrix.channels) * (max(wide, 4) + 2) <= columns
    lines = list(drawing.table(names, max(wide, 4)) if fits else drawing.blocks())
    lines += ["", *(line for text in drawing.legend() for line in wrap(text, columns))]
    return "\n".join(line.rstrip() for line in lines) + "\n"


class _Drawing:
    def __init__(self, matrix: Matrix, *, styled: bool) -> None:
        self.matrix, self.styled = matrix, styled

    def style(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.styled else text

    def table(self, names: int, wide: int) -> Iterator[str]:
        channels = self.matrix.channels
        head = "".join("  " + _padded(clean(channel or "any"), wide) for channel in channels)
        yield self.style(" " * names + head, _BOLD)
        for area in self.matrix.settings.areas:
            own = self.matrix.channels_of(area)
            cells = "".join(
                "  " + (self.cell(area, channel) if channel in own else self.style("    ", _DIM)) + " " * (wide - 4)
                for channel in channels
            )
            yield _padded(clean(area), names) + cells

    def blocks(self) -> Iterator[str]:
        for area in self.matrix.settings.areas:
            yield self.style(clean(area), _BOLD)
            for channel in self.matrix.channels_of(area):
                yield f"  {self.cell(area, channel)}  {clean(channel or 'any')}"

    def cell(self, area: str, channel: str | None) -> str:
        """Four letters: there, lacking though required (``!``), or lacking and not required (``·``)."""
        out = []
        for kind in NEEDS:
            if self.matrix.count(area, kind, channel):
                out.append(kind[0].upper() if kind != "script" else "W")
            else:
                out.append(self.style("!", _RED) if self.matrix.required(area, kind) else self.style("·", _DIM))
        return "".join(out)

    def legend(self) -> Iterator[str]:
        yield "S standard, W words (a script), P procedure, R recovery; ! lacking though required, · not required"
        gaps = list(self.matrix.gaps())
        if not gaps:
            yield "Every area has what it requires."
        for area, kind, channels in gaps:
            where = f" on {', '.join(map(str, channels))}" if channels != (None,) else ""
            yield clean(f"{area} lacks a {kind}{where}")


def _padded(text: str, wide: int) -> str:
    return text + " " * (wide - width(text))
