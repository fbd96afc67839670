"""Two roads for what goes wrong: one line for what the user can mend, a report for what is servkit's own fault."""

from __future__ import annotations

import os
import sys
from typing import Any

from servkit.book.problem import ServkitError, UnknownNameError, ValueProblem
from servkit.text import clean


def told(fault: Exception, args: list[str]) -> int:
    """Tell a fault on stderr and return the exit code that goes with it."""
    if isinstance(fault, UnknownNameError):
        return _line(f"{fault}{_nearest(fault)}")
    if isinstance(fault, (ServkitError, ValueProblem)):
        return _line(str(fault))
    if isinstance(fault, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter tells it again at exit
        return 141
    if hasattr(fault, "format_message"):
        return _usage(fault)
    return _report(fault, args)


def _line(message: str) -> int:
    print(f"servkit: {clean(' '.join(message.split()))}", file=sys.stderr)  # noqa: T201
    return 2


def _nearest(fault: UnknownNameError) -> str:
    near = nearest(fault.name, fault.known)
    if near:
        return f"; did you mean {' or '.join(near)}?"
    return f"; {fault.hint}" if fault.hint else ""


def nearest(name: str, known: tuple[str, ...], most: int = 3) -> list[str]:
    """The names that are most like a mistyped one, best first."""
    if not known:
        return []
    from rapidfuzz import fuzz, process, utils

    found = process.extract(name, list(dict.fromkeys(known)), scorer=fuzz.WRatio, processor=utils.default_process, limit=most, score_cutoff=70)
    return [match for match, *_ in found]


def _usage(fault: Any) -> int:
    """A command line that cannot be parsed: what is wrong, and where the help is."""
    context = getattr(fault, "ctx", None)
    command = context.command_path if context is not None else "servkit"
    message = str(fault.format_message()).rstrip(".")
    if not message:  # a bare `servkit`: the help is the answer
        print(context.get_help(), file=sys.stderr)  # noqa: T201
        return 2
    return _line(f"{message[0].lower()}{message[1:]} ({command} --help)")


def _report(fault: Exception, args: list[str]) -> int:
    """A fault of servkit's own: one line, and where the report lies."""
    import tempfile
    import traceback
    from pathlib import Path

    from servkit import __version__

    text = "".join(traceback.format_exception(fault))
    report = f"servkit {__version__}, Python {sys.version}\narguments: {args!r}\n\n{text}"
    try:
        with tempfile.NamedTemporaryFile("w", prefix="servkit-", suffix=".txt", delete=False, encoding="utf-8", errors="replace") as file:
            file.write(report)
        where = f"the report is in {Path(file.name)}"
    except OSError:
        where = "no report could be written"
    summary = clean(" ".join(f"{type(fault).__name__}: {fault}".split()))
    print(f"servkit: a fault of servkit's own ({summary}); {where}", file=sys.stderr)  # noqa: T201
    return 3
