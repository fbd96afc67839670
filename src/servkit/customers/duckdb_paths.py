"""The path of one file as DuckDB reads it, whatever its name is."""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNS = re.compile(r"[*?\[]")


@contextmanager
def one_file(path: Path) -> Iterator[str]:
    """A path in which a sign that could stand for other names stands for itself.

    DuckDB takes a backslash for a separator wherever it looks for names, so a name with both is read through a link.
    """
    name = path.as_posix()
    if "\\" not in name or not _SIGNS.search(name):
        yield _SIGNS.sub(r"[\g<0>]", name)
        return
    with tempfile.TemporaryDirectory(prefix="servkit-") as folder:
        link = Path(folder) / "file"
        link.symlink_to(path.absolute())
        yield link.as_posix()
