"""Looking at the book's files while the command line is still being loaded.

Whether a compiled book is up to date takes one look at every file; loading Typer takes as long. Where there are two
processors the two go side by side: a child process looks, and hands over what it saw. It is only a head start: who
does not get it looks for himself.
"""

from __future__ import annotations

import os

_seen: tuple[str, int, int] | None = None
#: The commands that open the compiled book.
_COMMANDS = frozenset({"lookup", "say", "find", "show", "list"})


def start(args: list[str]) -> None:
    """Begin to look at the book that these arguments will ask for, where that can be told."""
    global _seen  # noqa: PLW0603 - one head start a process
    stop()
    if not hasattr(os, "fork") or not args or args[0] not in _COMMANDS or (os.cpu_count() or 1) < 2:
        return
    root = _root(args)
    if root is None:
        return
    try:
        reader, writer = os.pipe()
        child = os.fork()
    except OSError:
        return
    if child == 0:
        _look(root, reader, writer)
    os.close(writer)
    _seen = (root, reader, child)


def stop() -> None:
    """Forget a head start that nobody took: what it saw is soon out of date."""
    global _seen  # noqa: PLW0603
    if _seen is not None:
        _, reader, child = _seen
        _seen = None
        try:
            os.close(reader)
            os.kill(child, 9)
            os.waitpid(child, 0)
        except OSError:
            pass  # it is gone already


def _root(args: list[str]) -> str | None:
    """The folder of the book, as :func:`servkit.store.finding.find_root` will find it."""
    named = os.environ.get("SERVKIT_BOOK")
    for place, arg in enumerate(args):
        if arg == "--book" and place + 1 < len(args):
            named = args[place + 1]
        elif arg.startswith("--book="):
            named = arg[7:]
    here = folder = os.path.realpath(named or ".")
    while not _is_book(folder):
        above = os.path.dirname(folder)  # noqa: PTH120
        if named:
            return None
        if above == folder:
            starter = os.path.join(here, "standards")  # noqa: PTH118
            return os.path.realpath(starter) if _is_book(starter) else None
        folder = above
    return folder


def _is_book(folder: str) -> bool:
    return os.path.isfile(os.path.join(folder, "servkit.yaml"))  # noqa: PTH113, PTH118


def _look(root: str, reader: int, writer: int) -> None:
    """In the child: look, hand over, and go; never return into the parent's program."""
    try:
        for stream in {0, 1, 2, reader} - {writer}:  # whoever reads the answer does not wait for this process
            _close(stream)
        os.write(writer, _looked(root).encode())  # so little is written at once
    except BaseException:  # noqa: BLE001, S110 - the parent looks for itself
        pass
    finally:
        os._exit(0)


def is_looking(root: str) -> bool:
    """Whether a head start on this book is under way."""
    return _seen is not None and _seen[0] == root


def stamp(root: str) -> str:
    """What the file system says of every file of the book, in one short text."""
    global _seen  # noqa: PLW0603
    if _seen is not None and _seen[0] == root:
        _, reader, child = _seen
        _seen = None
        found = _received(reader, child)
        if found is not None:
            return found
    return _looked(root)


def _close(stream: int) -> None:
    try:  # noqa: SIM105 - contextlib takes as long to load as the look does
        os.close(stream)
    except OSError:
        pass  # it was not open


def _looked(root: str) -> str:
    from servkit.book.walking import walk
    from servkit.store.digests import stamp_of

    return stamp_of(list(walk(root)))


def _received(reader: int, child: int) -> str | None:
    try:
        found = os.read(reader, 100).decode("ascii")
        os.close(reader)
        os.waitpid(child, 0)
    except (OSError, ValueError):
        return None
    return found or None
