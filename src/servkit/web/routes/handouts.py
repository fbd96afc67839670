"""Handouts: choose a sheet and for whom, look at it, and take it along as a file."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

from starlette.responses import Response

from servkit.book.problems import ServkitError
from servkit.book.settings import LEVELS
from servkit.desk.error_text import error_sentences
from servkit.desk.phrases import DeskPhrases
from servkit.desk.starting_points import find_starting_point, starting_points
from servkit.handout import formats
from servkit.handout.audience import Audience
from servkit.languages.catalogue import Message
from servkit.web.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from servkit.web.visit import Visit

#: The sheet that looks back to an earlier day.
CHANGES = "changes"
_TITLES = {
    "handbook": Message("Handbook"),
    "card": Message("Card for the wall"),
    "roleplay": Message("Role-play cards"),
    "quiz": Message("Quiz"),
    "quiz-key": Message("Answers to the quiz"),
    "checklist": Message("Checklist with sign-off"),
    CHANGES: Message("What has changed"),
}
_MEDIA = {
    ".html": "text/html; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".txt": "text/plain; charset=utf-8",
    ".gift": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
}
_NOTHING = Message("The book has nothing for this choice.")
#: What a handout in HTML allows itself, by hashes of its own style and script.
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


class Choice(NamedTuple):
    """What is chosen on the page: a sheet, and for whom; ``since``: what the sheet of changes looks back to."""

    sheet: str
    audience: Audience
    since: str = ""

    @property
    def query(self) -> str:
        """The choice as a query."""
        return urlencode(list(self._pairs()))

    def _pairs(self) -> Iterator[tuple[str, str]]:
        yield "sheet", self.sheet
        if self.since:
            yield "since", self.since
        for area in self.audience.areas:
            yield "area", area
        for name in ("role", "level", "channel"):
            if value := getattr(self.audience, name):
                yield name, value
        if self.audience.language:
            yield "lang", self.audience.language


def show_handouts(visit: Visit) -> Response:
    """The choice, and the handout in a frame below it."""
    # A server starts without what makes handouts: whoever answers needs none of it.
    from servkit.desk.handouts import has_handouts
    from servkit.handout import sheets

    choice = _choice(visit)
    settings, language = visit.desk.settings, visit.words.language
    points, fault = starting_points(visit.desk) if choice.sheet == CHANGES else [], ""
    if choice.sheet == CHANGES and (choice.since or points):
        try:
            point = find_starting_point(visit.desk, choice.since or points[0].id)
        except ServkitError as bad:
            fault = error_sentences(bad, visit.words)
        else:
            points += [point] if point.id not in [one.id for one in points] else []
            choice = choice._replace(since=point.id)
    phrases = DeskPhrases(settings, visit.words, visit.desk.today().toordinal())
    names = [name for name in sheets.names() if name in _TITLES]
    if visit.desk.book.revision[0] is None:
        names.remove(CHANGES)
    nothing = "" if has_handouts(visit.desk, choice.audience) else visit.words.gettext(_NOTHING.text)
    if not nothing and choice.sheet == CHANGES and not choice.since and not fault:
        nothing = visit.words.gettext("The book is younger than that. Choose a later day.")
    return visit.render(
        "handouts.html",
        choice=choice,
        since=[(point.id, phrases.say(point.name)) for point in points],
        fault=fault,
        nothing=nothing,
        sheets=[(name, _title(visit, name)) for name in names],
        areas=[(id_, settings.pick(area.get("title"), language) or id_) for id_, area in settings.areas.items()],
        roles=_twice(settings.roles),
        levels=_twice(LEVELS),
        languages=_twice(settings.languages),
        formats=[name for name in ("pdf", "docx", "html", "md") if name in formats.names()],
    )


def show_file(visit: Visit) -> Response:
    """A handout as a file: shown in the frame of the page above, or saved."""
    from servkit.desk.handouts import make_handouts

    choice, name = _choice(visit), visit.query.get("format", "html")
    since = find_starting_point(visit.desk, choice.since) if choice.sheet == CHANGES else None
    made = make_handouts(visit.desk, choice.sheet, choice.audience, name, since)
    if not made:
        raise ServkitError(_NOTHING)
    file, suffix = made[0], formats.module(name).SUFFIX
    response = Response(file.data, media_type=_MEDIA[suffix])
    if visit.query.get("save"):
        ascii_name = file.name.encode("ascii", "replace").decode().replace("?", "-").replace('"', "-")
        named = f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(file.name)}"
        response.headers["Content-Disposition"] = named
    if suffix == ".html":
        found = _POLICY.search(file.data.decode("utf-8"))
        own = unescape(found[1]) if found else "default-src 'none'"
        outer = visit.site.settings.frame_from
        around = f"'self' {outer}" if outer else "'self'"  # all pages around it count, also that of a helpdesk
        policy = f"{own}; frame-ancestors {around}; sandbox allow-scripts allow-modals"
        response.headers["Content-Security-Policy"] = policy
        if outer is None:
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _choice(visit: Visit) -> Choice:
    """What was chosen. Raises UnknownNameError for a sheet that there is not."""
    from servkit.handout import sheets

    query = visit.query
    sheet = query.get("sheet") or "handbook"
    sheets.module(sheet)
    areas = tuple(area for area in query.getlist("area") if area)
    audience = Audience(
        areas,
        role=query.get("role") or None,
        level=query.get("level") or None,
        channel=query.get("channel") or None,
        language=query.get("lang") or None,
    )
    since = (query.get("day", "").strip() or query.get("since", "").strip()) if sheet == CHANGES else ""
    return Choice(sheet if sheet in _TITLES else "handbook", audience, since)


def _twice(names: Iterable[str]) -> list[tuple[str, str]]:
    """Names that are their own titles."""
    return [(name, name) for name in names]


def _title(visit: Visit, name: str) -> str:
    return visit.words.gettext(_TITLES[name].text)


PAGES = (Page("/handouts", show_handouts), Page("/handouts/file", show_file))
