"""The address of a question: whom and what it is about. It holds ids and areas, never facts or names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

from servkit.desk.request import DeskRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.web.visit import Visit


class CaseAddress(NamedTuple):
    """What a link to an answer says; what it leaves out is the person's own."""

    customer: str | None = None
    about: tuple[str, ...] = ()
    channel: str = ""
    language: str = ""
    on: str = ""
    start: str = ""

    @property
    def path(self) -> str:
        """The address without what it is about."""
        return "/answer" if self.customer is None else f"/customers/{quote(self.customer, safe='')}"

    def __str__(self) -> str:
        pairs = [pair for pair in self.pairs if pair[0] != "customer"]
        return self.path + (f"?{urlencode(pairs)}" if pairs else "")

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Names and values, as a form and a query hold them."""
        return list(self._pairs())

    def _pairs(self) -> Iterator[tuple[str, str]]:
        if self.customer is not None:
            yield "customer", self.customer
        for area in self.about:
            yield "about", area
        named = {"channel": self.channel, "lang": self.language, "on": self.on, "from": self.start}
        yield from ((name, value) for name, value in named.items() if value)

    def about_only(self, *about: str) -> CaseAddress:
        """The same about something else."""
        return self._replace(about=about)

    def and_about(self, area: str) -> CaseAddress:
        """The same about one thing more."""
        return self._replace(about=(*self.about, area))

    def in_channel(self, channel: str) -> CaseAddress:
        """The same on another channel."""
        return self._replace(channel=channel)

    def since(self, start: str) -> CaseAddress:
        """The same with promises that run from a moment; from none where it is empty."""
        return self._replace(start=start)

    def request(self, facts: tuple[str, ...] = ()) -> DeskRequest:
        """What the desk is asked. Role, office and level are always the person's own."""
        return DeskRequest(
            None,
            self.about,
            facts,
            channel=self.channel or None,
            language=self.language or None,
            on=self.on or None,
            start=self.start or None,
        )


def address_of(visit: Visit) -> CaseAddress:
    """The address of the page that is asked for, or that a form was sent from."""
    if visit.form is not None:
        customer, about = visit.field("customer") or None, visit.fields("about")
        get = visit.field
    else:
        customer, about = visit.path.get("customer"), visit.query.getlist("about")

        def get(name: str) -> str:
            return visit.query.get(name, "")

    chosen = tuple(dict.fromkeys(one for one in about if one))
    return CaseAddress(customer, chosen, get("channel"), get("lang"), get("on"), get("from"))
