"""``/scripts``: a script in the words of a customer, as ``servkit say`` says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field
from starlette.responses import PlainTextResponse

from servkit.book.problems import ServkitError
from servkit.customers.directory import Match
from servkit.desk.answers import matches_data
from servkit.desk.request import DeskRequest
from servkit.desk.scripts import Choice, choices_data, say_script, script_data
from servkit.web.api.operation import Given, Operation, Sent
from servkit.web.api.shared_fields import Channel, Customer, Facts, Language, Matches, On, as_json, notices

if TYPE_CHECKING:
    from starlette.responses import Response

    from servkit.web.visit import Visit


class ScriptQuery(Sent):
    customer: Customer = None
    facts: Facts = ()
    channel: Channel = None
    language: Language = None
    on: On = None


class Script(Given):
    """A script. `text` is null where it can't be said yet; `missing` and `foreign` say why."""

    schema_: Literal["servkit/script/1"] = Field(alias="schema")
    script: str
    customer: str | None
    language: str | None
    text: str | None
    missing: list[dict[str, Any]]
    foreign: list[dict[str, Any]]


def get_script(visit: Visit, query: ScriptQuery) -> Response:
    """The script, or what may be meant."""
    request = DeskRequest(query.customer, (), query.facts, channel=query.channel, language=query.language, on=query.on)
    said = say_script(visit.desk, visit.path["script"], request)
    if isinstance(said, list):
        scripts = [one for one in said if isinstance(one, Choice)]
        people = [one for one in said if isinstance(one, Match)]
        return as_json(visit, choices_data(scripts) if scripts else matches_data(people), 300)
    if said.customer is not None:
        visit.open_customer(said.customer.id, said.customer.name)
    if visit.request.headers.get("accept", "").startswith("text/plain"):
        if said.lack:
            raise ServkitError(said.lack)
        return PlainTextResponse(said.text + "\n", headers=notices(visit.notices))
    return as_json(visit, script_data(said))


OPERATIONS = (
    Operation(
        "/scripts/{script}",
        "getScript",
        "A script, filled in for a customer.",
        get_script,
        ScriptQuery,
        {200: ("The script.", Script), 300: ("Several scripts, or several customers, match.", Matches)},
        path_fields={"script": "A shortcode, an id, the beginning of one, or words."},
        text="Only the text, ready to paste.",
    ),
)
