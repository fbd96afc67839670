"""The report: what the desk wrote down, with charts and their tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from servkit.desk.day import typed_day
from servkit.desk.entries import name_reader, standing_entries
from servkit.desk.error_text import error_sentences
from servkit.desk.field_error import FieldError
from servkit.desk.term_titles import TitledPhrases, name_titles, terms_by_reference
from servkit.handout.report_page import report_body
from servkit.journal.report import Reader
from servkit.languages.typed_words import typed_words
from servkit.web.page import Page

if TYPE_CHECKING:
    from starlette.responses import Response

    from servkit.web.visit import Visit


def show_report(visit: Visit) -> Response:
    """The report of a period. Colleagues are named only to the roles that the book lists."""
    # A server starts without what compares books: only the report needs it.
    from servkit.desk.journal_report import journal_report
    from servkit.desk.sign_offs import SinceSignOff

    desk, since, fault = visit.desk, visit.query.get("since", "").strip(), ""
    now = desk.now()
    try:
        day = typed_day(since, now.date(), "--since", typed_words(visit.words)) if since else None
    except FieldError as bad:
        day, fault = None, error_sentences(bad, visit.words)
    terms, entries = terms_by_reference(desk), standing_entries(desk)
    reader = Reader(desk.person.agent, desk.person.role in desk.settings.report_to)
    report = journal_report(desk, entries, reader, now, day, SinceSignOff(desk, now.date()).changes)
    phrases, body = TitledPhrases(desk, visit.words), ""
    titles = name_titles(desk, terms, phrases)
    if report.entries:  # it escapes every text itself
        body = Markup(report_body(report, desk.settings.name, titles, name_reader(desk), phrases))  # noqa: S704 - escaped where it is made
    return visit.render("report.html", body=body, since=since, fault=fault)


PAGES = (Page("/report", show_report),)
