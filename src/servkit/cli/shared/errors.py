"""How a command ends when something goes wrong: every error becomes a line on stderr and an exit code.

2 is for what the user can correct, 3 for a fault of servkit itself, 130 for an interrupt, 141 for a closed pipe.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from errno import ENOSPC
from typing import Any

from servkit.book.problems import ServkitError, ValueProblem
from servkit.desk.error_text import error_text, short_name
from servkit.text import clean, enumeration
from servkit.version import __version__

#: A longer message is cut in its middle.
LONGEST = 400


def exit_code(fault: BaseException, args: list[str]) -> int:
    """Report a fault on stderr and return the exit code that goes with it."""
    if isinstance(fault, SystemExit):  # Typer's answer to a closed pipe, among others
        if isinstance(fault.__context__, BrokenPipeError):
            return _close_stdout()
        return fault.code if isinstance(fault.code, int) else 1
    if _is_interrupt(fault):
        if sys.stderr.isatty():  # the shell's prompt starts a line of its own
            print(file=sys.stderr)
        return 130
    if isinstance(fault, (ServkitError, ValueProblem)):
        return report_error(error_text(fault))
    if isinstance(fault, BrokenPipeError):
        return _close_stdout()
    if isinstance(fault, OSError) and fault.errno == ENOSPC:
        _close_stdout()
        return report_error(f"cannot write the answer: {fault.strerror}")
    if hasattr(fault, "format_message"):
        return _report_usage(fault, args)
    return _report_own_fault(fault, args)


def _is_interrupt(fault: BaseException) -> bool:
    """Ctrl-C, which a prompt and DuckDB tell in their own ways."""
    if isinstance(fault, RuntimeError) and str(fault) == "Query interrupted":
        return True
    return isinstance(fault, KeyboardInterrupt) or type(fault).__name__ in ("Abort", "InterruptException")


def check_arguments(args: list[str]) -> None:
    """Raise ServkitError for an argument that is not text. A folder or a file may have any name."""
    for place, arg in enumerate(args):
        if "\0" in arg:
            raise ServkitError(f"argument {place + 1} is not text: it has a NUL character")
        if not arg.isascii() and any("\ud800" <= char <= "\udfff" for char in arg):
            if arg.startswith(("--book=", "--customers=")) or args[place - 1 : place] in (["--book"], ["--customers"]):
                continue
            shown = arg.encode("utf-8", "backslashreplace").decode()
            raise ServkitError(f"argument {place + 1} is not text in UTF-8: {shown}")


def _close_stdout() -> int:
    """Whoever read stdout has gone, or the disk is full: the interpreter must not try again at its exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141


def report_error(message: str) -> int:
    """Print one line for what the user can correct."""
    text = clean(" ".join(message.split()))
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"
    print(f"servkit: {text}", file=sys.stderr)
    return 2


def _report_usage(fault: Any, args: list[str]) -> int:
    """A command line that Typer cannot parse: what is wrong, and where the help is."""
    if type(fault).__name__ == "NoArgsIsHelpError":  # a bare `servkit`: the help is the answer
        print(fault.ctx.get_help(), file=sys.stderr)
        return 2
    context = getattr(fault, "ctx", None)
    named = [arg for arg in args[:1] if arg.isidentifier()]
    command = context.command_path if context is not None and context.parent else " ".join(["servkit", *named])
    option = getattr(fault, "option_name", None)
    similar = getattr(fault, "possibilities", None)
    if type(fault).__name__ == "NoSuchOption" and option:
        suggestion = f"; did you mean {enumeration(sorted(similar)[:3], 'or')}?" if similar else ""
        return report_error(f"unknown option {short_name(option)}{suggestion} (see {command} --help)")
    message = str(fault.format_message()).rstrip(".")
    return report_error(f"{message[:1].lower()}{message[1:]} (see {command} --help)")


def _report_own_fault(fault: BaseException, args: list[str]) -> int:
    """A fault of servkit itself: one line, and a file with what is needed to find it."""
    import tempfile
    import traceback

    text = "".join(traceback.format_exception(fault))
    report = f"servkit {__version__}, Python {sys.version}\narguments: {args!r}\n\n{text}"
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="servkit-", suffix=".txt", delete=False, encoding="utf-8", errors="replace"
        ) as file:
            file.write(report)
        where = f"the report is in {file.name}"
    except OSError:
        where = "the report could not be written"
    summary = clean(" ".join(f"{type(fault).__name__}: {fault}".split()))
    print(f"servkit: internal error ({summary[:LONGEST]}); {where}", file=sys.stderr)
    return 3
