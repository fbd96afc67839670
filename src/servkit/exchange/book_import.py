"""An import from its files to its plan, and its plan onto the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.discovery import SETTINGS
from servkit.book.problems import ServkitError
from servkit.exchange.all_files import write_all
from servkit.exchange.contradictions import Text
from servkit.exchange.import_plan import plan_import
from servkit.exchange.snapshot import read_snapshot, snapshot_path
from servkit.exchange.source_file import read_source
from servkit.files import read_file
from servkit.scaffold.new_document import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from servkit.book.problems import Problem
    from servkit.exchange.book_scripts import BookScripts
    from servkit.exchange.import_plan import ImportRequest
    from servkit.exchange.import_steps import Plan
    from servkit.exchange.reply import ToolFile


def read_files(module: Any, paths: Sequence[Path], **options: Any) -> list[ToolFile]:
    """The files of a tool. Raises ServkitError."""
    files = [module.read(read_source(path), **options) for path in paths]
    names: dict[str, int] = {}
    for number, file in enumerate(files):
        names[file.name] = names.get(file.name, 0) + 1
        if names[file.name] > 1:  # of two folders
            files[number] = file._replace(name=f"{names[file.name]}-{file.name}")
    return files


def plan_for(
    book: BookScripts, module: Any, files: Sequence[ToolFile], request: ImportRequest, problems: Sequence[Problem]
) -> Plan:
    """What an import of some files does. Raises ServkitError where a document of the book that can't be read came from
    this tool: it would come a second time."""
    check_readable(book.root, request.tool, problems)
    path = snapshot_path(request.tool, book.other_language)
    return plan_import(book, module, files, read_snapshot(book.root, path), request)


def check_readable(root: Path, tool: str, problems: Sequence[Problem]) -> None:
    """Raise ServkitError for a file with a document that can't be read and that may have come from a tool."""
    for path in sorted({problem.path for problem in problems} - {SETTINGS}):
        try:
            raw = read_file(root / path, 1 << 30)
        except OSError:
            continue
        if b"origin" in raw and tool.encode() in raw:
            message = "A document in this file can't be read, and may have come from there before. See `servkit lint`."
            raise ServkitError(message, path=path)


def folder_for(book: BookScripts, to: Path | None) -> str:
    """Where new scripts go: the folder that was named (below the book's), else where most scripts are. Raises
    ServkitError for one outside of the book."""
    if to is None:
        paths = [entry.path for entry in book.scripts]
        return place_of("script", "x", paths, [entry.path for entry in book.entries]).rpartition("/")[0]
    root = book.root.resolve()
    try:
        inside = (root / to).resolve().relative_to(root).as_posix()
    except ValueError:
        raise ServkitError(f"{to} is not in the book. Name a folder below {book.root}.") from None
    except OSError as fault:
        raise ServkitError(f"{fault.strerror or fault}", path=str(to)) from None
    if any(part.startswith(".") for part in inside.split("/")) and inside != ".":
        raise ServkitError(f"{to} is hidden, and servkit reads nothing in hidden folders. Name another one.")
    return "" if inside == "." else inside


def texts_after(book: BookScripts, plan: Plan) -> Iterator[Text]:
    """What the book will say: its scripts, with what an import brings in their place."""
    incoming = {step.script: step for step in plan.of("new", "update")}
    for step in incoming.values():
        yield Text(step.path, step.theirs)
    for entry in book.scripts:
        text = book.text(entry)
        if entry.id not in incoming and text is not None:
            yield Text(f"{entry.path}:{entry.line}", text)


def write_plan(root: Path, plan: Plan) -> None:
    """Write what a plan says, all of it or nothing. Raises ServkitError."""
    for step in plan.of("new"):
        if (root / step.path).exists():
            raise ServkitError("there is a file of this name already; nothing was written", path=step.path)
    write_all(root, plan.files)
