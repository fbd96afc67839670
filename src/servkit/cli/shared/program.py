"""The Typer program: commands are found by their modules and loaded only when called."""

from __future__ import annotations

from inspect import getdoc
from pathlib import Path
from typing import Annotated, Any, Optional

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_command_from_info
from typer.models import CommandInfo

from servkit import cli
from servkit.cli.shared import completion, options
from servkit.cli.shared.commands import command_function, command_names

#: What the annotations of a command's parameters name. Commands name it for the type checker only, so that they load
#: without it on the straight way (see :mod:`servkit.cli.straight`).
_NAMES = {"typer": typer, "options": options, "Annotated": Annotated, "Optional": Optional, "Path": Path} | {
    name: getattr(completion, name)
    for name in ("areas", "channels", "customers", "documents", "kinds", "names", "roles", "scripts")
}


def _command(name: str) -> Any:
    """The command as Typer builds it from its function."""
    function = command_function(name)
    for known, meant in _NAMES.items():
        function.__globals__.setdefault(known, meant)
    info = CommandInfo(name=name, callback=function, no_args_is_help=False)
    return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)


class Program(TyperGroup):
    """The group of all commands."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return command_names()

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in command_names():
            return None
        return _command(cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """The commands by who needs them, a line each; nothing is built that is not called."""
        names = command_names()
        panels = {title: [name for name in wanted if name in names] for title, wanted in cli.PANELS.items()}
        rest = [name for name in names if not any(name in wanted for wanted in panels.values())]
        for title, wanted in (panels | {"More": rest}).items():
            if wanted:
                with formatter.section(title):
                    formatter.write_dl([(name, _summary(name)) for name in wanted], col_max=12)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in command_names():
            from servkit.book.problems import UnknownNameError

            raise UnknownNameError("command", args[0], tuple(command_names()), "servkit --help lists them")
        return super().resolve_command(ctx, args)


def _summary(name: str) -> str:
    text = getdoc(command_function(name)) or ""
    return text.partition("\n\n")[0].replace("\n", " ").rstrip(".")


def _version(wanted: bool) -> None:
    if wanted:
        from servkit.version import __version__

        typer.echo(f"servkit {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Service standards as text: look up what applies to a customer, say it, check it, and print it for training.

    The book is the folder that holds servkit.yaml: --book DIR, else SERVKIT_BOOK, else the nearest parent folder,
    else ./standards.
    """


def program() -> Any:
    """The whole command line as one object to call."""
    app = typer.Typer(
        cls=Program,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_root)
    return get_command(app)
