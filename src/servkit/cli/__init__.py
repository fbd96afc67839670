"""The command line: each command parses, calls the library, and prints.

A module ``foo.py`` here is a command: it holds a function ``foo`` with Typer's annotations, whose docstring is its
help. It is imported only when it is called, returns its exit code (None is 0), and raises
:class:`~servkit.book.problems.ServkitError` for what the user can correct.
"""

from __future__ import annotations

import gc
import os
import sys

from servkit.cli.shared.errors import check_arguments, exit_code
from servkit.cli.shared.program import program


def main() -> None:
    """The ``servkit`` program."""
    gc.set_threshold(100_000, 50, 1000)  # a command keeps most of what it makes, and then the process ends
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # nothing is looked for in other packages, or run by them
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # whoever started us has closed it
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - it stays open
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # what a terminal cannot show is replaced
            reconfigure(errors="replace") if stream.isatty() else reconfigure(encoding="utf-8", errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(args: list[str]) -> int:
    """Run one command line and return its exit code."""
    try:
        check_arguments(args)
        code = program().main(args=args, prog_name="servkit", standalone_mode=False)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt, SystemExit) as fault:  # noqa: BLE001 - every error ends in one place
        return exit_code(fault, args)
    return code if isinstance(code, int) else 0
