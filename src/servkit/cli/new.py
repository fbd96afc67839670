"""``servkit new``."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from servkit.book import kinds
from servkit.book.files import read_bytes
from servkit.book.identifiers import is_id
from servkit.book.problems import ServkitError, UnknownNameError
from servkit.book.yaml_reader import compose
from servkit.cli.shared import options
from servkit.cli.shared.desk import open_desk
from servkit.clocks.today import today_in
from servkit.desk.session import Desk
from servkit.names.reserved_words import check_word
from servkit.scaffold.new_document import document_text, place_of
from servkit.text import clean, fold


def _complete(ctx: Any, incomplete: str) -> list[str]:
    return [name for name in kinds.names() if name.startswith(incomplete)]


def new(
    kind: Annotated[
        str,
        typer.Argument(metavar="KIND", help="standard, policy, script …", autocompletion=_complete, show_default=False),
    ],
    id_: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="Lower-case words with hyphens between them; for a customer the account number.",
            show_default=False,
        ),
    ],
    book: options.Book = None,
) -> None:
    """Start a document, in the folder where others of its kind are.

    Fields that only a person can fill in are left empty, and `servkit lint` lists them. The review date is a year from
    today, and the owner is git's user.name. Prints the path; nothing is ever overwritten.

    \b
    servkit new policy late-fee
    $EDITOR "$(servkit new scenario a-late-return)"
    """
    if kind not in kinds.names():
        raise UnknownNameError("kind", kind, kinds.names(), f"choose from {', '.join(kinds.names())}")
    _check_id(kind, id_)
    with open_desk(book, quiet=True) as desk:
        _check_free(kind, id_, desk)
        root, settings = desk.book.root, desk.settings
        paths = [entry.path for entry in desk.book.all()]
        same_kind = [entry.path for entry in desk.book.all(kind)]
    text = document_text(kind, id_, settings, today_in(settings.timezone), _git_user(root))
    file = root / place_of(kind, id_, same_kind, paths)
    shown = os.path.relpath(file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(file, text)
    except FileExistsError:
        raise ServkitError(f"{shown} already exists; nothing was written") from None
    except OSError as fault:
        raise ServkitError(f"{fault.strerror or fault}; nothing was written", path=shown) from None
    sys.stdout.write(f"{clean(shown)}\n")


def _check_id(kind: str, id_: str) -> None:
    if kind == "customer":
        if not id_ or not id_.isprintable() or any(char.isspace() for char in id_):
            raise ServkitError(f"{id_!r} is not a customer's id: use the company's own, without spaces")
    elif not is_id(id_):
        similar = "-".join(re.findall("[a-z0-9]+", fold(id_)))
        example = similar or "late-fee"
        raise ServkitError(f"{id_!r} is not an id; use lower-case words and digits with hyphens, such as {example}")
    check_word(kind, id_)


def _check_free(kind: str, id_: str, desk: Desk) -> None:
    """Ids are unique within a kind; a standard and a policy never share one."""
    owners = desk.settings.owners
    rivals = owners if kind in owners else (kind,)
    found = [(entry.kind, entry.path, entry.line) for entry in desk.book.of_id(id_) if entry.kind in rivals]
    for rival, path, line in found or _unfinished(rivals, id_, desk):
        raise ServkitError(f"the id {id_!r} is taken by a {rival}: {path}:{line}")
    if kind == "customer" and (known := desk.directory.exact(id_)) is not None:
        raise ServkitError(f"the id {id_!r} is taken by a customer: {known.path}:{known.line}")


def _unfinished(rivals: tuple[str, ...], id_: str, desk: Desk) -> Iterator[tuple[str, str, int]]:
    """Documents of an id that cannot be read yet, such as one that was just started: kind, path and line."""
    root = str(desk.book.root)
    for path in sorted({problem.path for problem in desk.book.problems}):
        raw = read_bytes(root, path, [])
        for source in compose(path, raw, []) if raw is not None else []:
            data = source.data
            if isinstance(data, dict) and data.get("id") == id_ and data.get("kind") in rivals:
                yield data["kind"], path, source.line()


def _git_user(root: Path) -> str | None:
    """The name git would sign with here, where there is one."""
    command = ["git", "-C", str(root), "config", "user.name"]
    try:
        found = subprocess.run(command, capture_output=True, timeout=5, check=False)  # noqa: S603 - fixed, no shell
    except (OSError, subprocess.TimeoutExpired):
        return None
    name = found.stdout.decode("utf-8", "replace").strip()
    return name if name.isprintable() and name else None


def _write(file: Path, text: str) -> None:
    """The whole file or none: it is written beside its place, under a hidden name, and gets its name at the end."""
    handle, name = tempfile.mkstemp(prefix=".servkit-", dir=file.parent)
    temporary = Path(name)
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as opened:  # noqa: PTH123 - it is open already
            opened.write(text)
        temporary.chmod(0o666 & ~_umask())
        os.link(temporary, file)  # unlike a rename, it never replaces a file
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
