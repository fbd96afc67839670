"""Books for the tests of printed pages."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from servkit.book.library import Book
from servkit.book.reader import read_book
from servkit.clocks.service import ServiceClock
from servkit.customers.directory import Directory
from servkit.handout.audience import Audience, Edition
from servkit.handout.material import Material
from servkit.handout.theme import read_theme
from servkit.handout.traversal import walk
from servkit.history.changes import Comparison

if TYPE_CHECKING:
    from servkit.answer.case import Customer

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "standards"
PEST = ROOT / "examples" / "pest-control"
#: A German hotel, with long words, ids with underscores, a table in a text, and days in prose.
HOTEL = Path(__file__).parent / "hotel"
DAY = date(2026, 11, 22)

SETTINGS = """\
servkit: 1
name: Small & Sons
language: en
languages: [en, es, ar, he, ja]
channels: [phone, chat]
roles: [clerk, chief]
areas:
  desk: {title: {en: The desk, ar: المكتب, he: הדלפק, ja: 窓口}, why: People come here first.}
  empty: {title: Nothing yet}
attributes:
  plan: {type: choice, of: [basic, full], title: Plan, ask: Which plan?}
facts:
  late: {type: duration, title: How late, ask: How late?}
  bill: {type: money, title: The bill}
wording:
  avoid: {"calm down": "I see why", "no problem": "gladly", "wait": "one moment, please"}
"""


def small(folder: Path, *documents: str, settings: str = SETTINGS, **files: str) -> Path:
    """A book of a few documents, each a text of YAML; ``files`` are more files by name (``__`` parts folders)."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "servkit.yaml").write_text(settings, "utf-8")
    for number, document in enumerate(documents):
        (folder / f"{number}.yaml").write_text(document, "utf-8")
    for name, content in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return folder


def _customer(book: Book, root: Path, id_: str) -> Customer | None:
    with Directory(book, root) as directory:
        return directory.exact(id_)


def material(
    root: Path, *, revision: str | None = "abc1234", day: date = DAY, dirty: bool = False, **more: Any
) -> Material:
    """A book seen through filters (``area``, ``role`` …; ``per_page``, ``questions``)."""
    book = read_book(root)
    assert isinstance(book, Book)
    more |= {plural: (more.pop(one),) for one, plural in (("area", "areas"), ("document", "documents")) if one in more}
    own = {key: more.pop(key) for key in ("per_page", "questions") if key in more}
    return Material(
        book,
        book.entries,
        Audience(**more),
        Edition(day, revision, dirty),
        read_theme(root),
        partial(_customer, book, root),
        lambda: ServiceClock(book.settings),
        comparison=Comparison(day.isoformat(), day.isoformat()),
        since="v1",
        **own,
    )


def texts(part: Any) -> list[str]:
    """Every text in a part of a handout."""
    return [found for found in walk(part) if isinstance(found, str)]


STANDARD = """\
kind: standard
id: answer
title: Answering
why: Waiting people leave.
area: desk
statement: We answer **at once**.
terms:
  within: {title: Answered within, value: 20 seconds, better: less, limit: 10 seconds, grant: {chief: 15 seconds}}
  visits: {title: Visits, value: 2 visits}
target: 90 %
do: [Smile., Say your name.]
say: [hello]
ask: [What happened?]
listen_for: [A sigh.]
go_beyond: [Call back in the evening.]
step_away: [{if: It burns, then: Run.}]
stories: [Ada once drove over.]
wording: {"what?": "pardon?"}
"""
POLICY = """\
kind: policy
id: returns
title: Returns
rule: flexible
why: It is cheap.
area: desk
statement: They come back.
terms:
  window: {title: Window, value: 30 days, better: more, limit: 90 days, grant: {clerk: 45 days, chief: 60 days},
           cases: [{when: {plan: full}, value: 40 days}]}
  credit: {title: Credit, value: {start: 10 USD, each: 5 USD, per: 1 hour, of: late, after: 2 hours, at_most: 50 USD}}
  share: {title: Share, value: {each: 10 %, of: bill, at_least: 5 USD}, type: money}
"""
FIXED = """\
kind: policy
id: safety
title: Safety first
rule: fixed
basis: law
why: It is the law.
area: desk
terms: {helmet: yes}
instead: A later visit.
"""
SCRIPT = """\
kind: script
id: hello
title: Hello
why: A name helps.
area: desk
short: hi
level: synthetic
say: "Hello {{ customer.first_name | default: 'there' }}, you have {{ terms.answer.visits }}. I am {{ agent.name }}."
"""
SEGMENT = """\
kind: segment
id: full-plan
title: Full plan
why: They pay more.
priority: 5
when: {plan: full}
sets: {returns.window: 50 days, answer.within: 12 seconds}
do: [Thank them.]
"""
CUSTOMER = """\
kind: customer
id: C-1
name: Dora Lee
attributes: {plan: full}
priorities: [A quick word.]
signals: [She hums.]
"""
SCENARIO = """\
kind: scenario
id: sixty
title: Sixty days
why: It happens.
story: She bought too much.
customer: C-1
given: {today: 2026-03-01, channel: phone, role: clerk}
about: desk
expect:
  terms: {returns.window: 50 days}
  you_may: {returns.window: 50 days}
  say: [hello]
debrief: [What did she want?]
"""
ALL = (STANDARD, POLICY, FIXED, SCRIPT, SEGMENT, CUSTOMER, SCENARIO)
