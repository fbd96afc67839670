"""Where authors start: a small book that works, and new documents of every kind.

The texts are beside this module: ``book`` is what ``servkit init`` writes, and ``documents`` has one file for each kind
for ``servkit new``. A kind without a file gets the keys that every document has.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

TEMPLATES = Path(__file__).parent


def next_year(day: date) -> date:
    """The same day a year on; 28 February after a 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
