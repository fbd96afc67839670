"""Two roads for what goes wrong: one line for what the user can mend, a report for what is servkit's own fault."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from errno import ENOSPC
from typing import Any

from servkit.book.problems import ServkitError, UnknownNameError, ValueProblem
from servkit.text import clean

#: A longer line is cut in its middle, and so is a longer name: what somebody pasted by mistake is not told again.
LONGEST, LONGEST_NAME = 400, 60
#: How alike (0 to 100) a name has to be to be offered, and how much less alike than the best.
ALIKE, FURTHER = 66, 12


def told(fault: Exception, args: list[str]) -> int:
    """Tell a fault on stderr and return the exit code that goes with it."""
    if isinstance(fault, UnknownNameError):
        return _line(f"no {fault.what} {_short(fault.name)!r}{_nearest(fault)}")
    if isinstance(fault, (ServkitError, ValueProblem)):
        return _line(str(fault))
    if isinstance(fault, BrokenPipeError):
        return _closed()
    if isinstance(fault, OSError) and fault.errno == ENOSPC:
        _closed()
        return _line(f"what is to be written cannot be: {fault.strerror}")
    if type(fault).__name__ == "Abort":  # of a prompt
        return 130
    if hasattr(fault, "format_message"):
        return _usage(fault, args)
    return _report(fault, args)


def _closed() -> int:
    """Whoever read stdout has gone; or the interpreter would tell it once more at its exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141


def _line(message: str) -> int:
    text = clean(" ".join(message.split()))
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"
    print(f"servkit: {text}", file=sys.stderr)  # noqa: T201
    return 2


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def _nearest(fault: UnknownNameError) -> str:
    near = nearest(fault.name, fault.known)
    if near:
        return f"; did you mean {' or '.join(near)}?"
    return f"; {fault.hint}" if fault.hint else ""


def nearest(name: str, known: tuple[str, ...], most: int = 3) -> list[str]:
    """The names that are most like a mistyped one, best first."""
    wanted = name[: 2 * LONGEST_NAME].strip()
    if not known or not wanted:
        return []
    from rapidfuzz import fuzz, process, utils

    scored = process.extract(
        wanted,
        list(dict.fromkeys(known)),
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=most,
        score_cutoff=ALIKE,
    )
    return [match for match, score, _ in scored if score >= scored[0][1] - FURTHER]


def _usage(fault: Any, args: list[str]) -> int:
    """A command line that cannot be parsed: what is wrong, and where the help is."""
    if type(fault).__name__ == "NoArgsIsHelpError":  # a bare `servkit`: the help is the answer
        print(fault.ctx.get_help(), file=sys.stderr)  # noqa: T201
        return 2
    context = getattr(fault, "ctx", None)
    known = [arg for arg in args[:1] if arg.isidentifier()]
    command = context.command_path if context is not None and context.parent else " ".join(["servkit", *known])
    option = getattr(fault, "option_name", None)
    near = getattr(fault, "possibilities", None)
    if type(fault).__name__ == "NoSuchOption" and option:
        message = f"no option {_short(option)}" + (f"; did you mean {' or '.join(sorted(near)[:3])}?" if near else "")
    else:
        message = str(fault.format_message()).rstrip(".")
    return _line(f"{message[:1].lower()}{message[1:]} ({command} --help tells what there is)")


def _report(fault: Exception, args: list[str]) -> int:
    """A fault of servkit's own: one line, and where the report lies."""
    import tempfile
    import traceback

    from servkit.version import __version__

    text = "".join(traceback.format_exception(fault))
    report = f"servkit {__version__}, Python {sys.version}\narguments: {args!r}\n\n{text}"
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="servkit-", suffix=".txt", delete=False, encoding="utf-8", errors="replace"
        ) as file:
            file.write(report)
        where = f"the report is in {file.name}"
    except OSError:
        where = "no report could be written"
    summary = clean(" ".join(f"{type(fault).__name__}: {fault}".split()))
    print(f"servkit: a fault of servkit's own ({summary[:LONGEST]}); {where}", file=sys.stderr)  # noqa: T201
    return 3
