"""``servkit lookup``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from servkit.cli.shared.output import check_format

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from servkit.cli.shared import options
    from servkit.cli.shared.desk import DeskBook
    from servkit.cli.shared.request import Typed
    from servkit.customers.directory import Match


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
            "--from", metavar="TIME", help="When it began: 2026-03-01T09:30, 09:30 or now. Shows what is due when."
        ),
    ] = None,
    why: Annotated[
        bool, typer.Option("--why", help="Add the rule, the condition and file:line behind every value.")
    ] = False,
    format_: options.Format = "text",
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """What applies to a customer: what matters to them, what to ask, what you may do, and what to say.

    \b
    servkit lookup "Dorothy Bell" --about returns
    servkit lookup C-1042 --about visits --set visit_missed=yes --from now
    servkit lookup --about billing          what everybody gets, and the questions that change it

    Exits 1 where no standard or policy of what was asked applies, or where several customers match.
    """
    from servkit.cli.shared.desk import open_desk_book
    from servkit.cli.shared.request import Typed

    check_format(format_, ("text", "json"))
    typed = Typed(customer, about or (), facts or (), role, channel, office, level, lang, on, start)
    with open_desk_book(book, customers) as desk:
        code, text = _told(desk, typed, agent, format_, why=why)
    sys.stdout.write(text)
    return code


def _told(desk: DeskBook, typed: Typed, agent: str | None, format_: str, *, why: bool) -> tuple[int, str]:
    """The exit code and what is printed."""
    from servkit.answer.answer_json import answer_json, fingerprint
    from servkit.cli.shared.request import ask, make_case, whose

    found = whose(desk, typed.customer)
    if isinstance(found, list):
        return 1, _several(found, typed.customer or "", format_)
    answer = ask(desk, make_case(desk, typed, found))
    code = 0 if answer.covered else 1
    data = answer_json(answer)
    told = desk.directory.problems()
    data["problems"] += [{"code": p.code, "path": p.path, "line": p.line, "message": p.message} for p in told]
    revision, dirty = desk.shelf.revision
    head = {"name": desk.settings.name, "revision": revision, "dirty": dirty}
    mark = fingerprint(data)
    if format_ == "json":
        from servkit.text import json_text

        if why:
            from servkit.answer.explanation_json import explanation_json

            data["why"] = explanation_json(answer)
        return code, json_text({**data, "book": head, "fingerprint": mark})
    from servkit.terminal.answer_edges import footer
    from servkit.terminal.answer_view import AnswerView
    from servkit.terminal.layout import Screen

    screen = Screen()
    AnswerView(answer, screen, agent or desk.desk.agent).draw(told)
    if why:
        from servkit.terminal.explanation_view import draw_why

        draw_why(answer, screen)
    footer(answer, screen, head, mark)
    return code, screen.text()


def _several(found: list[Match], wanted: str, format_: str) -> str:
    from servkit.customers.directory import MAX_MATCHES

    if format_ == "json":
        from servkit.text import json_text

        matches = [{"id": match.id, "name": match.name} for match in found]
        return json_text({"schema": "servkit/matches/1", "matches": matches})
    from servkit.terminal.answer_edges import matches_text
    from servkit.terminal.layout import Screen

    screen = Screen()
    matches_text(found, wanted, screen, MAX_MATCHES)
    return screen.text()
