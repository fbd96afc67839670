"""The command line: parses, calls one library function, prints.

One module a command, found by being there and imported only when it is called: a module ``foo.py`` holds a function
``foo`` with Typer's annotations, whose docstring is its help. It returns its exit code (None is 0) and raises
:class:`~servkit.book.problem.ServkitError` for what the user can mend. Modules import nothing heavy at their top.
"""

from __future__ import annotations

import sys
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
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # what a terminal cannot show is replaced, never a crash
            reconfigure(errors="replace") if stream.isatty() else reconfigure(encoding="utf-8", errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(args: list[str]) -> int:
    """Run one command line and return its exit code; every error and every fault ends in :mod:`servkit.cli.faults`."""
    try:
        from servkit.store.ahead import start

        start(args)
        from servkit.cli.program import program

        code: Any = program().main(args=args, prog_name="servkit", standalone_mode=False)
        sys.stdout.flush()
    except Exception as fault:  # noqa: BLE001 - the one place where both roads end
        from servkit.cli.faults import told

        return told(fault, args)
    except KeyboardInterrupt:
        return 130
    return code if isinstance(code, int) else 0
