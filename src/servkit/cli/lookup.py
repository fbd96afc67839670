"""``servkit lookup``."""

from typing import Annotated, Any

import typer

from servkit.answer.answer_json import answer_json, fingerprint
from servkit.answer.result import Answer
from servkit.book.problems import Problem
from servkit.cli.shared import options
from servkit.cli.shared.desk import Desk, open_desk
from servkit.cli.shared.desk_request import DeskRequest, answer_case, find_customer, make_case, understood
from servkit.cli.shared.output import check_format, print_json, print_screen
from servkit.customers.directory import Match
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
    with open_desk(book, customers, at) as desk:
        if record:
            from servkit.cli.shared.recording import recorder_name  # loads what only recording needs

            recorder_name(desk, agent)
        request = understood(desk, request)
        person = find_customer(desk, name)
        if isinstance(person, list):
            _print_matches(person, name or "", format_, desk.words(lang), pager=not no_pager)
            return 1
        answer = answer_case(desk, make_case(desk, request, person))
        problems = desk.directory.problems()
        if format_ == "json":
            print_json(_json(desk, answer, problems, why=why))
        else:
            _print_text(desk, answer, problems, agent, desk.words(lang), why=why, pager=not no_pager)
        if record:
            from servkit.cli.shared.recording import keep_answer

            keep_answer(desk, agent, answer.case, {"answer": _json(desk, answer, problems, why=False)})
    return 0 if answer.covered else 1


def _data(answer: Answer, problems: list[Problem]) -> dict[str, Any]:
    """The answer as data, with what is wrong in the files of customers."""
    data = answer_json(answer)
    data["problems"] += [{"code": p.code, "path": p.path, "line": p.line, "message": p.message} for p in problems]
    return data


def _book(desk: Desk) -> dict[str, Any]:
    revision, dirty = desk.book.revision
    return {"name": desk.settings.name, "revision": revision, "dirty": dirty}


def _json(desk: Desk, answer: Answer, problems: list[Problem], *, why: bool) -> dict[str, Any]:
    data = _data(answer, problems)
    mark = fingerprint(data)
    if why:
        from servkit.answer.explanation_json import explanation_json

        data["why"] = explanation_json(answer)
    return {**data, "book": _book(desk), "fingerprint": mark}


def _print_text(
    desk: Desk, answer: Answer, problems: list[Problem], agent: str | None, words: Catalogue, *, why: bool, pager: bool
) -> None:
    from servkit.terminal.answer_view import answer_screen  # loads Rich, which JSON does without

    mark = fingerprint(_data(answer, problems))
    speaker = agent or desk.defaults.agent
    print_screen(answer_screen(answer, problems, _book(desk), mark, words, agent=speaker, why=why), pager=pager)


def _print_matches(matches: list[Match], name: str, format_: str, words: Catalogue, *, pager: bool) -> None:
    if format_ == "json":
        found = [{"id": match.id, "name": match.name} for match in matches]
        print_json({"schema": "servkit/matches/1", "matches": found})
        return
    from servkit.terminal.choices_view import choices_screen

    heading = words.gettext("{count} customers match '{name}'. Choose one by id:", count=len(matches), name=name)
    print_screen(choices_screen([(match.id, match.name or "") for match in matches], words, heading), pager=pager)
