"""The Typer program: commands are found by their modules, and imported when they are called."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_command_from_info
from typer.models import CommandInfo

from servkit.book.problems import UnknownNameError
from servkit.cli.shared import options  # noqa: TC001 - Typer reads the annotations
from servkit.cli.shared.commands import command_function, command_names, command_summary, panels, part_names
from servkit.version import __version__


class Program(TyperGroup):
    """The group of all commands."""

    def list_commands(self, ctx: Any) -> list[str]:
        return command_names()

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command by its name and summary, for lists and completion: none is imported for them."""
        return TyperCommand(cmd_name, help=command_summary(cmd_name)) if cmd_name in command_names() else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is called."""
        if args[0] in command_names():
            if len(args) > 1 and args[1] in part_names(args[0]):
                name = f"{args[0]} {args[1]}"
                return name, command(name), args[2:]
            return args[0], command(args[0]), args[1:]
        if ctx.resilient_parsing:  # while completing
            return None, None, args
        raise UnknownNameError("command", args[0], tuple(command_names()), "servkit --help lists them")

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        for title, names in panels().items():
            with formatter.section(title):
                formatter.write_dl([(name, command_summary(name)) for name in names], col_max=12)


def command(name: str) -> TyperCommand:
    """The command as Typer builds it from its function."""
    info = CommandInfo(name=name, callback=command_function(name), no_args_is_help=False)
    built = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
    assert isinstance(built, TyperCommand)
    return built


def _version(requested: bool) -> None:
    if requested:
        typer.echo(f"servkit {__version__}")
        raise typer.Exit


def _before_the_command(
    ctx: typer.Context,
    book: options.Book = None,
    no_pager: options.NoPager = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Service standards as text: look up what applies to a customer, say it, check it, and print it for training.

    \b
    servkit lookup "Dorothy Bell" --about returns
    servkit say late C-1042
    servkit lint

    The book is the folder with servkit.yaml: --book DIR, or else SERVKIT_BOOK, the nearest folder above this one that
    has it, or ./standards.
    """
    given = {name: value for name, value in {"book": book, "no_pager": no_pager}.items() if value}
    parts = [f"{name} {part}" for name in command_names() for part in part_names(name)]
    ctx.default_map = dict.fromkeys([*command_names(), *parts], given)


def program() -> Any:
    """The whole command line as one object to call."""
    app = typer.Typer(
        cls=Program,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_before_the_command)
    return get_command(app)
