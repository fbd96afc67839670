"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from servkit.cli.shared.completion import areas, channels, customers, formats, languages, levels, names, roles

Book = Annotated[
    Path | None,
    typer.Option("--book", metavar="DIR", help="The folder with servkit.yaml. See servkit --help."),
]
NoPager = Annotated[bool, typer.Option("--no-pager", help="Print a long answer at once, without the pager.")]
Role = Annotated[
    str | None,
    typer.Option("--role", metavar="ROLE", help="Your role. It decides how far you may go.", autocompletion=roles),
]
Channel = Annotated[
    str | None,
    typer.Option("--channel", metavar="CHANNEL", help="How you talk to the customer.", autocompletion=channels),
]
Office = Annotated[str | None, typer.Option("--office", metavar="NAME", help="The office you work in.")]
Agent = Annotated[
    str | None, typer.Option("--agent", metavar="NAME", help="Your name, for scripts and for the journal.")
]
Level = Annotated[
    str | None,
    typer.Option(
        "--level",
        metavar="LEVEL",
        help="Your experience: synthetic, genuine or super. Leaves out scripts above it.",
        autocompletion=levels,
    ),
]
ForRole = Annotated[
    str | None,
    typer.Option(
        "--role", metavar="ROLE", help="Answer for this role. It decides how far they may go.", autocompletion=roles
    ),
]
ForChannel = Annotated[
    str | None,
    typer.Option("--channel", metavar="CHANNEL", help="Answer for this channel.", autocompletion=channels),
]
ForOffice = Annotated[str | None, typer.Option("--office", metavar="NAME", help="Answer for this office.")]
OnlyRole = Annotated[
    str | None, typer.Option("--role", metavar="ROLE", help="Only what is for a role.", autocompletion=roles)
]
OnlyChannel = Annotated[
    str | None,
    typer.Option("--channel", metavar="CHANNEL", help="Only what is for a channel.", autocompletion=channels),
]
TheirRole = Annotated[
    str | None,
    typer.Option("--role", metavar="ROLE", help="Their role. It decides how far they may go.", autocompletion=roles),
]
TheirChannel = Annotated[
    str | None,
    typer.Option("--channel", metavar="CHANNEL", help="How they talk to customers.", autocompletion=channels),
]
TheirOffice = Annotated[str | None, typer.Option("--office", metavar="NAME", help="The office they work in.")]
TheirLevel = Annotated[
    str | None,
    typer.Option(
        "--level",
        metavar="LEVEL",
        help="Their experience: synthetic, genuine or super. Leaves out scripts above it.",
        autocompletion=levels,
    ),
]
Language = Annotated[
    str | None, typer.Option("--lang", metavar="LANG", help="The language to answer in.", autocompletion=languages)
]
TextLanguage = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="LANG",
        help="The language of the texts. Default: that of the book.",
        autocompletion=languages,
    ),
]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="The day, such as 2026-03-01. Default: today in the book's time zone."),
]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="REV", help="Read the book as it stood at a git revision, such as HEAD~1 or v2."),
]
Facts = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="A fact of the case, or an attribute to override. NAME= makes it unknown. Repeatable.",
        autocompletion=names,
    ),
]
About = Annotated[
    list[str] | None,
    typer.Option(
        "--about", metavar="AREA|ID", help="What it is about. Repeatable. Default: everything.", autocompletion=areas
    ),
]
CustomersFile = Annotated[
    Path | None,
    typer.Option("--customers", metavar="FILE", help="A file to use instead of the book's first source of customers."),
]
Customer = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[CUSTOMER]",
        help="An id, or part of a name, in one word or several. Default: an unknown customer.",
        autocompletion=customers,
    ),
]
Record = Annotated[bool, typer.Option("--record", help="Also write into the journal what you told, word for word.")]
Format = Annotated[str, typer.Option("--format", metavar="FORMAT", help="text or json.", autocompletion=formats)]
ApprovedBy = Annotated[
    str | None, typer.Option("--approved-by", metavar="NAME", help="Who approved what your role may not.")
]
ApprovedRole = Annotated[
    str | None, typer.Option("--approved-role", metavar="ROLE", help="The role of who approved.", autocompletion=roles)
]
