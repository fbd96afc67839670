"""``servkit export``."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from servkit.book.problems import UnknownNameError
from servkit.cli.shared import options
from servkit.cli.shared.completion import languages
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import print_note
from servkit.clocks.today import today_in
from servkit.exchange.book_scripts import BookScripts
from servkit.exchange.export import Export, Filter, export_scripts
from servkit.exchange.snapshot import read_snapshot, snapshot_path
from servkit.exchange.tools import tool, tool_names
from servkit.files import is_folder
from servkit.handout.renderer import write_files
from servkit.text import clean

#: So many scripts are named of each sort.
_MOST = 6


def _kinds(ctx: Any, incomplete: str) -> list[str]:  # noqa: ARG001 - Typer calls completions so
    return [name for name in tool_names() if name.startswith(incomplete)]


def export(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help=f"For which program: {', '.join(tool_names())}.",
            autocompletion=_kinds,
            show_default=False,
        ),
    ],
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", metavar="FILE|DIR", help="A file to write, or a folder (with a / at its end). Default: stdout."
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang",
            metavar="LANG",
            help="The language of the texts. Default: that of the book.",
            autocompletion=languages,
        ),
    ] = None,
    role: options.Role = None,
    channel: options.Channel = None,
    book: options.Book = None,
) -> int:
    """Write the scripts of the book as a file of another program.

    \b
    servkit export chatwoot --to canned.json
    servkit export espanso --role technician --to match/servkit.yml

    What came from that program and has not been changed goes back as it was, byte for byte. What the program can't
    express is listed. Exits with 1 if there is nothing to write.
    """
    if kind not in tool_names():
        raise UnknownNameError("kind", kind, tool_names(), f"choose from {', '.join(tool_names())}")
    module = tool(kind)
    with open_desk(book) as desk:
        settings = desk.settings
        for what, name, known in (("role", role, settings.roles), ("channel", channel, settings.channels),
                                  ("language", lang, settings.languages)):  # fmt: skip
            if name is not None and name not in known:
                raise UnknownNameError(what, name, tuple(known))
        today = today_in(settings.timezone).toordinal()
        scripts = BookScripts(desk.book.root, settings, desk.book.all(), lang or settings.language, today)
        snapshot = read_snapshot(desk.book.root, snapshot_path(kind, scripts.other_language))
        several = to is not None and (is_folder(to) or str(to).endswith(("/", "\\")))
        name = to.name if to is not None and not several else ""
        done = export_scripts(scripts, module, kind, snapshot, Filter(role, channel), name, several=several)
    _write(done, to, several=several, default=getattr(module, "DEFAULT_NAME", f"{kind}.json"))
    _tell(done, module.TITLE)
    return 0 if done.written or done.untouched else 1


def _write(done: Export, to: Path | None, *, several: bool, default: str) -> None:
    if not done.written and not done.untouched:
        return
    if to is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(b"".join(data for _, data in done.files))
        sys.stdout.flush()
        return
    if several:
        write_files([(to / (name or default), data) for name, data in done.files])
    else:
        write_files([(to, done.files[0][1])])
    print_note(f"{_many(done.written, 'script')} written to {clean(str(to))}")


def _tell(done: Export, title: str) -> None:
    """What the file does not say, on stderr."""
    if done.untouched:
        print_note(f"{_many(done.untouched, 'reply')} of {title} that are no scripts went along unchanged.")
    for loss, scripts in done.losses.items():
        print_note(f"{title} can't express this: {loss} ({_some(scripts)})")
    for why, scripts in done.left_out.items():
        print_note(f"Left out, because {why}: {_some(scripts)}")
    if not done.written and not done.untouched:
        print_note("servkit: there is nothing to write")


def _some(scripts: Any) -> str:
    names = list(dict.fromkeys(scripts))
    more = f" and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more


def _many(count: int, thing: str) -> str:
    several = thing.removesuffix("y") + "ies" if thing.endswith("y") else f"{thing}s"
    return f"{count:,} {thing if count == 1 else several}"
