"""``servkit import``."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from servkit.book.problems import UnknownNameError
from servkit.cli.shared import options
from servkit.cli.shared.completion import areas, languages
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_choice, check_format, print_json, print_note, print_screen
from servkit.clocks.today import today_in
from servkit.exchange.book_import import folder_for, plan_for, read_files, write_plan
from servkit.exchange.book_scripts import BookScripts
from servkit.exchange.contradictions import Contradiction, Text, contradictions
from servkit.exchange.import_json import import_json
from servkit.exchange.import_plan import ImportRequest, Plan, summary
from servkit.exchange.tools import tool, tool_names
from servkit.terminal.import_view import ImportView, import_screen

KEEP = ("ours", "theirs")


def _kinds(ctx: Any, incomplete: str) -> list[str]:  # noqa: ARG001 - Typer calls completions so
    return [name for name in tool_names() if name.startswith(incomplete)]


def import_(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help=f"Where it comes from: {', '.join(tool_names())}.",
            autocompletion=_kinds,
            show_default=False,
        ),
    ],
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="What the program exported.", show_default=False)
    ],
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="DIR", help="The folder of the book for new scripts. Default: where scripts are."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would happen, and write nothing.")] = False,
    keep: Annotated[str | None, typer.Option("--keep", metavar="WHOSE", help="In conflicts: ours or theirs.")] = None,
    area: Annotated[
        str | None,
        typer.Option("--area", metavar="AREA", help="The area of the new scripts.", autocompletion=areas),
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
    everything: Annotated[bool, typer.Option("--all", help="List everything, however much it is.")] = False,
    format_: options.Format = "text",
    no_pager: options.NoPager = False,
    book: options.Book = None,
) -> int:
    """Bring saved replies from another program into the book, as scripts.

    \b
    servkit import chatwoot canned.json --dry-run
    servkit import zendesk macros.json --area billing

    Import again as often as you like: what has changed there is updated here, what you have edited here stays, and
    where both have changed, you see both texts. Either everything is written or nothing.

    Exits with 1 if there are conflicts, or amounts that contradict each other or the terms of the book.
    """
    check_format(format_)
    if kind not in tool_names():
        raise UnknownNameError("kind", kind, tool_names(), f"choose from {', '.join(tool_names())}")
    if keep is not None:
        check_choice("side", keep, KEEP)
    module = tool(kind)
    read = read_files(module, files)
    with open_desk(book) as desk:
        settings = desk.settings
        if area is not None and area not in settings.areas:
            raise UnknownNameError("area", area, tuple(settings.areas))
        if lang is not None and lang not in settings.languages:
            raise UnknownNameError(
                "language", lang, settings.languages, f"the book has {', '.join(settings.languages)}"
            )
        today = today_in(settings.timezone).toordinal()
        entries = desk.book.all()
        scripts = BookScripts(desk.book.root, settings, entries, lang or settings.language, today)
        request = ImportRequest(kind, folder_for(scripts, to), area, keep)
        plan = plan_for(scripts, module, read, request, desk.book.problems)
        found = contradictions(_texts(scripts, plan), entries, settings, today)
        if not dry_run:
            write_plan(desk.book.root, plan)
    if format_ == "json":
        print_json(import_json(plan, found, kind, dry_run=dry_run))
    else:
        view = ImportView(module.TITLE, dry_run, everything)
        print_screen(import_screen(plan, found, view), pager=not no_pager)
        print_note(_summary(plan, found, dry_run=dry_run))
    return int(bool(plan.of("conflict") or found))


def _texts(scripts: BookScripts, plan: Plan) -> Iterator[Text]:
    """What the book will say: its scripts, with what the import brings in their place."""
    incoming = {step.script: step for step in plan.of("new", "update")}
    for step in incoming.values():
        yield Text(step.path, step.theirs)
    for entry in scripts.scripts:
        text = scripts.text(entry)
        if entry.id not in incoming and text is not None:
            yield Text(f"{entry.path}:{entry.line}", text)


def _summary(plan: Plan, found: list[Contradiction], *, dry_run: bool) -> str:
    counts = summary(plan)
    names = {"new": "new", "update": "updated", "same": "unchanged", "edited": "edited here and kept",
             "deleted": "deleted here", "left out": "left out"}  # fmt: skip
    parts = [f"{counts[verb]:,} {name}" for verb, name in names.items() if counts[verb]]
    parts += [_many(counts["conflict"], "conflict")] if counts["conflict"] else []
    parts += [_many(len(found), "contradiction")] if found else []
    text = ", ".join(parts) or "nothing to import"
    end = "; nothing was written." if dry_run or not plan.files else "."
    if counts["new"] and not dry_run:
        end += " What only you can say is left empty in the new scripts: why, owner and review_by."
    return text[:1].upper() + text[1:] + end


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
