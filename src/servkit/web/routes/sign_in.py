"""Signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.web.page import Page

if TYPE_CHECKING:
    from starlette.responses import Response

    from servkit.web.visit import Visit


def show_sign_in(visit: Visit) -> Response:
    """The form; whoever is in already goes on."""
    if visit.user is not None:
        return visit.redirect(local_path(visit.query.get("next", "/")))
    if visit.site.people is None:
        return visit.render("closed.html", 401)
    return visit.render("sign_in.html", next=visit.query.get("next", ""), name="", failed=False)


def sign_in(visit: Visit) -> Response:
    """Let somebody in, or say that name and password do not fit, and nothing more."""
    name, after = visit.field("name"), visit.field("next")
    user = visit.site.gate.sign_in(visit.request, name, visit.field("password"))
    if user is None:
        visit.site.metrics.count_failure()
        return visit.render("sign_in.html", 401, next=after, name=name, failed=True)
    response = visit.redirect(local_path(after))
    visit.site.gate.let_in(user, response)
    return response


def local_path(address: str) -> str:
    """A path of this site; the first page for anything that may lead elsewhere."""
    is_local = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if is_local and address.isprintable() else "/"


PAGES = (
    Page("/sign-in", show_sign_in, is_open=True),
    Page("/sign-in", sign_in, ("POST",), is_open=True, is_slow=True),
)
