"""From material to files: a sheet's documents in a format, each with the name it is written under."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.problems import ServkitError
from servkit.handout import formats, sheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.handout.formats import Tell
    from servkit.handout.material import Material


class File(NamedTuple):
    """A finished handout; the name has no folder."""

    name: str
    data: bytes


def render(sheet: str, material: Material, format_: str = "html", tell: Tell = formats.silent) -> list[File]:
    """Everything a sheet makes, the main handout first. ``tell`` hears how far it is, in hundredths of a handout.

    Raises UnknownNameError for a sheet or format that there is not, and ServkitError for what the format cannot hold.
    """
    module = formats.module(format_)
    documents = sheets.handouts(sheet, material)
    wants = getattr(module, "wants", None)
    wanted = [handout for handout in documents if wants is None or wants(handout)] or list(documents[:1])
    out = []
    for number, handout in enumerate(wanted):
        data = formats.write(format_, handout, material.theme, _part(tell, number, len(wanted)))
        out.append(File(handout.name + module.SUFFIX, data))
        tell((number + 1) * 100, len(wanted) * 100)
    return out


def _part(tell: Tell, number: int, of: int) -> Tell:
    return lambda done, whole: tell(number * 100 + done * 100 // max(whole, 1), of * 100)


def anything(material: Material) -> bool:
    """Whether the filters leave anything to print."""
    kinds = ("standard", "policy", "procedure", "recovery", "script", "scenario", "philosophy", "segment")
    return any(material.of_kind(kind) for kind in kinds)


def places(files: Sequence[File], to: Path | None) -> list[Path]:
    """Where each file goes. A folder (or a path that ends in ``/``) takes them under their own names; a file's name is
    given to the first, and the others lie beside it, each named after it."""
    if to is None:
        return [Path(file.name) for file in files]
    if to.is_dir() or str(to).endswith(("/", "\\")) or (len(files) > 1 and not to.suffix):
        return [to / file.name for file in files]
    main = files[0].name.rpartition(".")[0]
    out = [to]
    for file in files[1:]:
        stem, _, suffix = file.name.rpartition(".")
        out.append(to.with_name(f"{to.stem}{stem.removeprefix(main)}.{suffix}" if stem.startswith(main) else file.name))
    return out


def write_whole(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write files, each whole or not at all: what is there stays as it was until all of the new is on disk."""
    import os
    from contextlib import suppress

    made: list[tuple[Path, Path]] = []
    try:
        for path, data in files:
            target = path.resolve() if path.is_symlink() else path
            target.parent.mkdir(parents=True, exist_ok=True)
            aside = target.with_name(f".{target.name}.{os.urandom(4).hex()}.new")
            made.append((aside, target))
            with aside.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for aside, target in made:
            aside.replace(target)
    except OSError as fault:
        raise ServkitError(f"{fault.filename or files[0][0]} cannot be written: {fault.strerror or fault}") from None
    finally:
        for aside, _ in made:
            with suppress(OSError):
                aside.unlink()
