"""``servkit say``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from servkit.cli.shared.output import tell

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from servkit.cli.shared import options
    from servkit.cli.shared.completion import scripts


def say(
    script: Annotated[
        str,
        typer.Argument(
            metavar="SCRIPT", help="A shortcode, an id, the beginning of one, or words.", autocompletion=scripts
        ),
    ],
    customer: options.Customer = None,
    facts: options.Facts = None,
    agent: options.Agent = None,
    role: options.Role = None,
    channel: options.Channel = None,
    office: options.Office = None,
    lang: options.Language = None,
    on: options.On = None,
    copy: Annotated[bool, typer.Option("--copy", help="Put the text on the clipboard as well.")] = False,
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """A script in the words of your customer: only the text, ready to paste.

    \b
    servkit say late C-1042
    servkit say "running late" dorothy --set minutes=20 --lang es

    What is missing is asked for at a terminal, and named (exit 2) in a pipe. Where several scripts are meant, they
    are listed (exit 1).
    """
    from servkit.book.problems import ServkitError
    from servkit.cli.shared.desk import open_desk_book
    from servkit.cli.shared.request import Typed, whose
    from servkit.cli.shared.script_choice import choices_text, choose, how_to_say
    from servkit.cli.shared.script_choice import say as say_it
    from servkit.terminal.answer_edges import people
    from servkit.terminal.layout import Screen
    from servkit.text import clean

    with open_desk_book(book, customers) as desk:
        chosen = choose(desk, script)
        if not isinstance(chosen, str):
            tell(f"{len(chosen)} scripts are meant by {clean(script)!r}; say one of:")
            screen = Screen()
            choices_text(chosen, screen)
            sys.stdout.write(screen.text())
            return 1
        found = whose(desk, customer)
        if isinstance(found, list):
            tell(f"{len(found)} people match {clean(customer or '')!r}; say one by id:")
            people(found, screen := Screen())
            sys.stdout.write(screen.text())
            return 1
        typed = Typed(customer, (), facts or (), role, channel, office, language=lang, on=on)
        desk.desk = desk.desk._replace(agent=agent or desk.desk.agent)
        interactive = sys.stdin.isatty() and sys.stderr.isatty()
        filled = say_it(desk, chosen, typed, found, _prompt if interactive else None)
        if filled.missing:
            raise ServkitError(f"the script {chosen!r} needs {how_to_say(filled.missing, known=found is not None)}")
        text = clean(filled.text).strip("\n")
        sys.stdout.write(text + "\n")
        if copy:
            _copy(text)
    return 0


def _prompt(_: str, question: str) -> str:
    import typer

    from servkit.text import clean

    return str(typer.prompt(clean(question), err=True))


def _copy(text: str) -> None:
    """Onto the clipboard of the desktop, else (over a remote terminal) by the terminal's own way, OSC 52."""
    from importlib import import_module

    pyperclip = import_module("pyperclip")

    try:
        pyperclip.copy(text)
    except pyperclip.PyperclipException:
        if not sys.stderr.isatty():
            tell("servkit: there is no clipboard here; the text is on stdout")
            return
        from base64 import b64encode

        sys.stderr.write(f"\x1b]52;c;{b64encode(text.encode()).decode()}\a")
