"""Looking at the book's files while the command line is still being loaded.

Whether a compiled book is up to date takes one look at every file; loading Typer takes as long. Where there are two
processors the two go side by side: a child process looks, and hands over what it saw. It is only a head start: who
does not get it looks for himself.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any

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
        with suppress(OSError):
            os.close(reader)
            os.kill(child, 9)
            os.waitpid(child, 0)


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
            with suppress(OSError):
                os.close(stream)
        import marshal

        from servkit.book.files import walk

        data = marshal.dumps(list(walk(root)), 2)
        while data:
            data = data[os.write(writer, data) :]
    except BaseException:  # noqa: BLE001, S110 - the parent looks for itself
        pass
    finally:
        os._exit(0)


def stamps(root: str) -> list[Any]:
    """What the file system says of every file of the book."""
    global _seen  # noqa: PLW0603
    if _seen is not None and _seen[0] == root:
        _, reader, child = _seen
        _seen = None
        found = _received(reader, child)
        if found is not None:
            return found
    from servkit.book.files import walk

    return list(walk(root))


def _received(reader: int, child: int) -> list[Any] | None:
    import marshal

    chunks = []
    try:
        while chunk := os.read(reader, 1 << 20):
            chunks.append(chunk)
        os.close(reader)
        os.waitpid(child, 0)
        found: list[Any] = marshal.loads(b"".join(chunks))  # noqa: S302 - from our own child, over our own pipe
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return found
