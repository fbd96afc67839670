"""A visit: one request of one person, as a handler sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, RedirectResponse, Response

from servkit.languages.catalogue import Message
from servkit.web.refusal import Refusal
from servkit.web.sessions import Recent
from servkit.web.templating import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import FormData, QueryParams
    from starlette.requests import Request

    from servkit.desk.person import Person
    from servkit.desk.session import Desk
    from servkit.languages.catalogue import Catalogue
    from servkit.web.sessions import Session
    from servkit.web.site import Site
    from servkit.web.user import User


@dataclass
class Visit:
    """What is known of a request. ``user`` and ``session`` are None where nobody is signed in (pages that are open to
    all), and ``session`` is None for an integration. ``data`` is the body of an API request."""

    site: Site
    request: Request
    desk: Desk
    user: User | None = None
    session: Session | None = None
    form: FormData | None = None
    data: Any = None
    notices: list[str] = field(default_factory=list)

    @cached_property
    def words(self) -> Catalogue:
        """servkit's own words in the language of who asks; an answer of the API needs none."""
        return self.site.words(self.person.language)

    @property
    def person(self) -> Person:
        """Who asks, as the desk knows them."""
        return self.desk.person

    @property
    def path(self) -> Mapping[str, str]:
        """The parts of the path that the page names in braces."""
        return self.request.path_params

    @property
    def query(self) -> QueryParams:
        """What stands behind the question mark."""
        return self.request.query_params

    @property
    def is_part(self) -> bool:
        """Whether htmx asks for a part of a page."""
        headers = self.request.headers
        return headers.get("hx-request") == "true" and headers.get("hx-history-restore-request") != "true"

    def field(self, name: str) -> str:
        """A field of the form as it was typed; empty where there is none."""
        value = self.form.get(name) if self.form is not None else None
        return value if isinstance(value, str) else ""

    def fields(self, name: str) -> list[str]:
        """All fields of the form with one name."""
        return [one for one in self.form.getlist(name) if isinstance(one, str)] if self.form is not None else []

    def open_customer(self, id_: str, name: str | None) -> None:
        """Note that a customer is shown: for the log of who opened whom, and among the recent ones."""
        if self.user is not None:
            try:
                self.site.opened_log.write(self.user.id, id_)
            except OSError:
                sorry = Message("Nobody can be shown: who looks at whom can't be logged. Tell whoever runs this desk.")
                raise Refusal(503, sorry) from None
        if self.session is not None:
            self.session.remember(Recent(id_, name))

    def render(self, template: str, status: int = 200, **values: Any) -> Response:
        """A template, filled."""
        return HTMLResponse(render(template, **self._values(), **values), status)

    def redirect(self, path: str) -> Response:
        """Go to another page of this site; a form that was sent is not sent again."""
        return RedirectResponse(path, 303)

    def _values(self) -> dict[str, Any]:
        return {
            "visit": self,
            "person": self.person,
            "words": self.words,
            "gettext": self.words.gettext,
            "ngettext": self.words.ngettext,
            "csrf": self.session.csrf if self.session is not None else "",
            "book_fault": self.site.library.fault,
        }
