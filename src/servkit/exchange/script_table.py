"""Scripts as rows of a spreadsheet: what a cell may say of a script, in both directions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.text import fold, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings

#: The keys of a script that have a column of their own, in their order.
COLUMNS = ("id", "title", "short", "say", "area", "channels", "roles", "segments", "level", "ask", "tags", "why",
           "owner", "review_by")  # fmt: skip
#: The keys whose cells hold several texts, parted by semicolons.
LISTS = frozenset({"tags", "channels", "roles", "area", "ask", "segments"})
_TEXTS = frozenset({"why", "owner", "ask", "tags"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Details(NamedTuple):
    """What the other cells of a row say of a script, as a document has it, and what could not be taken over."""

    keys: Mapping[str, Any]
    refused: tuple[str, ...]


def cells_of_script(entry: Entry, pick: Callable[[Any], str]) -> dict[str, str]:
    """The cells of a script, but for its text. ``pick`` chooses a language."""
    cells = {}
    for key in COLUMNS:
        value = entry.prose.get(key)
        if key == "say" or not value:
            continue
        if key in LISTS:
            items = value if isinstance(value, list) else [value]
            cells[key] = "; ".join(item if isinstance(item, str) else pick(item) for item in items)
        else:
            cells[key] = value if isinstance(value, str) else pick(value)
    return cells


def read_details(cells: Iterable[tuple[str, str]], settings: Settings, segments: Sequence[str]) -> Details:
    """What the cells of a row mean in this book. A cell that means nothing here is told."""
    keys: dict[str, Any] = {}
    refused: list[str] = []
    for key, cell in cells:
        text = cell.strip()
        if not text or key.startswith("default:") or key not in COLUMNS:
            continue
        if key in LISTS and key not in _TEXTS:
            known = {"area": settings.areas, "channels": settings.channels, "roles": settings.roles,
                     "segments": segments}[key]  # fmt: skip
            names = {fold(name): name for name in known}
            if key == "area":
                names |= {fold(settings.pick(area.get("title"))): name for name, area in settings.areas.items()}
            found = [(part, names.get(fold(part))) for part in _parts(text)]
            refused += [
                f"{quoted(part, 30)} is no {_SINGULAR[key]} of the book" for part, name in found if name is None
            ]
            if good := [name for _, name in found if name is not None]:
                keys[key] = good
        elif key in LISTS:
            keys[key] = _parts(text)
        elif key == "level" and text.lower() not in ("synthetic", "genuine"):
            refused.append(f"{quoted(text, 30)} is no level of a script")
        elif key == "review_by" and not _DAY.fullmatch(text[:10]):
            refused.append(f"{quoted(text, 30)} is no date such as 2027-03-31")
        else:
            keys[key] = text[:10] if key == "review_by" else text.lower() if key == "level" else text
    return Details(keys, tuple(refused))


_SINGULAR = {"area": "area", "channels": "channel", "roles": "role", "segments": "segment"}


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
