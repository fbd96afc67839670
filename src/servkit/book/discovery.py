"""The files of a book: which they are, and what the file system says of them."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SETTINGS = "servkit.yaml"
_ENDINGS = (".yaml", ".yml")


#: A file of the book and what the file system says of it: path, inode, size, times of last modification and change in
#: nanoseconds. A plain tuple, because the desk makes thousands of them before it answers.
FileStamp = tuple[str, int, int, int, int]


def walk(root: str) -> Iterator[FileStamp]:
    """Every YAML file below ``root``, with paths parted by ``/``; hidden ones and folders with a book of their own are
    passed over. Links to folders are not followed, so that no loop is possible."""
    for path, entry in _files(root):
        if entry is None:
            yield path, 0, 0, 0, 0
            continue
        try:
            status = entry.stat()
        except OSError:  # a link to nothing
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError:  # it has gone since the folder was listed
                continue
        yield path, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def names(root: str) -> list[str]:
    """The same files by their paths alone: listing takes a fraction of looking at each."""
    return [path for path, _ in _files(root)]


def _files(root: str) -> Iterator[tuple[str, os.DirEntry[str] | None]]:
    """Every file, and None in the place of a folder that cannot be read: reading it will say what is wrong, and a hole
    is never silent."""
    stack = [("", root)]
    while stack:
        prefix, folder = stack.pop()
        try:
            with os.scandir(folder) as entries:
                found = list(entries)
        except OSError as fault:
            if not (prefix and isinstance(fault, FileNotFoundError)):  # else it has gone since it was listed
                yield prefix.rstrip("/") or ".", None
            continue
        if prefix and any(entry.name == SETTINGS for entry in found):
            continue
        for entry in found:
            name = entry.name
            if name[0] == ".":
                continue
            if name.endswith(_ENDINGS):
                yield prefix + name, entry
            elif entry.is_dir(follow_symlinks=False):
                stack.append((prefix + name + "/", entry.path))


def documents_among(paths: Iterable[str]) -> list[str]:
    """Those of a list of files, by their paths below the root, that :func:`walk` would find."""
    listed = [path for path in paths if not any(part.startswith(".") for part in path.split("/"))]
    others = tuple(path.removesuffix(SETTINGS) for path in listed if path.endswith("/" + SETTINGS))
    return [path for path in listed if path.endswith(_ENDINGS) and not (others and path.startswith(others))]
