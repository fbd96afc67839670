"""The Typer program: commands are found by their modules and loaded only when called."""

from __future__ import annotations

import os
from importlib import import_module
from inspect import getdoc
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_command_from_info
from typer.models import CommandInfo

from servkit import cli

if TYPE_CHECKING:
    from collections.abc import Callable

#: Modules of this package that are not commands.
_PARTS = frozenset({"program", "faults", "options", "output", "completion"})
#: Commands whose names are Python's own words.
_FUNCTIONS = {"list": "list_"}


def command_names() -> list[str]:
    """Every command, in the order of the help."""
    files = {name for folder in cli.__path__ for name in os.listdir(folder)}  # noqa: PTH208 - before anything is loaded
    there = {name[:-3] for name in files if name.endswith(".py") and name[0] != "_"} - _PARTS
    ordered = [name for names in cli.PANELS.values() for name in names if name in there]
    return [*ordered, *sorted(there - set(ordered))]


def command_function(name: str) -> Callable[..., Any]:
    """The function of a command."""
    found: Callable[..., Any] = getattr(import_module(f"servkit.cli.{name}"), _FUNCTIONS.get(name, name))
    return found


class Program(TyperGroup):
    """The group of all commands."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return command_names()

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in command_names():
            return None
        info = CommandInfo(name=cmd_name, callback=command_function(cmd_name), no_args_is_help=False)
        return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)

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
            from servkit.book.problem import UnknownNameError

            raise UnknownNameError("command", args[0], tuple(command_names()), "servkit --help lists them")
        return super().resolve_command(ctx, args)


def _summary(name: str) -> str:
    text = getdoc(command_function(name)) or ""
    return text.partition("\n\n")[0].replace("\n", " ").rstrip(".")


def _version(wanted: bool) -> None:
    if wanted:
        from servkit import __version__

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
