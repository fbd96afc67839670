"""Reading the files of ``handouts/``: never one outside of it, never a large one, and never a pipe or a device."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError
from servkit.files import READING
from servkit.text import quoted

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 4 << 20
#: Typst reads every font of a folder, so a folder that is no font folder would take it minutes.
MAX_FONTS = 500
MAX_FONT_BYTES = 256 << 20


def read_file(path: Path, folder: Path, place: str) -> bytes:
    """A regular file of the folder. ``place`` is the file that names it. Raises ServkitError."""
    name = quoted(str(path.relative_to(folder)))
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve()):
            raise ServkitError(f"{name} is not in the folder {folder.name}/. Copy the file into it.", path=place)
        file = os.open(path, READING)
        try:
            status = os.fstat(file)
            if not stat.S_ISREG(status.st_mode):
                raise ServkitError(f"{name} is not a regular file. Put the file itself there.", path=place)
            if status.st_size > MAX_BYTES:
                problem = f"{name} has {status.st_size:,} bytes. Make it smaller: {MAX_BYTES:,} is the limit."
                raise ServkitError(problem, path=place)
            with os.fdopen(os.dup(file), "rb") as stream:
                return stream.read(MAX_BYTES)
        finally:
            os.close(file)
    except (OSError, ValueError, RuntimeError) as fault:  # a loop of links is a RuntimeError, a NUL a ValueError
        reason = getattr(fault, "strerror", None) or ("it is a link to itself" if "loop" in str(fault) else str(fault))
        raise ServkitError(f"{name} cannot be read: {reason}.", path=place) from None


def font_folder(folder: Path) -> tuple[str, ...]:
    """``fonts/`` in the folder, if it is there and holds nothing but files. Raises ServkitError for a link in it."""
    fonts = folder / "fonts"
    if not fonts.is_dir():
        return ()
    count = size = 0
    stack = [fonts]
    try:
        if fonts.is_symlink():
            raise ServkitError(
                "This is a link. Make a folder of that name and copy the fonts into it.", path=str(fonts)
            )
        while stack:
            with os.scandir(stack.pop()) as entries:
                found = list(entries)
            for entry in found:
                if entry.is_dir(follow_symlinks=False):
                    stack.append(fonts / entry.path)
                elif not entry.is_file(follow_symlinks=False):
                    raise ServkitError("This is not a font file. Copy the font itself here.", path=entry.path)
                else:
                    count, size = count + 1, size + entry.stat(follow_symlinks=False).st_size
                if count + len(stack) > MAX_FONTS or size > MAX_FONT_BYTES:
                    most = f"{MAX_FONTS} files or {MAX_FONT_BYTES >> 20} MB"
                    raise ServkitError(
                        f"There are more than {most} here. Keep the fonts that you use.", path=str(fonts)
                    )
    except OSError as fault:
        raise ServkitError(f"cannot be read: {fault.strerror or fault}", path=str(fonts)) from None
    return (str(fonts),)
