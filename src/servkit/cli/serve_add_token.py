"""``servkit serve add-token``."""

import sys
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal

import typer

from servkit.book.problems import ServkitError
from servkit.cli.shared import options
from servkit.cli.shared.output import check_choice
from servkit.cli.shared.web import UsersFile, check_web, checked_place, sign_in_name, users_file, users_now
from servkit.text import clean

_DAYS = 365
_SCOPES: tuple[Literal["read"], Literal["record"]] = ("read", "record")


def serve_add_token(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The program it is for, such as helpdesk.")],
    role: options.TheirRole = None,
    scope: Annotated[
        str, typer.Option("--scope", metavar="SCOPE", help="read, or record: it may also write into the journal.")
    ] = "read",
    expires: Annotated[
        str | None,
        typer.Option("--expires", metavar="DATE", help=f"The last day. Default: in {_DAYS} days.", show_default=False),
    ] = None,
    office: options.TheirOffice = None,
    level: options.TheirLevel = None,
    channel: options.TheirChannel = None,
    lang: options.Language = None,
    users: UsersFile = None,
    book: options.Book = None,
) -> int:
    """Give another program a token for the HTTP API. It is printed once, and only its digest is kept.

    \b
    servkit serve add-token helpdesk --role agent
    servkit serve add-token phone --role agent --scope record --expires 2027-06-30

    The program asks as this role, whatever it sends.
    """
    check_web()
    check_choice("scope", scope, _SCOPES)
    from servkit.web.people import new_token, token_digest  # loads Argon2
    from servkit.web.users_file import TokenRecord, write_users  # loads Pydantic

    path, id_ = users_file(users), sign_in_name(name)
    before = users_now(path)
    if id_ in before.tokens:
        raise ServkitError(f"{id_!r} has a token already. Remove it first: servkit serve remove-token {id_}")
    token = new_token()
    fields = {"scope": scope, "expires": _last_day(expires), "digest": token_digest(token)}
    record = TokenRecord.model_validate({**fields, **checked_place(book, role, office, level, channel, lang)})
    write_users(path, before.model_copy(update={"tokens": {**before.tokens, id_: record}}), before)
    sys.stderr.write(clean(f"The token of {id_}, until {record.expires}. It isn't shown again:\n"))
    sys.stdout.write(f"{token}\n")
    return 0


def _last_day(text: str | None) -> date:
    today = datetime.now(UTC).date()
    try:
        day = date.fromisoformat(text) if text is not None else today + timedelta(days=_DAYS)
    except ValueError:
        raise ServkitError(f"--expires: {text!r} is no day. Write one such as {today.year + 1}-06-30.") from None
    if day < today:
        raise ServkitError(f"--expires: {day} is over. Write a day from {today} on.")
    return day
