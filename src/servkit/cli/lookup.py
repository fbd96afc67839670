"""``servkit lookup``."""

from typing import Annotated

import typer

from servkit.answer.result import Answer
from servkit.cli.shared import options
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format, print_json, print_screen
from servkit.customers.directory import Match
from servkit.desk.answers import answer_data, answer_fingerprint, book_data, look_up, matches_data
from servkit.desk.request import DeskRequest
from servkit.desk.session import Desk
from servkit.languages.catalogue import Catalogue


def lookup(
    customer: options.Customer = None,
    about: options.About = None,
    facts: options.Facts = None,
    role: options.Role = None,
    channel: options.Channel = None,
    office: options.Office = None,
    level: options.Level = None,
    agent: options.Agent = None,
    lang: options.Language = None,
    on: options.On = None,
    start: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="TIME",
            help="When it began: 2026-03-01T09:30, 09:30 or now. Shows when each promise is due.",
        ),
    ] = None,
    why: Annotated[
        bool, typer.Option("--why", help="Add the rule, the condition and file:line behind every value.")
    ] = False,
    record: options.Record = False,
    format_: options.Format = "text",
    no_pager: options.NoPager = False,
    at: options.At = None,
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Show what applies to a customer: what matters to them, what to ask, what you may do, and what to say.

    \b
    servkit lookup Dorothy Bell --about returns
    servkit lookup C-1042 --about visits --set visit_missed=yes --from now
    servkit lookup --about billing          what everybody gets, and the questions that change it

    Exits with 1 if no standard or policy applies, or if several customers match.
    """
    check_format(format_)
    name = " ".join(customer) if customer else None
    request = DeskRequest(name, about or (), facts or (), role, channel, office, level, lang, on, start)
    with open_desk(book, customers, at, agent=agent) as desk:
        if record:
            from servkit.desk.recording import recorder_name  # loads what only recording needs

            recorder_name(desk)
        answer = look_up(desk, request)
        if isinstance(answer, list):
            _print_matches(answer, name or "", format_, desk.words(lang), pager=not no_pager)
            return 1
        if format_ == "json":
            print_json(answer_data(desk, answer, why=why))
        else:
            _print_text(desk, answer, desk.words(lang), why=why, pager=not no_pager)
        if record:
            from servkit.desk.recording import record_answer

            recorded = record_answer(desk, answer.case, {"answer": answer_data(desk, answer)})
            desk.notice(f"Recorded: entry {recorded.entries[0].id}.")
    return 0 if answer.covered else 1


def _print_text(desk: Desk, answer: Answer, words: Catalogue, *, why: bool, pager: bool) -> None:
    from servkit.terminal.answer_view import answer_screen  # loads Rich, which JSON does without

    mark, problems = answer_fingerprint(desk, answer), desk.directory.problems()
    screen = answer_screen(answer, problems, book_data(desk), mark, words, agent=desk.person.agent, why=why)
    print_screen(screen, pager=pager)


def _print_matches(matches: list[Match], name: str, format_: str, words: Catalogue, *, pager: bool) -> None:
    if format_ == "json":
        print_json(matches_data(matches))
        return
    from servkit.terminal.choices_view import choices_screen

    heading = words.gettext("{count} customers match '{name}'. Choose one by id:", count=len(matches), name=name)
    print_screen(choices_screen([(match.id, match.name or "") for match in matches], words, heading), pager=pager)
