"""From material to files: a sheet's handouts in a format, each with the name of its file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.problems import ServkitError
from servkit.files import is_folder, write_file
from servkit.handout import formats, sheets
from servkit.handout.progress import no_progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.handout.material import Material
    from servkit.handout.progress import Progress


class File(NamedTuple):
    """A finished handout. The name has no folder."""

    name: str
    data: bytes


def render(sheet: str, material: Material, format_: str = "html", progress: Progress = no_progress) -> list[File]:
    """Everything that a sheet makes, the main handout first. ``progress(done, of)`` is called now and then, in
    hundredths of a handout.

    Raises UnknownNameError for an unknown sheet or format, and ServkitError for what the format cannot hold.
    """
    module = formats.module(format_)
    every = sheets.handouts(sheet, material)
    accepts = getattr(module, "accepts", None)
    accepted = [handout for handout in every if accepts is None or accepts(handout)] or list(every[:1])
    files = []
    for number, handout in enumerate(accepted):
        data = formats.write(format_, handout, material.theme, _part_of(progress, number, len(accepted)))
        files.append(File(handout.name + module.SUFFIX, data))
        progress((number + 1) * 100, len(accepted) * 100)
    return files


def _part_of(progress: Progress, number: int, count: int) -> Progress:
    return lambda done, of: progress(number * 100 + done * 100 // max(of, 1), count * 100)


def file_paths(files: Sequence[File], to: str | None) -> list[Path]:
    """Where the files go. A folder, or a path that ends in ``/``, holds them under their own names. A file's name is
    given to the first, and the others lie beside it, each named after it. Without ``to`` they go to this folder."""
    if to is None:
        return [Path(file.name) for file in files]
    path = Path(to)
    if is_folder(path) or to.endswith(("/", "\\")) or (len(files) > 1 and not path.suffix):
        return [path / file.name for file in files]
    first = Path(files[0].name).stem
    beside = [
        path.with_name(path.stem + stem.removeprefix(first) + suffix if stem.startswith(first) else stem + suffix)
        for stem, suffix in ((Path(file.name).stem, Path(file.name).suffix) for file in files[1:])
    ]
    return [path, *beside]


def write_files(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write files, each whole or not at all, once all their folders are there. Raises ServkitError."""
    try:
        for path, _ in files:
            path.parent.mkdir(parents=True, exist_ok=True)
        for path, data in files:
            write_file(path, data)
    except OSError as fault:
        raise ServkitError(f"cannot be written: {fault.strerror or fault}", path=str(path)) from None
