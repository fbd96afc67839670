"""``servkit export``."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from servkit.book.problems import ServkitError, UnknownNameError
from servkit.cli.import_ import tool_of
from servkit.cli.shared import options
from servkit.cli.shared.completion import tools
from servkit.cli.shared.console import console
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_choice, print_note
from servkit.clocks.today import today_in
from servkit.desk.session import Desk
from servkit.exchange.book_scripts import BookScripts
from servkit.exchange.export import Export, Filter, export_scripts
from servkit.exchange.snapshot import read_snapshot, snapshot_path
from servkit.exchange.tables import TABLES, Table, authority_table, customers_table, terms_table
from servkit.exchange.tools import tool_names
from servkit.files import is_folder
from servkit.handout.renderer import write_files
from servkit.terminal.export_view import export_screen, many
from servkit.text import clean


def export(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help=f"For which program: {', '.join(tool_names())}.",
            autocompletion=tools,
            show_default=False,
        ),
    ],
    to: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="FILE|DIR", help="A file to write, or a folder (with a / at its end). Default: stdout."
        ),
    ] = None,
    what: Annotated[
        str | None,
        typer.Option("--what", metavar="WHAT", help="For a spreadsheet: scripts, customers, terms or authority."),
    ] = None,
    lang: options.TextLanguage = None,
    role: options.OnlyRole = None,
    channel: options.OnlyChannel = None,
    everything: Annotated[bool, typer.Option("--all", help="List everything that is lost, script by script.")] = False,
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Write the scripts of the book for another program, or scripts, customers and terms as a spreadsheet.

    \b
    servkit export chatwoot --to canned.json
    servkit export espanso --role technician --to match/servkit.yml
    servkit export xlsx --what authority --to authority.xlsx

    What came from that program and has not been changed goes back as it was, byte for byte. What the program can't
    express is listed. Exits with 1 if there is nothing to write.
    """
    module = tool_of(kind)
    is_table = getattr(module, "IS_TABLE", False)
    if what is not None:
        check_choice("content", what, TABLES)
        if not is_table:
            raise ServkitError(f"--what is for spreadsheets, and {kind} is none")
    with open_desk(book, customers) as desk:
        settings = desk.settings
        for label, name, known in (("role", role, settings.roles), ("channel", channel, settings.channels),
                                   ("language", lang, settings.languages)):  # fmt: skip
            if name is not None and name not in known:
                raise UnknownNameError(label, name, tuple(known))
        which = Filter(role, channel)
        if what not in (None, "scripts"):
            table = _table(desk, str(what), lang, which)
            done = Export([("", module.write_tables([table]))], len(table.rows), 0, {}, {})
        else:
            done = _scripts(desk, module, kind, to, lang, which)
    name = f"{what or 'scripts'}{module.SUFFIX}" if is_table else module.FILE_NAME
    things = {"customers": "customer", "terms": "term", "authority": "authority row"}
    _write(done, to, name, things.get(what or "", "script"))
    _tell(done, module.TITLE, everything=everything)
    return 0 if done.written or done.untouched else 1


def _scripts(desk: Desk, module: Any, kind: str, to: str | None, lang: str | None, which: Filter) -> Export:
    settings, root = desk.settings, desk.book.root
    today = today_in(settings.timezone).toordinal()
    scripts = BookScripts(root, settings, desk.book.all(), lang or settings.language, today)
    snapshot = read_snapshot(root, snapshot_path(kind, scripts.other_language))
    several = _is_folder(to)
    name = Path(to).name if to is not None and not several else ""
    return export_scripts(scripts, module, kind, snapshot, which, name, several=several)


def _table(desk: Desk, what: str, lang: str | None, which: Filter) -> Table:
    if what == "customers":
        return customers_table(desk.directory.all(), desk.settings)
    today = today_in(desk.settings.timezone).toordinal()
    language = lang or desk.settings.language
    make = terms_table if what == "terms" else authority_table
    return make(desk.book.all(), desk.settings, today, language, which)


def _is_folder(to: str | None) -> bool:
    return to is not None and (to.endswith(("/", "\\")) or is_folder(Path(to)))


def _write(done: Export, to: str | None, name: str, thing: str) -> None:
    if not done.written and not done.untouched:
        return
    if to is None:
        data = b"".join(data for _, data in done.files)
        if data.startswith(b"PK") and sys.stdout.isatty():
            raise ServkitError("a workbook is nothing for a terminal; name a file with --to")
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    if _is_folder(to):
        write_files([(Path(to) / (own or name), data) for own, data in done.files])
    else:
        write_files([(Path(to), done.files[0][1])])
    print_note(f"{many(done.written, thing)} written to {clean(to)}")


def _tell(done: Export, title: str, *, everything: bool) -> None:
    """What the file does not say, on stderr."""
    if not done.written and not done.untouched:
        print_note("servkit: there is nothing to write")
    console(sys.stderr).print(export_screen(done, title, everything=everything), crop=False)
