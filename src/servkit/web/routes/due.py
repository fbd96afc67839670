"""Due: what I owe, what we owe, what is late, and what waits for my approval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError
from servkit.desk.approvals import decide as decide_approval
from servkit.desk.error_text import error_sentences
from servkit.desk.offers import Refusal
from servkit.desk.phrases import DeskPhrases
from servkit.web.case_address import CaseAddress
from servkit.web.case_memory import Outcome
from servkit.web.page import Page
from servkit.web.routes.answer import memory
from servkit.web.view.due import due_view

if TYPE_CHECKING:
    from starlette.responses import Response

    from servkit.web.visit import Visit


def show_due(visit: Visit) -> Response:
    """The list."""
    mine = visit.query.get("whose") == "mine"
    outcome, _, _ = memory(visit, CaseAddress()).take()
    view = due_view(visit.desk, visit.words, mine=mine)
    return visit.render("due.html", view=view, mine=mine, outcome=outcome, address=CaseAddress())


def decide(visit: Visit) -> Response:
    """Confirm or decline an approval."""
    confirm, gettext = visit.field("decision") == "confirm", visit.words.gettext
    try:
        done = decide_approval(visit.desk, visit.field("entry"), approve=confirm)
    except ServkitError as fault:
        outcome = Outcome("failed", error_sentences(fault, visit.words))
    else:
        if isinstance(done, Refusal):
            because = DeskPhrases(visit.desk.settings, visit.words, visit.desk.today().toordinal()).say(done.because)
            outcome = Outcome("failed", gettext("You may not approve this."), (because,), who=tuple(done.who))
        else:
            outcome = Outcome("done", gettext("Approved.") if confirm else gettext("Declined."))
    memory(visit, CaseAddress()).outcome = outcome
    return visit.redirect("/due")


PAGES = (Page("/due", show_due), Page("/approvals", decide, ("POST",)))
