"""Reading the files of ``handouts/``: never one outside of it, never a large one, and never a pipe or a device."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from servkit import files
from servkit.book.problems import ServkitError
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
        return files.read_file(path, MAX_BYTES)
    except (ValueError, RuntimeError) as fault:  # NUL in its name, or a loop of links
        reason = "it is a link to itself" if isinstance(fault, RuntimeError) else "no file can have this name"
    except OSError as fault:
        reason = fault.strerror or str(fault)
    raise ServkitError(f"{name} cannot be read: {reason}.", path=place)


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
