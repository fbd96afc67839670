"""``servkit say``."""

import sys
from base64 import b64encode
from typing import Annotated

import typer

from servkit.book.problems import ServkitError
from servkit.cli.shared import options
from servkit.cli.shared.completion import scripts
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.desk_request import DeskRequest, find_customer, make_case, understood
from servkit.cli.shared.output import print_note, print_screen
from servkit.cli.shared.script_choice import choose_script, fill_script, foreign_text, needs_text
from servkit.languages.catalogue import Catalogue
from servkit.text import clean


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
    record: options.Record = False,
    copy: Annotated[bool, typer.Option("--copy", help="Also copy the text to the clipboard.")] = False,
    at: options.At = None,
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Print a script in the words of your customer: only the text, ready to paste.

    \b
    servkit say late C-1042
    servkit say "running late" dorothy --set minutes=20 --lang es

    If something is missing, servkit asks for it on a terminal, and names it (exit 2) in a pipe. A blank of another
    program, such as [NAME], is never said (exit 2). If several scripts match, it lists them (exit 1).
    """
    with open_desk(book, customers, at) as desk:
        if record:
            from servkit.cli.shared.recording import recorder_name  # loads what only recording needs

            recorder_name(desk, agent)
        chosen = choose_script(desk, script)
        if not isinstance(chosen, str):
            words = desk.words(lang)
            heading = words.gettext("{count} scripts match '{name}'. Choose one:", count=len(chosen), name=script)
            _print_choices([(choice.short or choice.id, choice.title) for choice in chosen], heading, words)
            return 1
        name = " ".join(customer) if customer else None
        person = find_customer(desk, name)
        if isinstance(person, list):
            words = desk.words(lang)
            heading = words.gettext("{count} customers match '{name}'. Choose one by id:", count=len(person), name=name)
            _print_choices([(match.id, match.name or "") for match in person], heading, words)
            return 1
        asked = DeskRequest(name, (), facts or (), role, channel, office, language=lang, on=on)
        request = understood(desk, asked, blanks=True)
        desk.defaults = desk.defaults._replace(agent=agent or desk.defaults.agent)
        interactive = sys.stdin.isatty() and sys.stderr.isatty()
        filled = fill_script(desk, chosen, request, person, _prompt if interactive else None)
        if filled.foreign:
            raise ServkitError(f"the script {chosen!r} can't be said: {foreign_text(filled.foreign)}")
        if filled.missing:
            needs = needs_text(filled.missing, customer_known=person is not None)
            raise ServkitError(f"the script {chosen!r} needs {needs}")
        text = clean(filled.text).strip("\n")
        sys.stdout.write(text + "\n")
        if copy:
            _copy(text)
        if record:
            from servkit.cli.shared.recording import keep_answer

            keep_answer(desk, agent, make_case(desk, request, person, blanks=True), {"script": chosen, "text": text})
    return 0


def _print_choices(choices: list[tuple[str, str]], heading: str, words: Catalogue) -> None:
    from servkit.terminal.choices_view import choices_screen  # loads Rich, which a script does without

    print_note(clean(heading))
    print_screen(choices_screen(choices, words), pager=False)


def _prompt(_: str, question: str) -> str:
    question = clean(question)
    suffix = " " if question.endswith(("?", ":", ".", "?)")) else ": "
    return str(typer.prompt(question, prompt_suffix=suffix, err=True))


def _copy(text: str) -> None:
    """To the clipboard of the desktop, or (in a remote terminal) to that of the terminal, by its code OSC 52."""
    import pyperclip  # needed for this alone

    try:
        pyperclip.copy(text)
    except pyperclip.PyperclipException:
        if sys.stderr.isatty():
            sys.stderr.write(f"\x1b]52;c;{b64encode(text.encode()).decode()}\a")
        else:
            print_note("servkit: no clipboard found; the text is on stdout only")
