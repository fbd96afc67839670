"""A term on a page: its value, the bar from what everybody gets to the limit, and how to use what you may give."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.values import write
from servkit.desk.answer_phrases import Aside
from servkit.scripts.first_name import first_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.answer.result import TermAnswer
    from servkit.book.values import Value
    from servkit.desk.answer_phrases import AnswerPhrases
    from servkit.desk.reasons import Reason

#: The longest stretch of a bar, in steps of its shortest.
LONGEST_STRETCH = 6


class Stop(NamedTuple):
    """A mark on a bar. ``written`` is the value as a form takes it; ``stretch`` how far it is to the next mark;
    ``reach`` is ``had``, ``mine``, ``more`` (somebody else may) or ``limit``."""

    label: str
    written: str
    whose: tuple[str, ...]
    reach: str
    here: bool
    stretch: int


class TermBox(NamedTuple):
    """A term. ``anchor`` is its id on the page; ``most`` the value that a form begins with; ``may_give``: there is
    something that may be granted or promised."""

    ref: str
    anchor: str
    name: str
    value: str
    state: str
    asides: tuple[Aside, ...]
    stops: tuple[Stop, ...]
    why: Reason | None
    changed: bool
    may_give: bool
    most: str


def term_box(found: TermAnswer, said: AnswerPhrases, why: Reason | None, *, changed: bool) -> TermBox:
    """A term as a page shows it."""
    fixed = found.term.fixed
    stops = () if fixed else tuple(_stops(found, said))
    most = found.you_may or found.value or found.default
    return TermBox(
        found.term.ref,
        anchor(found.term.ref),
        said.term_name(found),
        said.bare_value(found),
        found.state,
        (*_settles(found, said), *said.asides(found)),
        stops if len(stops) > 1 else (),
        why,
        changed,
        not fixed and found.state != "conflict" and said.answer.case.role is not None and most is not None,
        write(most) if most is not None else "",
    )


def _settles(found: TermAnswer, said: AnswerPhrases) -> Iterator[Aside]:
    """What decides an open term, and when a settled one is due."""
    gettext = said.phrases.words.gettext
    if names := said.depends_on(found):
        yield Aside("depends", gettext("depending on: {names}", names=names))
    if moment := said.due(found):
        yield Aside("due", gettext("by {moment}", moment=moment))


def anchor(ref: str) -> str:
    """The id of a term on a page. References have no space in them, and no two have one id."""
    return "term-" + ref.replace(".", "--")


def _stops(found: TermAnswer, said: AnswerPhrases) -> Iterator[Stop]:
    """The marks from the least kind to the kindest. None where the values do not compare."""
    gettext = said.phrases.words.gettext
    marks: list[tuple[Value, str, str]] = []
    if found.default is not None:
        marks.append((found.default, gettext("everybody"), "had"))
    if found.value is not None:
        customer = said.answer.case.customer
        name = customer.name or customer.id if customer is not None else gettext("here")
        whose = first_name(name) or name
        marks.append((found.value, whose, "had"))
    if found.you_may is not None:
        marks.append((found.you_may, gettext("you"), "mine"))
    if found.then is not None:
        marks.append((found.then.may, found.then.role, "more"))
    if found.limit is not None:
        marks.append((found.limit, gettext("limit"), "limit"))
    better = found.term.better
    if better is None or len({value.family for value, _, _ in marks}) != 1:
        return
    marks.sort(key=lambda mark: mark[0].size, reverse=better == "less")
    groups: list[list[tuple[Value, str, str]]] = []
    for mark in marks:
        if groups and groups[-1][0][0].size == mark[0].size:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    here = found.value.size if found.value is not None else None
    for place, group in enumerate(groups):
        value = group[0][0]
        yield Stop(
            said.phrases.value(value),
            write(value),
            tuple(dict.fromkeys(whose for _, whose, _ in group)),
            _reach(value, group, found, better),
            value.size == here,
            _stretch([group[0][0] for group in groups], place),
        )


def _reach(value: Value, group: list[tuple[Value, str, str]], found: TermAnswer, better: str) -> str:
    """Who may give a value: it is had anyway, you may, somebody else may, or nobody."""
    order = 1 if better == "more" else -1
    if found.value is not None and order * value.size <= order * found.value.size:
        return "had"
    if found.you_may is not None and order * value.size <= order * found.you_may.size:
        return "mine"
    kinds = {reach for _, _, reach in group}
    return "more" if "more" in kinds else "limit" if "limit" in kinds else "had"


def _stretch(values: list[Value], place: int) -> int:
    """How far it is to the next value, from 1 to LONGEST_STRETCH."""
    try:
        gaps = [abs(float(after.size) - float(before.size)) for before, after in pairwise(values)]
    except (TypeError, ValueError, OverflowError):
        return 1
    if place >= len(gaps) or not gaps[place]:
        return 1
    return max(1, min(LONGEST_STRETCH, round(gaps[place] / min(gap for gap in gaps if gap))))
