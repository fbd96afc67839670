"""The options that several commands share, each said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from servkit.cli.shared.completion import areas, channels, customers, formats, languages, levels, names, roles

Book = Annotated[
    Path | None,
    typer.Option(
        "--book",
        metavar="DIR",
        help="The folder that holds servkit.yaml; else SERVKIT_BOOK, else one above, else ./standards.",
    ),
]
Role = Annotated[
    str | None, typer.Option("--role", metavar="ROLE", help="Your role: how far you may go.", autocompletion=roles)
]
Channel = Annotated[
    str | None,
    typer.Option("--channel", metavar="CHANNEL", help="How you are talking to them.", autocompletion=channels),
]
Office = Annotated[str | None, typer.Option("--office", metavar="NAME", help="The office you work from.")]
Agent = Annotated[str | None, typer.Option("--agent", metavar="NAME", help="Your name, as the scripts say it.")]
Level = Annotated[
    str | None,
    typer.Option(
        "--level",
        metavar="LEVEL",
        help="synthetic, genuine or super: scripts above it are not offered.",
        autocompletion=levels,
    ),
]
Language = Annotated[
    str | None, typer.Option("--lang", metavar="LANG", help="The language to answer in.", autocompletion=languages)
]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="The day, such as 2026-03-01; today in the book's time zone."),
]
Facts = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="A fact of the case, or an attribute to override; NAME= makes one unknown. Repeatable.",
        autocompletion=names,
    ),
]
About = Annotated[
    list[str] | None,
    typer.Option(
        "--about", metavar="AREA|ID", help="What it is about; repeatable. Left out: everything.", autocompletion=areas
    ),
]
CustomersFile = Annotated[
    Path | None,
    typer.Option("--customers", metavar="FILE", help="Another file in place of the first under `customers:`."),
]
Customer = Annotated[
    str | None,
    typer.Argument(
        metavar="[CUSTOMER]", help="An id, or part of a name. Left out: somebody unknown.", autocompletion=customers
    ),
]
Format = Annotated[str, typer.Option("--format", metavar="FORMAT", help="text or json.", autocompletion=formats)]
