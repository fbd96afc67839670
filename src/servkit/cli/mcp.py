"""``servkit mcp``."""

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from servkit.book.problems import ServkitError
from servkit.cli.shared import options
from servkit.cli.shared.completion import channels, levels, roles
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_choice, print_note
from servkit.desk.person import Person
from servkit.desk.request import DeskRequest, make_case
from servkit.desk.session import Desk

#: The exit code where nobody reads stdout any more.
NOBODY_READS = 141


def mcp(
    allow: Annotated[
        list[str] | None,
        typer.Option("--allow", metavar="NAMES", help="What it may record: note, grant, or both with a comma."),
    ] = None,
    role: Annotated[
        str | None,
        typer.Option("--role", metavar="ROLE", help="Its role. It decides how far it may go.", autocompletion=roles),
    ] = None,
    channel: Annotated[
        str | None,
        typer.Option("--channel", metavar="CHANNEL", help="How it talks to customers.", autocompletion=channels),
    ] = None,
    office: Annotated[str | None, typer.Option("--office", metavar="NAME", help="The office it works for.")] = None,
    level: Annotated[
        str | None,
        typer.Option(
            "--level", metavar="LEVEL", help="Leaves out scripts above it: synthetic or genuine.", autocompletion=levels
        ),
    ] = None,
    agent: Annotated[
        str | None, typer.Option("--agent", metavar="NAME", help="Its name, for the scripts and the journal.")
    ] = None,
    lang: options.Language = None,
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Answer an assistant (an MCP client) over stdin and stdout, as the book answers a clerk.

    \b
    servkit mcp --role office
    servkit mcp --role office --allow note,grant

    The assistant looks up, fills scripts, searches, and checks the amounts in a text before it sends it. Its role is
    what you say here, never what it says. It records nothing unless you allow it, and what it grants waits until a
    person approves it: servkit due, servkit journal approve.
    """
    try:
        from servkit.assistant.assistant import Assistant  # the SDK is an extra, and heavy
        from servkit.assistant.server import AssistantServer
        from servkit.assistant.tools import recording_tools
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.partition(".")[0] not in ("mcp", "mcp_types", "anyio"):
            raise
        raise ServkitError("assistants need one more package: pip install 'servkit[mcp]'") from None
    import anyio

    allowed = frozenset(name.strip() for text in allow or () for name in text.split(",") if name.strip())
    for name in sorted(allowed):
        check_choice("tool to allow", name, tuple(recording_tools()))
    with open_desk(book, customers, agent=agent) as desk:
        bot = _bot(desk, role, channel, office, level, lang)
        root, name = desk.book.files.home, desk.settings.name
    if allowed and bot.role is None:
        raise ServkitError("what it may grant depends on its role. Add --role, or write `role:` into desk.yaml")
    if sys.stdin.isatty():
        who = f"as {bot.role}" if bot.role else "without a role"
        print_note(f"servkit: answers for {name}, {who}. An assistant starts this command itself; Ctrl-C ends it.")
    # Ends at once, for a thread waits for stdin. What is being recorded is in the journal whole, or not at all.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    server = AssistantServer(Assistant(partial(_open, root, customers, bot), allowed))
    anyio.run(server.serve_stdio, partial(os._exit, NOBODY_READS))
    return 0


def _bot(
    desk: Desk, role: str | None, channel: str | None, office: str | None, level: str | None, lang: str | None
) -> Person:
    """The assistant as somebody at the desk. Raises UnknownNameError for what the book does not declare."""
    person = desk.person
    bot = Person(person.agent, role or person.role, office or person.office, level or person.level,
                 channel or person.channel, lang or person.language, bot=True)  # fmt: skip
    make_case(desk.of(bot), DeskRequest())  # checks every name
    return bot


def _open(root: Path, customers: Path | None, bot: Person, notice: Callable[[str], None]) -> Desk:
    """A desk for one request, at the book as it is now."""
    desk = open_desk(root, customers, quiet=True)
    return Desk(desk.open_book, bot, desk.clock, notice)
