"""``servkit say``."""

import sys
from base64 import b64encode
from typing import Annotated

import typer

from servkit.book.problems import ServkitError
from servkit.cli.shared import options
from servkit.cli.shared.completion import scripts
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format, print_json, print_note, print_screen
from servkit.customers.directory import Match
from servkit.desk.answers import matches_data
from servkit.desk.request import DeskRequest, make_case
from servkit.desk.scripts import Choice, choices_data, say_script, script_data
from servkit.desk.session import Desk
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
    format_: options.Format = "text",
    at: options.At = None,
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Print a script in the words of your customer: only the text, ready to paste.

    \b
    servkit say late C-1042
    servkit say "running late" dorothy --set minutes=20 --lang es

    If something is missing, servkit asks for it on a terminal, and names it (exit 2) in a pipe. A blank of another
    program, such as [NAME], is never said (exit 2). If several scripts match, it lists them (exit 1). With
    --format json, what is missing is in the answer, too.
    """
    check_format(format_)
    name = " ".join(customer) if customer else None
    request = DeskRequest(name, (), facts or (), role, channel, office, language=lang, on=on)
    interactive = format_ == "text" and sys.stdin.isatty() and sys.stderr.isatty()
    with open_desk(book, customers, at, agent=agent) as desk:
        if record:
            from servkit.desk.recording import recorder_name  # loads what only recording needs

            recorder_name(desk)
        said = say_script(desk, script, request, _prompt if interactive else None)
        if isinstance(said, list):
            _print_choices(desk, said, script, name, lang, format_)
            return 1
        if format_ == "json":
            print_json(script_data(said))
        if said.lack:
            raise ServkitError(said.lack)
        if format_ == "text":
            sys.stdout.write(said.text + "\n")
        if copy:
            _copy(said.text)
        if record:
            from servkit.desk.recording import record_answer

            case = make_case(desk, said.request, said.customer, blanks=True)
            recorded = record_answer(desk, case, {"script": said.id, "text": said.text})
            desk.notice(f"Recorded: entry {recorded.entries[0].id}.")
    return 0


def _print_choices(
    desk: Desk, found: list[Choice] | list[Match], script: str, name: str | None, lang: str | None, format_: str
) -> None:
    scripts = [choice for choice in found if isinstance(choice, Choice)]
    people = [match for match in found if isinstance(match, Match)]
    if format_ == "json":
        print_json(choices_data(scripts) if scripts else matches_data(people))
        return
    from servkit.terminal.choices_view import choices_screen  # loads Rich, which a script does without

    words = desk.words(lang)
    if scripts:
        heading = words.gettext("{count} scripts match '{name}'. Choose one:", count=len(scripts), name=script)
        choices = [(choice.short or choice.id, choice.title) for choice in scripts]
    else:
        count = len(people)
        heading = words.gettext("{count} customers match '{name}'. Choose one by id:", count=count, name=name or "")
        choices = [(match.id, match.name or "") for match in people]
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
