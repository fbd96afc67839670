"""The command line: parses, calls one library function, prints.

One module a command, found by being there and imported only when it is called: a module ``foo.py`` holds a function
``foo`` with Typer's annotations, whose docstring is its help. It returns its exit code (None is 0) and raises
:class:`~servkit.book.problems.ServkitError` for what the user can mend. Modules import nothing heavy at their top.
"""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Where each command stands in ``servkit --help``; a command that is not here comes last.
PANELS = {
    "At the desk": ("lookup", "say", "find", "show", "list"),
    "In CI": ("lint", "rule", "test", "diff", "schema"),
    "For trainers": ("render",),
    "For authors": ("init", "new"),
}


def main() -> None:
    """The ``servkit`` program."""
    gc.disable()  # a lookup is over before there is anything to collect; what runs long turns it on again
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # it was closed by whoever started us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # what a terminal cannot show is replaced, never a crash
            reconfigure(errors="replace") if stream.isatty() else reconfigure(encoding="utf-8", errors="replace")
    _end(run(sys.argv[1:]))


def _end(code: int) -> None:
    """End the process at once: taking a book apart piece by piece takes longer than looking somebody up in it."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.exit(code)  # what cannot be written any more is Python's own to tell
    os._exit(code)


def run(args: list[str]) -> int:
    """Run one command line and return its exit code; every error ends in :mod:`servkit.cli.shared.errors`."""
    try:
        args = _book_last(args)
        _check_text(args)
        if len(args) == 2 and args[0] == "--show-completion":  # Typer takes no name of a shell, and guesses
            from servkit.cli.shared.completion import shell_script

            print(shell_script(args[1]))  # noqa: T201
            return 0
        from servkit.cli.shared.program import program

        code: Any = program().main(args=args, prog_name="servkit", standalone_mode=False)
        sys.stdout.flush()
    except Exception as fault:  # noqa: BLE001 - the one place where both roads end
        from servkit.cli.shared.errors import told

        return told(fault, args)
    except KeyboardInterrupt:
        return 130
    except SystemExit as end:  # Typer's word for a closed pipe, among others
        if isinstance(end.__context__, BrokenPipeError):
            from servkit.cli.shared.errors import told

            return told(end.__context__, args)
        return end.code if isinstance(end.code, int) else 1
    return code if isinstance(code, int) else 0


def _book_last(args: list[str]) -> list[str]:
    """``servkit --book DIR lookup`` means ``servkit lookup --book DIR``."""
    if args[:1] == ["--book"] and len(args) > 2:
        return [args[2], "--book", args[1], *args[3:]]
    if args[:1] and args[0].startswith("--book=") and len(args) > 1:
        return [args[1], args[0], *args[2:]]
    return args


def _check_text(args: list[str]) -> None:
    """An argument that is not text names nothing in a book; a folder or file may be called anything."""
    for place, arg in enumerate(args):
        if not arg.isascii() and any("\ud800" <= char <= "\udfff" for char in arg):
            if arg.startswith(("--book=", "--customers=")) or args[place - 1 : place] in (["--book"], ["--customers"]):
                continue
            from servkit.book.problems import ServkitError

            raise ServkitError(
                f"argument {place + 1} is not text in UTF-8: {arg.encode('utf-8', 'backslashreplace').decode()}"
            )
